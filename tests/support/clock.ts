import type { Clock } from '../../main/clock.ts'

export interface TestClock extends Clock {
  /** Lets both clocks go on. */
  pass(milliseconds: number): void
  /** Sets the wall clock, as somebody might in the settings of the machine; the other clock does not notice. */
  setWall(time: string): void
}

export function testClock(start = '2026-03-01T09:00:00.000Z'): TestClock {
  let wall = Date.parse(start)
  let counted = 0
  return {
    now: () => new Date(wall),
    monotonic: () => counted,
    pass(milliseconds) {
      wall += milliseconds
      counted += milliseconds
    },
    setWall(time) {
      wall = Date.parse(time)
    },
  }
}
