import { useTranslation } from 'react-i18next'
import type { AttemptState } from '../../../shared/contract/delivery.ts'
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx'

const tones = { running: 'busy', handed_in: 'waiting', graded: 'good' } as const satisfies Record<AttemptState, Tone>

export function ResultStateBadge({ state }: { state: AttemptState }) {
  const { t } = useTranslation('results')
  return <StatusBadge tone={tones[state]}>{t(`state.${state}`)}</StatusBadge>
}
