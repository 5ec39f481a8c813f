import { desktopShell } from './shell.ts'

/** The one script that this program runs beside its pages. */
export const awayWorker = '/away-worker.js'

/**
 * Keeps our own page for the time when the host is away, so that a reload never shows the browser's. A browser that takes
 * no worker, as over plain HTTP in a network, goes on without.
 */
export function keepAwayPage() {
  if (desktopShell() || !('serviceWorker' in navigator)) return
  navigator.serviceWorker.register(awayWorker).catch(() => {})
}
