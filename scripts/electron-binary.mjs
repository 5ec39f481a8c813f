import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { pinnedNode, readJson, root } from './project.mjs'

const modules = join(root, 'node_modules')
const day = 24 * 60 * 60 * 1000
const fetchPatience = 5 * 60 * 1000

/** The Electron program that is here already: npm brings only the code that fetches it. */
export function presentElectronBinary(folder = join(modules, 'electron')) {
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist')
  const binary = join(dist, readFileSync(pathFile, 'utf8').trim())
  return existsSync(binary) ? binary : undefined
}

/**
 * Path of the Electron program, fetched once if it can be; undefined where it cannot be had. Takes five seconds at most
 * before it knows that, and after that no time for a day. Runs on Node 20.
 * @param {object} [options]
 * @param {string} [options.folder] the electron package
 * @param {string} [options.memory] where a failure is remembered
 * @param {number} [options.patience] milliseconds
 * @param {boolean} [options.askAgain] a failure of today does not count
 * @param {(sentence: string) => void} [options.say]
 * @returns {Promise<string | undefined>}
 */
export async function electronBinary({
  folder = join(modules, 'electron'),
  memory = join(modules, '.cache', 'bdc', 'electron-out-of-reach.json'),
  patience = 5_000,
  askAgain = false,
  say = console.log,
} = {}) {
  const present = presentElectronBinary(folder)
  if (present || process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) return present

  const { version } = readJson(join(folder, 'package.json'))
  if (!askAgain && wasOutOfReach(memory, version)) return undefined
  if (isInCache(version) || (await isInReach(version, patience))) {
    say('Fetching Electron, about 120 MB, once; this stops by itself after five minutes.')
    await fetchBinary(folder)
  }
  const fetched = presentElectronBinary(folder)
  if (!fetched) remember(memory, version)
  return fetched
}

/** @param {string} version */
function zipName(version) {
  return `electron-v${version}-${process.platform}-${process.arch}.zip`
}

/** The same mirror variables that Electron's own installer reads. @param {string} version @param {number} patience */
async function isInReach(version, patience) {
  const { npm_config_electron_mirror, NPM_CONFIG_ELECTRON_MIRROR, ELECTRON_MIRROR } = process.env
  const mirror = npm_config_electron_mirror || NPM_CONFIG_ELECTRON_MIRROR || ELECTRON_MIRROR
  const base = mirror || 'https://github.com/electron/electron/releases/download/'
  try {
    const signal = AbortSignal.timeout(patience)
    const { ok } = await fetch(`${base}v${version}/${zipName(version)}`, { method: 'HEAD', signal })
    return ok
  } catch {
    return false
  }
}

/** A zip that was fetched before, or carried here on a stick, needs no network. @param {string} version */
function isInCache(version) {
  const { electron_config_cache, XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  const places = new Map([
    ['darwin', join(homedir(), 'Library', 'Caches', 'electron')],
    ['win32', join(LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), 'electron', 'Cache')],
  ])
  const usual = places.get(process.platform)
  const cache = electron_config_cache || usual || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'electron')
  if (!existsSync(cache)) return false
  return readdirSync(cache).some((entry) => existsSync(join(cache, entry, zipName(version))))
}

/** Electron's installer needs Node 22, so the Node that the project brings runs it. @param {string} folder */
function fetchBinary(folder) {
  const node = existsSync(pinnedNode()) ? pinnedNode() : process.execPath
  return /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      const installer = spawn(node, [join(folder, 'install.js')], {
        stdio: 'ignore',
        timeout: fetchPatience,
        killSignal: 'SIGKILL',
      })
      installer.on('error', () => resolve())
      installer.on('close', () => resolve())
    })
  )
}

/** @param {string} memory @param {string} version */
function wasOutOfReach(memory, version) {
  try {
    const last = JSON.parse(readFileSync(memory, 'utf8'))
    const age = Date.now() - last.at
    return last.version === version && age >= 0 && age < day
  } catch {
    return false
  }
}

/** @param {string} memory @param {string} version */
function remember(memory, version) {
  mkdirSync(dirname(memory), { recursive: true })
  writeFileSync(memory, JSON.stringify({ version, at: Date.now() }))
}
