import type { BeneficiaryStatus } from '../../../shared/contract/beneficiaries.ts'
import type { Tone } from '../../ui/StatusBadge.tsx'

export const statusTones = {
  active: 'good',
  inactive: 'neutral',
  completed: 'waiting',
} as const satisfies Record<BeneficiaryStatus, Tone>
