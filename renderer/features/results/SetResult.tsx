import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttemptReport } from '../../../shared/contract/results.ts'
import { api } from '../../lib/client.ts'
import { formatNumber } from '../../lib/format.ts'
import { useResultsFollow } from '../../lib/results-follow.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { mayGive } from './mark.ts'

/** Sets the result by hand, with a reason. */
export function SetResult({ report }: { report: AttemptReport }) {
  const { t } = useTranslation('results')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('override.open')}
      </Button>
      <Dialog
        isOpen={isOpen}
        title={t('override.title', { name: report.beneficiaryName })}
        onClose={() => setOpen(false)}
      >
        <SetResultForm report={report} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

function SetResultForm({ report, onDone }: { report: AttemptReport; onDone: () => void }) {
  const { t } = useTranslation('results')
  const { attemptId, maxScore } = report
  const [score, setScore] = useState(report.score)
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const follow = useResultsFollow()
  const override = useMutation(api.results.override.mutationOptions({ onSuccess: follow }))
  const isPossible = score !== null && mayGive(score, maxScore)
  const save = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isPossible || reason.trim() === '' || override.isPending) return
    override.mutate({ attemptId, score: Math.round(score * 100) / 100, reason }, { onSuccess: onDone })
  }
  return (
    <form noValidate onSubmit={save}>
      <Stack gap="md">
        <Text size="sm">{t('override.text')}</Text>
        <NumberField
          data-autofocus
          label={t('override.points', { most: formatNumber(maxScore) })}
          value={score}
          onChange={setScore}
          min={0}
          max={maxScore}
          error={isTried && !isPossible && t('grade.outOfRange', { count: maxScore, most: formatNumber(maxScore) })}
        />
        <Textarea
          autosize
          minRows={2}
          dir="auto"
          maxLength={2000}
          label={t('override.reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={isTried && reason.trim() === '' && t('override.reasonMissing')}
        />
        <FormProblem error={override.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={override.isPending}>
            {t('override.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
