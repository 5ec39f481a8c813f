import type { Id } from '../../../shared/contract/base.ts'
import type { Clock } from '../../clock.ts'

/** Where a seat was at its last sign of life. */
export interface Sighting {
  attemptId: Id
  questionId: Id
  /** Milliseconds since then, on the clock that never jumps. */
  agoMs: number
}

export interface Presence {
  seen(sessionId: Id, where: Omit<Sighting, 'agoMs'>): void
  /** Undefined when the seat has given no sign of life since this program started. */
  of(sessionId: Id): Sighting | undefined
  forget(sessionId: Id): void
}

/** Who is at which question right now. Kept in memory: after a restart every seat tells again within seconds. */
export function presenceOf(clock: Clock): Presence {
  const seats = new Map<Id, { attemptId: Id; questionId: Id; at: number }>()
  return {
    seen(sessionId, where) {
      seats.set(sessionId, { ...where, at: clock.monotonic() })
    },
    of(sessionId) {
      const seat = seats.get(sessionId)
      return seat && { attemptId: seat.attemptId, questionId: seat.questionId, agoMs: clock.monotonic() - seat.at }
    },
    forget(sessionId) {
      seats.delete(sessionId)
    },
  }
}
