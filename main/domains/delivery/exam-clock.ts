import type { Id } from '../../../shared/contract/base.ts'
import type { Clock } from '../../clock.ts'

/** Longer than this without a sign of life, the screen was not usable and the time does not count. */
export const longestLapMs = 15_000

/** After the time is up, answers that were on their way may still arrive for this long. */
export const graceMs = 10_000

export interface ExamClock {
  /** Milliseconds of exam time since the last lap of this attempt; 0 for the first lap after a start of the program. */
  lap(attemptId: Id): number
  /** The same without beginning a new lap. */
  sinceLap(attemptId: Id): number
  stop(attemptId: Id): void
}

/**
 * Counts the exam time between two signs of life on the monotonic clock. What it has counted is kept in the attempt's row;
 * what it has not yet counted when the machine dies is the learner's gain.
 */
export function examClock(clock: Clock): ExamClock {
  const lastLaps = new Map<Id, number>()
  const sinceLap = (attemptId: Id) => {
    const last = lastLaps.get(attemptId)
    return last === undefined ? 0 : Math.round(Math.min(clock.monotonic() - last, longestLapMs))
  }
  return {
    sinceLap,
    lap(attemptId) {
      const counted = sinceLap(attemptId)
      lastLaps.set(attemptId, clock.monotonic())
      return counted
    },
    stop(attemptId) {
      lastLaps.delete(attemptId)
    },
  }
}

export function remainingMs({ timeLimitMs, usedMs }: { timeLimitMs: number | null; usedMs: number }): number | null {
  return timeLimitMs === null ? null : Math.max(0, timeLimitMs - usedMs)
}

export function isTimeUp({ timeLimitMs, usedMs }: { timeLimitMs: number | null; usedMs: number }): boolean {
  return timeLimitMs !== null && usedMs >= timeLimitMs
}

export function isGraceOver({ timeLimitMs, usedMs }: { timeLimitMs: number | null; usedMs: number }): boolean {
  return timeLimitMs !== null && usedMs >= timeLimitMs + graceMs
}
