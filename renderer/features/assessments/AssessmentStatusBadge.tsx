import { useTranslation } from 'react-i18next'
import type { AssessmentStatus } from '../../../shared/contract/assessments.ts'
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx'

const tones = {
  draft: 'neutral',
  published: 'good',
  in_progress: 'busy',
  completed: 'waiting',
} as const satisfies Record<AssessmentStatus, Tone>

export function AssessmentStatusBadge({ status }: { status: AssessmentStatus }) {
  const { t } = useTranslation('assessments')
  return <StatusBadge tone={tones[status]}>{t(`status.${status}`)}</StatusBadge>
}
