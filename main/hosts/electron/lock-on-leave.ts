import type { BrowserWindow } from 'electron'
import { lockedMessage } from './bridge.ts'
import type { Electron } from './electron.ts'

export interface LockOnLeave {
  /** Lets the page of this window know; without it the page would find out with its next call. */
  over(window: BrowserWindow): void
}

/**
 * Locks the session when the computer goes to sleep or its screen is locked. The core is told first: whatever becomes of the
 * page, the session is locked when somebody wakes the computer.
 */
export function lockOnLeave(
  { powerMonitor }: Pick<Electron, 'powerMonitor'>,
  lock: () => Promise<unknown>,
): LockOnLeave {
  let window: BrowserWindow | undefined
  const leave = () => {
    // Refused where nobody is signed in, or at a kiosk: then there is nothing to lock.
    void lock().then(
      () => {
        if (window && !window.isDestroyed()) window.webContents.send(lockedMessage)
      },
      () => undefined,
    )
  }
  powerMonitor.on('suspend', leave)
  powerMonitor.on('lock-screen', leave)
  return {
    over(opened) {
      window = opened
    },
  }
}
