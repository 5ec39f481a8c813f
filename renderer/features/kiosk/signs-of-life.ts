import { growingPause } from './growing-pause.ts'

export interface SignsOfLife {
  start(): void
  /** Gives a sign at once, or right after the one that is under way. */
  giveNow(): void
  stop(): void
}

const everyMs = 5_000

/** Calls the core every five seconds, and sooner while it does not answer. */
export function signsOfLife(call: () => Promise<unknown>): SignsOfLife {
  let next: ReturnType<typeof setTimeout> | undefined
  let isUnderWay = false
  let isDue = false
  let isRunning = false
  let failures = 0

  function giveNow() {
    clearTimeout(next)
    isDue = true
    if (isRunning && !isUnderWay) void give()
  }

  async function give() {
    isUnderWay = true
    isDue = false
    failures = await call().then(
      () => 0,
      () => failures + 1,
    )
    isUnderWay = false
    clearTimeout(next)
    if (isDue) giveNow()
    else if (isRunning) next = setTimeout(giveNow, failures > 0 ? growingPause(failures) : everyMs)
  }

  return {
    start() {
      isRunning = true
      giveNow()
    },
    giveNow,
    stop() {
      isRunning = false
      clearTimeout(next)
    },
  }
}
