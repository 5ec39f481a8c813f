/** The two clocks of a machine: one that people set and that may jump, and one that only counts. */
export interface Clock {
  now(): Date
  /** Milliseconds since some moment; never goes back, and does not care what the wall clock says. */
  monotonic(): number
}

export const systemClock: Clock = { now: () => new Date(), monotonic: () => performance.now() }
