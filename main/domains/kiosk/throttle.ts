import { Refusal } from '../../../shared/refusal.ts'

/** Wrong tries in a row, as they are stored: a restart changes nothing. */
export interface Throttle {
  failures: number
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
 * Milliseconds until the next try. A clock that was turned back makes the end of the wait look far away; then the whole
 * wait begins again, which neither opens the lock nor makes it eternal.
 */
export function remainingWait({ failures, lockedUntil }: Throttle, now: string): number {
  if (lockedUntil === null) return 0
  const left = Date.parse(lockedUntil) - Date.parse(now)
  return Math.max(0, Math.min(left, waitAfter(failures) * 1000))
}

/**
 * What a try leads to: the throttle to store, and the refusal to give after that is stored. Decided where the throttle is
 * written, so that tries that arrive together count one after the other.
 */
export function judge(before: Throttle, matches: boolean, now: string): { after: Throttle; refusal: Refusal | null } {
  const wait = remainingWait(before, now)
  if (wait > 0) return locked(before.failures, wait, now)
  if (matches) return { after: unthrottled, refusal: null }

  const failures = before.failures + 1
  const seconds = waitAfter(failures)
  if (seconds > 0) return locked(failures, seconds * 1000, now)
  const refusal = new Refusal('invalid', 'kiosk.wrongSecret', { left: freeTries - failures })
  return { after: { failures, lockedUntil: null }, refusal }
}

function locked(failures: number, wait: number, now: string) {
  const lockedUntil = new Date(Date.parse(now) + wait).toISOString()
  const refusal = new Refusal('throttled', 'kiosk.wait', { seconds: Math.ceil(wait / 1000) })
  return { after: { failures, lockedUntil }, refusal }
}
