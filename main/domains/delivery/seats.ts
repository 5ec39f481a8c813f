import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'

/**
 * One seat writes to a running attempt: the session that opened it. It is taken as long as that session seats the learner.
 * The seat before may still deliver what it had typed, under the rule of edit numbers, but nobody goes on there.
 */
export interface Seat {
  sessionId: Id | null
  previousSessionId: Id | null
  isTaken: boolean
  /** When who sits there sat down. */
  takenAt: string | null
}

export async function seatOf(db: Reader, attemptId: Id): Promise<Seat> {
  const row = await db
    .selectFrom('attempt_seats')
    .innerJoin('attempts', 'attempts.id', 'attempt_seats.attempt_id')
    .leftJoin('sessions', 'sessions.id', 'attempt_seats.session_id')
    .leftJoin('beneficiaries', 'beneficiaries.user_id', 'sessions.user_id')
    .select([
      'attempt_seats.session_id as sessionId',
      'attempt_seats.previous_session_id as previousSessionId',
      'attempt_seats.taken_at as takenAt',
      'attempts.beneficiary_id as learnerId',
      'sessions.kind',
      'sessions.beneficiary_id as seatedId',
      'beneficiaries.id as ownId',
    ])
    .where('attempt_seats.attempt_id', '=', attemptId)
    .executeTakeFirst()
  if (!row) return { sessionId: null, previousSessionId: null, isTaken: false, takenAt: null }
  const sittingId = row.kind === 'user' ? row.ownId : row.seatedId
  const { sessionId, previousSessionId, takenAt } = row
  return { sessionId, previousSessionId, takenAt, isTaken: sessionId !== null && sittingId === row.learnerId }
}

/** Sits this session down at the attempt; a code that was given out is used up. */
export async function takeSeatFor(db: Writer, attemptId: Id, seat: { from: Id | null; to: Id }, now: string) {
  const columns = {
    session_id: seat.to,
    previous_session_id: seat.from,
    code_digest: null,
    code_expires_at: null,
    code_failures: 0,
    taken_at: now,
  }
  await db
    .insertInto('attempt_seats')
    .values({ attempt_id: attemptId, ...columns })
    .onConflict((conflict) => conflict.column('attempt_id').doUpdateSet(columns))
    .execute()
}

export function freeSeat(db: Writer, attemptId: Id) {
  return db
    .updateTable('attempt_seats')
    .set((eb) => ({ previous_session_id: eb.ref('session_id'), session_id: null }))
    .where('attempt_id', '=', attemptId)
    .execute()
}

export const codeLifetimeMs = 10 * 60_000
export const codeTries = 5

export function newSeatCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}

export function setSeatCode(db: Writer, attemptId: Id, code: { code: string; expiresAt: string }) {
  const columns = { code_digest: digestOfCode(attemptId, code.code), code_expires_at: code.expiresAt, code_failures: 0 }
  return db
    .insertInto('attempt_seats')
    .values({ attempt_id: attemptId, ...columns })
    .onConflict((conflict) => conflict.column('attempt_id').doUpdateSet(columns))
    .execute()
}

/** How many tries a code has left at this moment; 0: there is none, it is too old, or it was guessed at too often. */
export async function seatCodeOf(db: Reader, attemptId: Id, now: string) {
  const row = await db
    .selectFrom('attempt_seats')
    .select(['code_digest as digest', 'code_expires_at as expiresAt', 'code_failures as failures'])
    .where('attempt_id', '=', attemptId)
    .executeTakeFirst()
  const isGood = row?.digest && row.expiresAt && row.expiresAt > now
  return { digest: row?.digest ?? null, triesLeft: isGood ? Math.max(0, codeTries - row.failures) : 0 }
}

export function countWrongCode(db: Writer, attemptId: Id) {
  return db
    .updateTable('attempt_seats')
    .set((eb) => ({ code_failures: eb('code_failures', '+', 1) }))
    .where('attempt_id', '=', attemptId)
    .execute()
}

export function isSeatCode(digest: string | null, attemptId: Id, code: string): boolean {
  if (digest === null) return false
  return timingSafeEqual(Buffer.from(digest), Buffer.from(digestOfCode(attemptId, code.replace(/\s/g, ''))))
}

function digestOfCode(attemptId: Id, code: string): string {
  return createHash('sha256').update(`${attemptId}:${code}`).digest('hex')
}
