import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Reader } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { trainersOf } from './queries.ts'

/** Who a trainer writes down is theirs; giving people to somebody else is the administrators'. */
export async function assignedTrainer(db: Reader, { organizationId, trainerId: own }: Scope, wanted: Id | null) {
  if (own !== null && wanted !== null && wanted !== own) throw new Refusal('forbidden', 'beneficiary.trainerByAdmin')
  if (own !== null || wanted === null) return own
  const trainersHere = await trainersOf(db, organizationId)
  if (!trainersHere.some(({ id }) => id === wanted)) throw new Refusal('notFound', 'user.notFound')
  return wanted
}
