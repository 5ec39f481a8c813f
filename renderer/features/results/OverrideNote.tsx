import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AttemptReport, Override } from '../../../shared/contract/results.ts'
import { api } from '../../lib/client.ts'
import { formatNumber, formatPercent } from '../../lib/format.ts'
import { useResultsFollow } from '../../lib/results-follow.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import classes from './attempt.module.css'

interface Props {
  report: AttemptReport
  override: Override
  mayTakeBack: boolean
}

/** Who set the result and why, what was computed, and the way back to that. */
export function OverrideNote({ report: { attemptId }, override, mayTakeBack }: Props) {
  const { t } = useTranslation('results')
  const onSuccess = useResultsFollow()
  const takeBack = useMutation(api.results.takeBackOverride.mutationOptions({ onSuccess }))
  const { score, percentage } = override.original
  return (
    <div className={classes.card} role="note">
      <Text dir="auto" className={classes.words}>
        {t('override.note', { name: override.userName ?? '–', reason: override.reason })}
      </Text>
      <Group gap="md">
        <Text size="sm">
          {t('override.original', {
            score: formatNumber(score),
            percentage: percentage === null ? '–' : formatPercent(percentage),
          })}
        </Text>
        {mayTakeBack && (
          <Button
            size="xs"
            variant="default"
            loading={takeBack.isPending}
            onClick={() => takeBack.mutate({ attemptId })}
          >
            {t('override.takeBack')}
          </Button>
        )}
      </Group>
      <FormProblem error={takeBack.error} />
    </div>
  )
}
