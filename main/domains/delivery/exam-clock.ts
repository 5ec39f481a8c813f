import type { Id } from '../../../shared/contract/base.ts'
import type { IncidentKind } from '../../../shared/contract/supervision.ts'
import type { Clock } from '../../clock.ts'

/** Longer than this without a sign of life, the screen was not usable and the time does not count. */
export const longestLapMs = 15_000

/** After the time is up, answers that were on their way may still arrive for this long; more than one whole lap. */
export const graceMs = longestLapMs + 5_000

/** So much may be lost when the machine dies; writing it down more often would make every save slower. */
const writeEveryMs = 5_000

/** Less is not worth a line. */
const noticeableMs = 5_000

export interface LostTime {
  kind: Extract<IncidentKind, 'away' | 'restart' | 'clock_jump'>
  lostMs: number
  /** Of a jump: by how many seconds. */
  reason: string | null
}

export interface Tick {
  /** Milliseconds of exam time that the attempt's row does not have yet. */
  uncountedMs: number
  /** What happened since the last sign of life. */
  lost: LostTime[]
}

export interface ExamClock {
  /** A sign of life, so the next lap begins now. `keptAt`: when the attempt's row was last written. */
  tick(attemptId: Id, keptAt: string): Tick
  /** A sign of life in a pause: nothing counts. */
  hold(attemptId: Id): void
  /** Whether what `tick` returned is worth a write of its own. */
  isDue(tick: Tick): boolean
  /** What `tick` returned has been added to the row. */
  counted(attemptId: Id): void
  stop(attemptId: Id): void
}

interface Lap {
  /** On the clock that only counts, and on the wall. */
  last: number
  wall: number
  uncounted: number
}

/**
 * Counts the exam time between signs of life on the monotonic clock. What it has counted is kept in the attempt's row;
 * what has not got there when the machine dies is the learner's gain.
 */
export function examClock(clock: Clock): ExamClock {
  const laps = new Map<Id, Lap>()
  const startedAt = clock.now().getTime()

  const here = () => ({ last: clock.monotonic(), wall: clock.now().getTime() })

  return {
    tick(attemptId, keptAt) {
      const now = here()
      const lap = laps.get(attemptId)
      if (!lap) {
        laps.set(attemptId, { ...now, uncounted: 0 })
        return { uncountedMs: 0, lost: sinceWritten(Date.parse(keptAt), now.wall, startedAt) }
      }
      const passed = now.last - lap.last
      const uncounted = lap.uncounted + Math.min(passed, longestLapMs)
      laps.set(attemptId, { ...now, uncounted })
      return { uncountedMs: Math.round(uncounted), lost: inLap(passed, now.wall - lap.wall) }
    },
    hold(attemptId) {
      laps.set(attemptId, { ...here(), uncounted: laps.get(attemptId)?.uncounted ?? 0 })
    },
    isDue: ({ uncountedMs, lost }) => uncountedMs >= writeEveryMs || lost.length > 0,
    counted(attemptId) {
      const lap = laps.get(attemptId)
      if (lap) laps.set(attemptId, { ...lap, uncounted: 0 })
    },
    stop(attemptId) {
      laps.delete(attemptId)
    },
  }
}

/** Before the first sign of life that this program has seen there is the wall clock alone to go by. */
function sinceWritten(keptAt: number, now: number, startedAt: number): LostTime[] {
  const gap = now - keptAt
  if (gap < -noticeableMs) return [{ kind: 'clock_jump', lostMs: 0, reason: seconds(gap) }]
  if (gap - longestLapMs < noticeableMs) return []
  return [{ kind: keptAt < startedAt ? 'restart' : 'away', lostMs: gap, reason: null }]
}

function inLap(passed: number, onTheWall: number): LostTime[] {
  const beyond = passed - longestLapMs
  const jump = onTheWall - passed
  return [
    ...(beyond >= noticeableMs ? [{ kind: 'away' as const, lostMs: Math.round(beyond), reason: null }] : []),
    ...(Math.abs(jump) >= noticeableMs ? [{ kind: 'clock_jump' as const, lostMs: 0, reason: seconds(jump) }] : []),
  ]
}

function seconds(milliseconds: number): string {
  return String(Math.round(milliseconds / 1000))
}

/** The limit as it stands now, extra time included; null: none. */
export interface Timed {
  timeLimitMs: number | null
  usedMs: number
}

export function remainingMs({ timeLimitMs, usedMs }: Timed): number | null {
  return timeLimitMs === null ? null : Math.max(0, timeLimitMs - usedMs)
}

export function isTimeUp({ timeLimitMs, usedMs }: Timed): boolean {
  return timeLimitMs !== null && usedMs >= timeLimitMs
}

export function isGraceOver({ timeLimitMs, usedMs }: Timed): boolean {
  return timeLimitMs !== null && usedMs >= timeLimitMs + graceMs
}
