import { existsSync, rmSync, writeFileSync } from 'node:fs'
import type { BrowserWindow } from 'electron'

export interface ContentProtection {
  isOn(): boolean
  set(wanted: boolean): void
  /** Puts a new window under it. */
  over(window: BrowserWindow): void
}

/** Keeps the windows out of screenshots and shared screens once somebody asks for that; a file remembers it. */
export function contentProtection(file: string): ContentProtection {
  const windows = new Set<BrowserWindow>()
  const isOn = () => existsSync(file)
  return {
    isOn,
    set(wanted) {
      if (wanted) writeFileSync(file, '')
      else rmSync(file, { force: true })
      for (const window of windows) if (!window.isDestroyed()) window.setContentProtection(wanted)
    },
    over(window) {
      windows.add(window)
      window.once('closed', () => windows.delete(window))
      window.setContentProtection(isOn())
    },
  }
}

/** Linux has nothing of the kind, so nothing is promised there. */
export function isProtectable(platform: NodeJS.Platform): boolean {
  return platform === 'darwin' || platform === 'win32'
}
