import { setImmediate } from 'node:timers/promises'

const turnMs = 5

/** Call it inside a long loop: every 5 ms it lets everything else in this process have its turn. */
export function breather(): () => Promise<void> {
  let turnBegan = performance.now()
  return async () => {
    if (performance.now() - turnBegan < turnMs) return
    await setImmediate()
    turnBegan = performance.now()
  }
}
