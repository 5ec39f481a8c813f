import { Skeleton, Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import type { ImportedQuestion } from '../../../../shared/contract/imports.ts'
import { toast } from '../../../lib/toast.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { ChooseSource } from './ChooseSource.tsx'
import { ImportPreview } from './ImportPreview.tsx'
import { useGiftImport } from './use-gift-import.ts'

interface Props {
  /** The draft that the questions go into; without one, they become a new assessment. */
  into?: { id: Id; title: string }
  isOpen: boolean
  onClose: () => void
}

export function ImportDialog({ into, isOpen, onClose }: Props) {
  const { t } = useTranslation(['assessments', 'common'])
  const isPhone = useMediaQuery('(max-width: 36em)')
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      fullScreen={isPhone}
      size="52rem"
      title={into ? t('import.titleInto', { title: into.title }) : t('import.title')}
    >
      <ImportSteps into={into} onClose={onClose} />
    </Dialog>
  )
}

function ImportSteps({ into, onClose }: Pick<Props, 'into' | 'onClose'>) {
  const { t } = useTranslation('assessments')
  const navigate = useNavigate()
  const { source, reading, importing, read, startOver } = useGiftImport(into)

  const bringIn = async (title: string, questions: readonly ImportedQuestion[]) => {
    const { id } = await importing.mutateAsync({ title, questions })
    toast(t('import.done', { count: questions.length }))
    onClose()
    if (!into) await navigate({ to: '/assessments/$id', params: { id } })
  }

  if (!source || reading.isError) {
    return (
      <Stack gap="md">
        <FormProblem error={reading.error} />
        <ChooseSource onSource={read} />
      </Stack>
    )
  }
  if (!reading.data) return <Skeleton height={320} />
  return (
    <ImportPreview
      key={source.guessed}
      file={reading.data}
      source={source}
      isNew={!into}
      isImporting={importing.isPending}
      error={importing.error}
      onEncoding={(legacy) => read(source, legacy)}
      onBack={startOver}
      onImport={(title, questions) => void bringIn(title, questions).catch(() => undefined)}
    />
  )
}
