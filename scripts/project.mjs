import { readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const isWindows = process.platform === 'win32'

/** The Node that the project pins; it is there after set-up, whatever Node the machine has. */
export function pinnedNode(folder = root) {
  return join(folder, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node')
}

/**
 * What it is started with. Where the processor has memory protection keys, V8 watches over pages of compiled code with them, and
 * ends the whole process when threads that use WebAssembly, as each does that reads TypeScript, come and go: "Check failed:
 * jit_page.has_value()".
 */
export const nodeFlags = ['--no-memory-protection-keys']

/** @param {string} path @returns {Record<string, any>} */
export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/**
 * The script behind a command of an installed package, to be run by the pinned Node: the same on every platform,
 * while `node_modules/.bin` holds shell scripts on one and batch files on another.
 * @param {string} packageName @param {string} [command]
 */
export function toolScript(packageName, command = packageName) {
  const folder = join(root, 'node_modules', packageName)
  const { bin } = readJson(join(folder, 'package.json'))
  return join(folder, typeof bin === 'string' ? bin : bin[command])
}

/** Where Node keeps what it has made of the program's TypeScript, so that the next process starts in half the time. */
export const compileCache = join(root, '.cache', 'compiled')

/** What a child process sees: `node` means the pinned Node. */
export function toolEnvironment() {
  const folders = [dirname(pinnedNode()), join(root, 'node_modules', '.bin'), process.env.PATH ?? '']
  return { NODE_COMPILE_CACHE: compileCache, ...process.env, PATH: folders.join(delimiter) }
}
