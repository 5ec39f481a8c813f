import type { BrowserWindow, WebPreferences } from 'electron'
import { describeError } from '../../domains/monitoring/anonymous-error.ts'
import { rememberedPlace, rememberPlace, smallestSize } from './bounds.ts'
import type { Electron } from './electron.ts'
import { ourOrigin } from './origin.ts'

export interface WindowFiles {
  /** The bundled preload script. */
  preload: string
  /** Where the window's place on the screen is kept. */
  place: string
}

/** The only way to a window, so that none is open without its walls. */
export function openWindow(electron: Electron, files: WindowFiles): BrowserWindow {
  const { app, BrowserWindow, nativeTheme } = electron
  const { isMaximized, ...bounds } = rememberedPlace(electron, files.place)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    title: 'BDC',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#242424' : '#ffffff',
    webPreferences: walls(files.preload, app.getVersion(), app.isPackaged),
  })
  rememberPlace(window, files.place)
  window.once('ready-to-show', () => {
    if (isMaximized) window.maximize()
    window.show()
  })
  reloadAfterCrash(window)
  void window
    .loadURL(`${ourOrigin}/`)
    .catch((error: unknown) => console.error('The window could not load its page:', describeError(error)))
  return window
}

function walls(preload: string, version: string, isReleased: boolean): WebPreferences {
  return {
    preload,
    additionalArguments: [`--bdc-version=${version}`],
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: !isReleased,
  }
}

/** What the screen called saved is in the core, so a page that died can come back; one that dies at once stays away. */
function reloadAfterCrash(window: BrowserWindow) {
  let lastReload = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || performance.now() - lastReload < 30_000) return
    lastReload = performance.now()
    window.reload()
  })
}
