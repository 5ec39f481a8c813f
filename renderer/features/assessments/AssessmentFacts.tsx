import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Assessment } from '../../../shared/contract/assessments.ts'
import { formatMoment, formatPercent } from '../../lib/format.ts'
import { AssessmentStatusBadge } from './AssessmentStatusBadge.tsx'
import { totalPoints } from './publish/readiness.ts'

/** The assessment in one line. */
export function AssessmentFacts({ assessment }: { assessment: Assessment }) {
  const { t } = useTranslation('assessments')
  const { type, timeLimit, passingScore, attemptsAllowed, beneficiaryName, groupName, opensAt, closesAt } = assessment
  const facts = [
    t(`type.${type}`),
    t('question.points', { count: totalPoints(assessment) }),
    timeLimit ? t('fact.minutes', { count: timeLimit }) : t('fact.noTimeLimit'),
    passingScore !== null && t('fact.passingScore', { percent: formatPercent(passingScore) }),
    attemptsAllowed > 1 && t('fact.attempts', { count: attemptsAllowed }),
    beneficiaryName && t('fact.onlyFor', { name: beneficiaryName }),
    groupName && t('fact.onlyFor', { name: groupName }),
    opensAt && t('fact.opensAt', { time: formatMoment(opensAt) }),
    closesAt && t('fact.closesAt', { time: formatMoment(closesAt) }),
  ]
  return (
    <Group gap="4px var(--mantine-spacing-md)">
      <AssessmentStatusBadge status={assessment.status} />
      <Text span size="sm">
        {facts.filter(Boolean).join(' · ')}
      </Text>
    </Group>
  )
}
