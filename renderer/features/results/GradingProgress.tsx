import { Button, Group, Text } from '@mantine/core'
import { IconCircleCheck, IconHourglass } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AttemptReport } from '../../../shared/contract/results.ts'
import { api } from '../../lib/client.ts'
import classes from './attempt.module.css'

interface Props {
  report: AttemptReport
  /** Answers that nobody has graded yet. */
  waiting: number
  /** Undefined: only to be read. */
  onGradeNow: (() => void) | undefined
}

/** What is left to do here, and where to go on afterwards. */
export function GradingProgress({ report, waiting, onGradeNow }: Props) {
  const { t } = useTranslation('results')
  if (report.state === 'running') {
    return (
      <Text size="sm" className={classes.progress}>
        {t('attempt.running')}
      </Text>
    )
  }
  const hasEssays = report.answers.some((answer) => answer.question.type === 'essay')
  if (!hasEssays && waiting === 0) return null
  return (
    <Group gap="sm" className={classes.progress} data-progress tabIndex={-1}>
      <Group role="status" gap={6}>
        {waiting > 0 ? <IconHourglass size={18} aria-hidden /> : <IconCircleCheck size={18} aria-hidden />}
        <Text size="sm">{waiting > 0 ? t('attempt.waiting', { count: waiting }) : t('attempt.allGraded')}</Text>
      </Group>
      {waiting > 0 && onGradeNow && (
        <Button size="xs" onClick={onGradeNow}>
          {t('attempt.gradeNow')}
        </Button>
      )}
      {waiting === 0 && onGradeNow && <NextAttempt report={report} />}
    </Group>
  )
}

function NextAttempt({ report: { attemptId, assessmentId } }: { report: AttemptReport }) {
  const { t } = useTranslation('results')
  const { data } = useQuery(api.results.list.queryOptions({ input: { assessmentId, state: 'handed_in', limit: 2 } }))
  const next = data?.rows.find((row) => row.attemptId !== attemptId)
  if (!next) return null
  return (
    <Button
      size="xs"
      renderRoot={(props) => <Link {...props} to="/results/$attemptId" params={{ attemptId: next.attemptId }} />}
    >
      {t('attempt.nextAttempt')}
    </Button>
  )
}
