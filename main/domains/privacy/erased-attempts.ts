import * as z from 'zod'
import { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'

const AttemptIds = z.array(Id).nullable()

/** The attempts that an erasure order names. */
export function attemptsNamed(stored: unknown): Id[] {
  return AttemptIds.parse(stored) ?? []
}

/** Which of these attempts belonged to somebody who was erased. */
export async function erasedAmong(db: Reader, organizationId: Id, attemptIds: readonly Id[]): Promise<Id[]> {
  const orders = await db
    .selectFrom('erasure_orders')
    .select('attempt_ids as attemptIds')
    .where('organization_id', '=', organizationId)
    .execute()
  const erased = new Set(orders.flatMap((order) => attemptsNamed(order.attemptIds)))
  return attemptIds.filter((id) => erased.has(id))
}
