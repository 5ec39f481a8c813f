/** Wrong tries in a row, as they are stored: a restart changes nothing. */
export interface Throttle {
  failures: number
  /** On the steady clock, which nobody can set. */
  lockedUntil: string | null
}

export const unthrottled: Throttle = { failures: 0, lockedUntil: null }

const freeTries = 5
const longestWait = 300

/** Seconds to wait after so many wrong tries: 1, 2, 4 … 300 from the fifth on, and never for ever. */
export function waitAfter(failures: number): number {
  return failures < freeTries ? 0 : Math.min(longestWait, 2 ** (failures - freeTries))
}

/**
 * Milliseconds until the next try, at this moment of the steady clock. What another machine wrote down may lie far away on
 * this one's clock; then the whole wait begins again, which neither opens the lock nor makes it eternal.
 */
export function remainingWait({ failures, lockedUntil }: Throttle, steady: string): number {
  if (lockedUntil === null) return 0
  const left = Date.parse(lockedUntil) - Date.parse(steady)
  return Math.max(0, Math.min(left, waitAfter(failures) * 1000))
}

export interface Judgement {
  after: Throttle
  isOpen: boolean
  /** Until the next try. */
  waitSeconds: number
  /** Tries before a pause. */
  left: number
}

/**
 * What a try leads to. Decided where the throttle is written, so that tries that arrive together count one after the other;
 * one that comes too early counts for nothing, the right secret included.
 */
export function judge(before: Throttle, matches: boolean, steady: string): Judgement {
  const wait = remainingWait(before, steady)
  if (wait > 0) return locked(before.failures, wait, steady)
  if (matches) return { after: unthrottled, isOpen: true, waitSeconds: 0, left: freeTries }

  const failures = before.failures + 1
  const seconds = waitAfter(failures)
  if (seconds > 0) return locked(failures, seconds * 1000, steady)
  return { after: { failures, lockedUntil: null }, isOpen: false, waitSeconds: 0, left: freeTries - failures }
}

function locked(failures: number, wait: number, steady: string): Judgement {
  const lockedUntil = new Date(Date.parse(steady) + wait).toISOString()
  return { after: { failures, lockedUntil }, isOpen: false, waitSeconds: Math.ceil(wait / 1000), left: 0 }
}
