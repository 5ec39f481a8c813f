import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, learnerOf } from '../../actor.ts'
import type { Reader } from '../../database/database.ts'
import { isOfRoom, roomOfActor } from '../classroom/admission.ts'
import { type AttemptRecord, attemptById } from './queries.ts'

/** Someone else's attempt is reported as missing, so that ids cannot be probed. */
export async function ownAttempt(db: Reader, attemptId: Id, actor: Actor): Promise<AttemptRecord> {
  const found = await attemptById(db, attemptId)
  if (!found || found.beneficiaryId !== learnerOf(actor)) throw new Refusal('notFound', 'attempt.notFound')
  const room = await roomOfActor(db, actor)
  if (room && !isOfRoom(room, found)) throw new Refusal('notFound', 'attempt.notFound')
  return found
}

/** A student's own password is proof enough to go on at another machine; at a kiosk anybody could touch the name. */
export function mayTakeOver(actor: Actor): boolean {
  return actor.kind === 'student'
}
