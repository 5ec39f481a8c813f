import type { Id } from '../../../shared/contract/base.ts'

export interface Stopwatch {
  /** From now on the time belongs to this question; null: to none. */
  turnTo(questionId: Id | null): void
  /** Seconds spent on the question since they were last taken. */
  take(questionId: Id): number
  /** For seconds that were taken and never arrived. */
  giveBack(questionId: Id, seconds: number): void
}

/** Longer between two signs of life means that the machine slept. */
const longestLapMs = 15_000
/** The contract takes a day at most. */
const longestSeconds = 86_400

/** Tells how long the learner was on each question. `now`: milliseconds of a monotonic clock. */
export function createStopwatch(now: () => number): Stopwatch {
  const seconds = new Map<Id, number>()
  let current: Id | null = null
  let since = now()

  function add(questionId: Id, more: number) {
    seconds.set(questionId, (seconds.get(questionId) ?? 0) + more)
  }

  function lap() {
    if (current !== null) add(current, Math.min(now() - since, longestLapMs) / 1_000)
    since = now()
  }

  return {
    turnTo(questionId) {
      lap()
      current = questionId
    },
    take(questionId) {
      lap()
      const taken = seconds.get(questionId) ?? 0
      seconds.delete(questionId)
      return Math.min(longestSeconds, Math.round(taken * 10) / 10)
    },
    giveBack: add,
  }
}
