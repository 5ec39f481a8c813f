import { Refusal } from '../../../shared/refusal.ts'

interface QueueLimits {
  /** How many are worked on at once. */
  atOnce: number
  /** How many may wait besides. */
  waiting: number
}

/**
 * Lets through as many as may work at once; the others follow in the order in which they came. Beyond the limit they are
 * told so, instead of waiting for longer than anybody would.
 */
export function passwordQueue({ atOnce, waiting }: QueueLimits) {
  const queue: (() => void)[] = []
  let running = 0

  async function take() {
    if (running < atOnce) {
      running++
      return
    }
    if (queue.length >= waiting) throw new Refusal('throttled', 'identity.busy')
    await new Promise<void>((resolve) => queue.push(resolve))
  }

  function release() {
    const next = queue.shift()
    if (next) next()
    else running--
  }

  return async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    await take()
    try {
      return await work()
    } finally {
      release()
    }
  }
}
