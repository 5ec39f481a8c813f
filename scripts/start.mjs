import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openAppWindow } from './app-window.mjs'
import { findBrowser, hasScreen } from './browser.mjs'
import { buildElectron, buildRenderer } from './build.mjs'
import { dataDir as chooseDataDir } from './data-dir.mjs'
import { electronBinary } from './electron-binary.mjs'
import { startHost } from './host.mjs'
import { root } from './project.mjs'
import { runMain, Sentence } from './sentence.mjs'
import { setup } from './setup.mjs'

/** Sets up, builds what has changed, and opens BDC: in Electron where that can be had, else in a browser window. */
async function start() {
  const { data, kiosk: isKiosk } = options()
  const dataDir = chooseDataDir(data)
  await setup()
  await buildRenderer()
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })

  const electron = await electronBinary()
  if (electron && hasScreen()) return startElectron(electron, dataDir)
  console.log(
    electron
      ? 'There is no screen for a window here, so BDC is served to a browser.'
      : "Electron's binary cannot be had here, so BDC opens in a browser window.",
  )
  return startInBrowser(dataDir, isKiosk)
}

/** Resolves when the person wants the program to end: Ctrl+C, a closed terminal, a kill. @returns {Promise<'stopped'>} */
function toldToStop() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve('stopped'))
    if (process.env.npm_lifecycle_event !== 'start') return
    const npm = process.ppid
    setInterval(() => process.ppid !== npm && resolve('stopped'), 500).unref()
  })
}

function options() {
  try {
    return parseArgs({ options: { data: { type: 'string' }, kiosk: { type: 'boolean', default: false } } }).values
  } catch {
    throw new Sentence('Usage: npm start, or: npm start -- --data FOLDER --kiosk')
  }
}

/** @param {string} binary @param {string} dataDir */
async function startElectron(binary, dataDir) {
  await buildElectron()
  const stopped = toldToStop()
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  const child = spawn(binary, [...(isRoot ? ['--no-sandbox'] : []), root], {
    env: { ...process.env, BDC_DATA_DIR: dataDir },
    stdio: 'inherit',
  })
  void stopped.then(() => child.kill('SIGTERM'))
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 0)))
}

/**
 * A kiosk's window is opened again whenever it is closed, so that only Ctrl+C here ends it.
 * @param {string} dataDir @param {boolean} isKiosk
 */
async function startInBrowser(dataDir, isKiosk) {
  const stopped = toldToStop()
  const host = await startHost(dataDir)
  if (!host) return 1
  const failed = host.ended.then(() => 'failed')
  let window = openWindow(host.url, dataDir, isKiosk)
  let end = await Promise.race([window?.ended ?? 'never opened', stopped, failed])
  while (isKiosk && end === 'closed') {
    window = openWindow(host.url, dataDir, isKiosk)
    end = await Promise.race([window?.ended ?? 'never opened', stopped, failed])
  }
  if (end === 'never opened') {
    console.log(`BDC is at ${host.url} - open this address in a browser on this computer. Ctrl+C ends BDC.`)
    end = await Promise.race([stopped, failed])
  }
  await window?.close()
  await host.stop()
  if (end !== 'failed') return 0
  throw new Sentence('BDC has ended by itself. Everything that was shown as saved is kept: run "npm start" again.')
}

/** @param {string} url @param {string} dataDir @param {boolean} isKiosk */
function openWindow(url, dataDir, isKiosk) {
  const browser = hasScreen() ? findBrowser() : undefined
  if (!browser) return undefined
  const ending = isKiosk ? 'Only Ctrl+C here ends BDC.' : 'Closing the window ends BDC; so does Ctrl+C.'
  console.log(`BDC is open in its own window, at ${url}. ${ending}`)
  return openAppWindow({ browser, url, dataDir, isKiosk })
}

// Whatever is left over, such as a browser's pipe, must not keep a finished program alive.
await runMain(async () => Number(await start()))
process.exit()
