/** What somebody does who is there. A pointer that lies still on a shaking table sends no `pointermove`. */
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

interface IdleWatchOptions {
  /** Milliseconds after which the screen counts as left; undefined while there is nothing to lock. */
  limit: () => number | undefined
  onIdle: () => void
  /** Somebody is there; called for every sign. */
  onActive: () => void
  /** Both clocks in milliseconds: one may stand still while the computer sleeps, the other may be set. */
  clocks?: () => [number, number]
}

export interface IdleWatch {
  /** Somebody is there, in another window of this session. */
  touch(): void
  stop(): void
}

const bothClocks = (): [number, number] => [Date.now(), performance.now()]

/**
 * Notices when a screen was left. A page that was asleep finds out with its first sign of life: that sign must not count as
 * somebody having been there all the time.
 */
export function watchIdle({ limit, onIdle, onActive, clocks = bothClocks }: IdleWatchOptions): IdleWatch {
  let last = clocks()
  const isLeft = () => {
    const now = clocks()
    const idle = Math.max(now[0] - last[0], now[1] - last[1])
    const most = limit()
    return most !== undefined && idle >= most
  }
  const check = () => {
    if (!isLeft()) return false
    last = clocks()
    onIdle()
    return true
  }
  const touch = () => {
    if (!check()) last = clocks()
  }
  const sign = () => {
    if (check()) return
    last = clocks()
    onActive()
  }

  const ended = new AbortController()
  const options = { signal: ended.signal, capture: true, passive: true }
  for (const name of signs) window.addEventListener(name, sign, options)
  document.addEventListener('visibilitychange', check, options)
  window.addEventListener('focus', check, options)
  const timer = setInterval(check, 1000)
  return {
    touch,
    stop() {
      ended.abort()
      clearInterval(timer)
    },
  }
}
