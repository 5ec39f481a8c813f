import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isSnap } from './browser.mjs'
import { isWindows } from './project.mjs'

/**
 * @typedef {object} AppWindow
 * @property {Promise<'closed' | 'never opened'>} ended
 * @property {() => Promise<unknown>} close
 */

/**
 * Opens an address in a window of its own. The pipe to the browser tells when the last window is closed, which the process
 * alone does not tell on a Mac; and a browser ends when its pipe does, so none outlives this process.
 * `isKiosk` takes the whole screen, without a frame to close it by.
 * @param {{ browser: string, url: string, dataDir: string, isKiosk?: boolean }} options
 * @returns {AppWindow}
 */
export function openAppWindow({ browser, url, dataDir, isKiosk = false }) {
  const child = spawn(browser, argumentsFor({ url, profile: profileFolder(browser, dataDir), isKiosk }), {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    detached: !isWindows,
  })
  const exited = new Promise((resolve) => {
    child.once('error', resolve)
    child.once('exit', resolve)
  })
  const pipe = devtoolsPipe(child)
  let wasOpen = false
  const pages = new Set()

  pipe.onEvent(({ method, params }) => {
    if (method === 'Target.targetCreated' && params.targetInfo.type === 'page') {
      pages.add(params.targetInfo.targetId)
      wasOpen = true
    }
    if (method === 'Target.targetDestroyed' && pages.delete(params.targetId) && pages.size === 0) {
      pipe.send('Browser.close')
    }
  })
  pipe.send('Target.setDiscoverTargets', { discover: true })

  const close = async () => {
    pipe.send('Browser.close')
    const isGone = await Promise.race([exited.then(() => true), sleep(5_000, false, { ref: false })])
    if (!isGone) child.kill('SIGKILL')
    await exited
  }
  return { ended: exited.then(() => (wasOpen ? 'closed' : 'never opened')), close }
}

/** @param {{ url: string, profile: string, isKiosk: boolean }} options */
function argumentsFor({ url, profile, isKiosk }) {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  return [
    `--app=${url}`,
    `--user-data-dir=${profile}`,
    '--remote-debugging-pipe',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-mode',
    '--disable-component-update',
    '--disable-sync',
    '--disable-features=Translate,MediaRouter',
    '--password-store=basic',
    ...(isKiosk ? ['--kiosk'] : []),
    ...(isRoot ? ['--no-sandbox'] : []),
  ]
}

/** A browser in a snap may only write into its own folder. @param {string} browser @param {string} dataDir */
function profileFolder(browser, dataDir) {
  if (!isSnap(browser)) return join(dataDir, 'browser')
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  return join(homedir(), 'snap', 'chromium', 'common', `bdc-${name}`)
}

/** @typedef {{ method: string, params: any }} DevtoolsEvent */

/**
 * The DevTools protocol over file descriptors 3 and 4: JSON messages that end with a zero byte.
 * @param {import('node:child_process').ChildProcess} child
 */
function devtoolsPipe(child) {
  const [, , , input, output] = /** @type {import('node:net').Socket[]} */ (/** @type {unknown} */ (child.stdio))
  let lastId = 0
  /** @param {string} method @param {object} [params] */
  const send = (method, params = {}) => {
    lastId += 1
    if (input?.writable) input.write(`${JSON.stringify({ id: lastId, method, params })}\0`)
  }
  // A browser that is gone cannot be written to; that it is gone is told by the end of its process.
  for (const end of [input, output]) end?.on('error', () => {})

  /** @param {(event: DevtoolsEvent) => void} listener */
  const onEvent = (listener) => {
    let rest = ''
    output?.setEncoding('utf8').on('data', (chunk) => {
      const messages = (rest + chunk).split('\0')
      rest = messages.pop() ?? ''
      for (const message of messages) listener(JSON.parse(message))
    })
  }
  return { send, onEvent }
}
