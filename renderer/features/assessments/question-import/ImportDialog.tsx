import { Skeleton, Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ImportedQuestion } from '../../../../shared/contract/imports.ts'
import { toast } from '../../../lib/toast.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { ChooseSource } from './ChooseSource.tsx'
import { ImportPreview } from './ImportPreview.tsx'
import { type ImportTarget, useQuestionImport } from './use-question-import.ts'

interface Props {
  target: ImportTarget
  isOpen: boolean
  onClose: () => void
}

/** Brings questions in from a file or pasted text of any format that is read. */
export function ImportDialog({ target, isOpen, onClose }: Props) {
  const { t } = useTranslation(['assessments', 'common'])
  const isPhone = useMediaQuery('(max-width: 36em)')
  const title =
    target === 'bank'
      ? t('import.titleBank')
      : target === 'newAssessment'
        ? t('import.title')
        : t('import.titleInto', { title: target.draft.title })
  return (
    <Dialog isOpen={isOpen} onClose={onClose} fullScreen={isPhone} size="52rem" title={title}>
      <ImportSteps target={target} onClose={onClose} />
    </Dialog>
  )
}

function ImportSteps({ target, onClose }: Pick<Props, 'target' | 'onClose'>) {
  const { t } = useTranslation('assessments')
  const navigate = useNavigate()
  const { source, reading, importing, read, readAs, startOver } = useQuestionImport(target)

  const bringIn = async (title: string, questions: readonly ImportedQuestion[]) => {
    const { id } = await importing.mutateAsync({ title, questions })
    toast(t('import.done', { count: questions.length }))
    onClose()
    if (target === 'newAssessment' && id !== null) await navigate({ to: '/assessments/$id', params: { id } })
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
      key={`${reading.data.format} ${reading.data.guessedEncoding}`}
      file={reading.data}
      name={source.name}
      isNew={target === 'newAssessment'}
      isImporting={importing.isPending}
      error={importing.error}
      onReadAs={readAs}
      onBack={startOver}
      onImport={(title, questions) => void bringIn(title, questions).catch(() => undefined)}
    />
  )
}
