import type { Id } from '../../../shared/contract/base.ts'
import type { Clock } from '../../clock.ts'

/** Longer than this without a sign of life, the screen was not usable and the time does not count. */
export const longestLapMs = 15_000

/** After the time is up, answers that were on their way may still arrive for this long; more than one whole lap. */
export const graceMs = longestLapMs + 5_000

/** So much may be lost when the machine dies; writing it down more often would make every save slower. */
const writeEveryMs = 5_000

export interface ExamClock {
  /** Milliseconds of exam time that the attempt's row does not have yet; a sign of life, so the next lap begins now. */
  tick(attemptId: Id): number
  /** Whether what `tick` returned is worth a write of its own. */
  isDue(uncountedMs: number): boolean
  /** What `tick` returned has been added to the row. */
  counted(attemptId: Id): void
  stop(attemptId: Id): void
}

/**
 * Counts the exam time between signs of life on the monotonic clock. What it has counted is kept in the attempt's row;
 * what has not got there when the machine dies is the learner's gain.
 */
export function examClock(clock: Clock): ExamClock {
  const laps = new Map<Id, { last: number; uncounted: number }>()
  return {
    tick(attemptId) {
      const now = clock.monotonic()
      const lap = laps.get(attemptId) ?? { last: now, uncounted: 0 }
      const uncounted = lap.uncounted + Math.min(now - lap.last, longestLapMs)
      laps.set(attemptId, { last: now, uncounted })
      return Math.round(uncounted)
    },
    isDue: (uncountedMs) => uncountedMs >= writeEveryMs,
    counted(attemptId) {
      const lap = laps.get(attemptId)
      if (lap) laps.set(attemptId, { ...lap, uncounted: 0 })
    },
    stop(attemptId) {
      laps.delete(attemptId)
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
