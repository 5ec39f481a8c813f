import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fingerprint } from './fingerprint.mjs'
import { withLock } from './lock.mjs'
import { root } from './project.mjs'
import { runTool } from './run.mjs'
import { runMain, Sentence } from './sentence.mjs'
import { setup } from './setup.mjs'

/** @typedef {{ name: string, inputs: string[], configs: string[] }} Build */

/** @type {Build} */
const screens = {
  name: 'renderer',
  inputs: ['renderer', 'shared', 'package-lock.json'],
  configs: [
    'renderer/vite.config.ts',
    'renderer/vite.away.config.ts',
    'renderer/vite.room.config.ts',
    'renderer/vite.unlock.config.ts',
  ],
}

/** @type {Build} */
const shell = {
  name: 'electron',
  inputs: ['main', 'shared', 'package-lock.json'],
  configs: [
    'main/hosts/electron/vite.config.ts',
    'main/hosts/electron/vite.worker.config.ts',
    'main/hosts/electron/vite.export.config.ts',
    'main/hosts/electron/vite.tables.config.ts',
    'main/hosts/electron/vite.sync-worker.config.ts',
    'main/hosts/electron/vite.preload.config.ts',
  ],
}

/** @typedef {(line: string) => void} Say */

/** Builds the screens into dist/renderer when they have changed. @param {Say} [say] */
export const buildRenderer = (say) => build(screens, say)

/** Builds Electron's main process and preload into dist/electron when they have changed. @param {Say} [say] */
export const buildElectron = (say) => build(shell, say)

/** The stamp is written last, so an interrupted build is done again. @param {Build} what @param {Say} say */
async function build({ name, inputs, configs }, say = console.log) {
  const dist = join(root, 'dist')
  const stamp = join(dist, `.${name}`)
  const wanted = fingerprint(inputs)
  const isDone = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isDone()) return

  mkdirSync(dist, { recursive: true })
  const onWait = () => say(`Another build of ${name} is running; waiting for it to end.`)
  await withLock(join(dist, `.${name}.lock`), { onWait }, async () => {
    if (isDone()) return
    say(`Building ${name} …`)
    rmSync(stamp, { force: true })
    for (const config of configs) await buildOne(config)
    writeFileSync(stamp, wanted)
  })
}

/** @param {string} config */
async function buildOne(config) {
  // Whoever asks for the build may be a test, whose NODE_ENV would make it one of the screens for developers.
  const env = { NODE_ENV: 'production' }
  const { code, output } = await runTool('vite', ['build', '--config', config, '--logLevel', 'warn'], { env })
  if (code !== 0) throw new Sentence(`${config} could not be built:\n${output}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runMain(async () => {
    await setup()
    await buildRenderer()
    await buildElectron()
  })
}
