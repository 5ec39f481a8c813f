import { diskTroubleIn } from './disk-trouble.ts'

export interface Reopening<T> {
  /** @throws what `open` throws, and the next call tries again */
  current(): T
  /** Hears of every error of a write. */
  failed(error: unknown): void
  close(): void
}

/**
 * Holds what is open as long as it can be trusted. When the disk failed in the middle of a write, nobody knows what is on
 * it (an fsync that failed may have written everything, something or nothing): all of it is closed, and the next call opens
 * it again and so reads what really is there. A full disk is not that: such a write is taken back in order.
 */
export function reopening<T extends { close(): void }>(first: T, open: () => T): Reopening<T> {
  let trusted: T | undefined = first
  let isClosed = false

  function letGo() {
    const last = trusted
    trusted = undefined
    last?.close()
  }

  return {
    current() {
      if (isClosed) throw new Error('The database is closed.')
      trusted ??= open()
      return trusted
    },
    failed(error) {
      if (diskTroubleIn(error) === 'failing') letGo()
    },
    close() {
      isClosed = true
      letGo()
    },
  }
}
