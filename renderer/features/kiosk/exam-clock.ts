/** Longer than this without a reply of the core no time is counted there, so none passes here. */
const longestLapMs = 15_000

/** What the core said of the time that is left, and when it said so on this screen's monotonic clock; all in milliseconds. */
export interface ClockReading {
  /** Null: no time limit. */
  remainingMs: number | null
  takenAt: number
  /** The trainer has stopped it. */
  isPaused?: boolean
}

/** What is left `now` on the same monotonic clock. */
export function remainingAt({ remainingMs, takenAt, isPaused }: ClockReading, now: number): number | null {
  if (isPaused) return remainingMs
  return remainingMs === null ? null : Math.max(0, remainingMs - Math.min(now - takenAt, longestLapMs))
}

/** Nothing was heard of the core for so long that its clock has stopped. */
export function isStandingStill({ takenAt, isPaused }: ClockReading, now: number): boolean {
  return isPaused === true || now - takenAt >= longestLapMs
}
