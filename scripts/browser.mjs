import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { isWindows } from './project.mjs'
import { run } from './run.mjs'

/** Browsers that open an address in a window without tabs: Chromium and its kin. */
const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
]
const macNames = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser']
const windowsPaths = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['BraveSoftware', 'Brave-Browser', 'Application', 'brave.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
]

/**
 * An installed browser of the Chromium family, or the one that BDC_BROWSER names. One in a snap comes last, since it may not
 * write into the hidden folders where data is kept.
 * @param {NodeJS.ProcessEnv} [env] @returns {string | undefined}
 */
export function findBrowser(env = process.env) {
  if (env.BDC_BROWSER) return isProgram(env.BDC_BROWSER) ? env.BDC_BROWSER : undefined
  const found = candidates(env).filter(isProgram)
  return found.find((path) => !isSnap(path)) ?? found[0]
}

/** @param {NodeJS.ProcessEnv} env */
function candidates(env) {
  if (process.platform === 'darwin') {
    const folders = ['/Applications', join(homedir(), 'Applications')]
    return macNames.flatMap((name) => folders.map((folder) => join(folder, `${name}.app`, 'Contents', 'MacOS', name)))
  }
  if (isWindows) {
    const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter(
      (folder) => folder !== undefined,
    )
    return windowsPaths.flatMap((path) => folders.map((folder) => join(folder, ...path)))
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return linuxNames.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** A snap's command is a link into /snap or, on Ubuntu, a script that calls one. @param {string} path */
export function isSnap(path) {
  if (process.platform !== 'linux') return false
  if (path.startsWith('/snap/') || realpathSync(path) === '/usr/bin/snap') return true
  return statSync(path).size < 10_000 && readFileSync(path, 'utf8').includes('/snap/bin/')
}

/** Whether a window can be shown here. */
export function hasScreen(env = process.env) {
  return process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/**
 * Installs Chromium where that needs nobody's consent: as root on Debian and its kin, such as a machine that only runs tests.
 * @returns {Promise<string | undefined>}
 */
export async function installBrowser() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const update = await run('apt-get', ['update'], { env })
  if (update.code === 0) await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env })
  return findBrowser()
}
