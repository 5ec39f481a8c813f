import { Button, Group, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { api } from '../../../lib/client.ts'
import { useResultsFollow } from '../../../lib/results-follow.ts'
import { toast } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { NumberField } from '../../../ui/NumberField.tsx'

interface Props {
  isOpen: boolean
  assessmentId: Id
  /** One answer; undefined: every graded answer of the assessment that a person has read. */
  responseId?: Id | undefined
  /** Everything on the screen knows of it. */
  onAsked?: () => void
  onClose: () => void
}

/** Asks that somebody else marks again, and how far apart two marks may be. */
export function SecondOpinionDialog({ isOpen, onClose, ...asked }: Props) {
  const { t } = useTranslation('grading')
  return (
    <Dialog isOpen={isOpen} title={t(asked.responseId === undefined ? 'askAllTitle' : 'askTitle')} onClose={onClose}>
      <AskForm {...asked} onClose={onClose} />
    </Dialog>
  )
}

function AskForm({ assessmentId, responseId, onAsked, onClose }: Omit<Props, 'isOpen'>) {
  const { t } = useTranslation('grading')
  const [tolerance, setTolerance] = useState<number | null>(10)
  const [isTried, setTried] = useState(false)
  const follow = useResultsFollow()
  const ask = useMutation(api.grading.askSecondOpinion.mutationOptions({ onSuccess: follow }))
  const isPossible = tolerance !== null && tolerance >= 0 && tolerance <= 100
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isPossible || ask.isPending) return
    ask.mutate(
      { assessmentId, responseId, tolerance },
      {
        onSuccess: ({ answers }) => {
          toast(t('asked', { count: answers }))
          onAsked?.()
          onClose()
        },
      },
    )
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{t(responseId === undefined ? 'askAllText' : 'askText')}</Text>
        <NumberField
          data-autofocus
          label={t('tolerance')}
          description={t('toleranceHint')}
          rightSection="%"
          value={tolerance}
          onChange={setTolerance}
          min={0}
          max={100}
          error={isTried && !isPossible && t('toleranceWrong')}
        />
        <FormProblem error={ask.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={ask.isPending}>
            {t('ask')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
