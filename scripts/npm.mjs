import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { isWindows, pinnedNode, root } from './project.mjs'
import { run } from './run.mjs'
import { Sentence } from './sentence.mjs'

const packages = join(root, 'node_modules')

/** @typedef {{ node?: string }} NpmOptions the Node that runs npm; by default the machine's own */

/**
 * Runs the machine's npm in the project; ends with a plain sentence when npm fails.
 * @param {readonly string[]} args @param {NpmOptions} [options]
 * @returns {Promise<string>} what npm printed
 */
export async function npm(args, { node } = {}) {
  const { command, prefix, shell } = npmCommand(node)
  const quoted = shell ? args.map((arg) => `"${arg}"`) : args
  const { code, output } = await run(command, [...prefix, ...quoted], { shell, env: npmEnvironment(node) })
  if (code !== 0) throw new Sentence(explain(output))
  return output
}

/**
 * npm leaves out optional packages that do not name the running Node as supported, without a word, and the compilers'
 * native parts are such packages. A machine with an older Node therefore runs npm with the pinned one.
 * @param {string} version of the pinned Node
 * @param {(options: NpmOptions) => Promise<void>} work
 */
export async function withFittingNode(version, work) {
  if (isSupported(process.versions.node)) return work({})
  const folder = mkdtempSync(join(tmpdir(), 'bdc-node-'))
  try {
    await npm(['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `node@${version}`])
    await work({ node: pinnedNode(folder) })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the compilers' native packages ask for: `^20.19.0 || >=22.12.0`. */
export function isSupported(/** @type {string} */ version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 23
}

/** The Node that the machine has: the pinned one may be running this, but it goes away while npm installs. */
export function machineNode() {
  const known = [process.execPath, process.env.npm_node_execpath ?? '']
  return known.find((path) => path !== '' && !path.startsWith(packages)) ?? 'node'
}

/** @param {string} [node] */
function npmCommand(node) {
  const script = process.env.npm_execpath
  if (script && basename(script) === 'npm-cli.js') {
    return { command: node ?? machineNode(), prefix: [script], shell: false }
  }
  return { command: isWindows ? 'npm.cmd' : 'npm', prefix: [], shell: isWindows }
}

/**
 * Without the project's own commands in the path: npm is about to replace them.
 * @param {string} [node]
 */
export function npmEnvironment(node) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(packages))
  return { ...process.env, PATH: [...(node ? [dirname(node)] : []), ...folders].join(delimiter) }
}

/** @type {ReadonlyArray<readonly [RegExp, string]>} */
const knownFailures = [
  [
    /ENOSPC/,
    'The disk is full. BDC needs about 1.5 GB for its packages: free some space, then run the same command again.',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED/,
    'The packages cannot be fetched: npm does not reach its registry. Connect to the internet this once, then run the same command again.',
  ],
  [
    /EUSAGE/,
    'package.json and package-lock.json disagree. Run "npm install" once and commit the new package-lock.json.',
  ],
  [/EINTEGRITY/, 'A package arrived damaged. Run "npm cache clean --force", then the same command again.'],
  [
    /EACCES|EPERM|EBUSY/,
    'npm may not write here. Close BDC if it is open, check that this folder is yours, then run the same command again.',
  ],
  [/ENOENT|not found|not recognized/, 'npm is missing. Install Node.js with npm, then run the same command again.'],
]

/** @param {string} output */
export function explain(output) {
  const codes = output.match(/\b(E[A-Z_]{4,}|spawn \S+|.*not (found|recognized).*)\b/g)?.join(' ') ?? ''
  const known = knownFailures.find(([pattern]) => pattern.test(codes))
  const advice = known?.[1] ?? 'npm could not install the packages.'
  return `${advice}\n\nThe end of what npm said:\n${lastLines(output, 12)}`
}

/** @param {string} text @param {number} count */
function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}
