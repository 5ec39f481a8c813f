import { setTimeout } from 'node:timers/promises'
import { describeError } from '../../domains/monitoring/anonymous-error.ts'
import type { Electron } from './electron.ts'

/** What is saved is on the disk already, so a core that does not close in time cannot hold the program back. */
const patience = 5_000

/** Holds the first quit until `close` has ended. */
export function closeBeforeQuit({ app }: Pick<Electron, 'app'>, close: () => Promise<void>) {
  let state: 'open' | 'closing' | 'closed' = 'open'
  app.on('will-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return

    state = 'closing'
    const closed = close().catch((error: unknown) =>
      console.error('The core did not close cleanly:', describeError(error)),
    )
    void Promise.race([closed, setTimeout(patience, undefined, { ref: false })]).then(() => {
      state = 'closed'
      app.quit()
    })
  })
}
