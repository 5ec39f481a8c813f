import type { BrowserWindow } from 'electron'
import type { Electron } from './electron.ts'
import { isLearnersKey } from './kiosk-keys.ts'

/** When a page that died has not come back by itself: nobody at a kiosk can start it again. */
const secondTryMs = 5_000

export interface KioskHold {
  /** Whether the screen belongs to a kiosk now. */
  isOn(): boolean
  /** Puts a new window under the hold. */
  over(window: BrowserWindow): void
  /** Asks the core again whose the screen is. */
  refresh(): Promise<void>
}

/**
 * Holds the whole screen while the session is a kiosk's. Whether it is one is asked of the core, so that no page can
 * begin or end it.
 */
export function holdKiosk(
  { app, Menu }: Pick<Electron, 'app' | 'Menu'>,
  isKiosk: () => Promise<boolean>,
  showMenu: () => void,
): KioskHold {
  const state = { isOn: false, isEnding: false, window: undefined as BrowserWindow | undefined }
  // The system is shut down or the program is told to end: that is not a learner's doing.
  app.on('before-quit', () => {
    state.isEnding = true
  })

  function apply() {
    const { window, isOn } = state
    if (isOn) Menu.setApplicationMenu(null)
    else showMenu()
    if (!window || window.isDestroyed()) return
    window.setKiosk(isOn)
    window.setAlwaysOnTop(isOn, 'screen-saver')
  }

  return {
    isOn: () => state.isOn && !state.isEnding,
    over(window) {
      state.window = window
      window.on('close', (event) => {
        if (state.isOn && !state.isEnding) event.preventDefault()
      })
      window.webContents.on('before-input-event', (event, input) => {
        if (state.isOn && !isLearnersKey(input)) event.preventDefault()
      })
      window.webContents.on('will-prevent-unload', (event) => {
        // Drafts are kept outside of the page; a kiosk that asks before it reloads after a crash would stand still.
        if (state.isOn) event.preventDefault()
      })
      window.webContents.on('render-process-gone', () => {
        setTimeout(() => {
          if (state.isOn && !window.isDestroyed() && window.webContents.isCrashed()) window.reload()
        }, secondTryMs)
      })
      window.on('leave-full-screen', () => {
        if (state.isOn) window.setKiosk(true)
      })
      if (state.isOn) apply()
    },
    async refresh() {
      const isOn = await isKiosk().catch(() => state.isOn)
      if (isOn === state.isOn) return
      state.isOn = isOn
      apply()
    },
  }
}
