import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { electronBinary } from './electron-binary.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')

/** Builds the screens and the shell, and packages them for this computer where Electron's program can be had. */
async function dist() {
  run('vite', 'build', '--config', 'renderer/vite.config.ts')
  run('vite', 'build', '--config', 'main/hosts/electron/vite.config.ts')
  run('vite', 'build', '--config', 'main/hosts/electron/vite.preload.config.ts')

  if (!(await electronBinary({ askAgain: true }))) {
    console.log(
      'Built into dist/, but not packaged: Electron is not here and cannot be fetched now. Run this again with the internet.',
    )
    return
  }
  run('electron-builder', `--config.electronDist=${join(modules, 'electron', 'dist')}`)
}

/** Runs a command of an installed package; a failure ends the whole run with the same code. @param {string} name @param {string[]} args */
function run(name, ...args) {
  const { bin } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'))
  const script = join(modules, name, typeof bin === 'string' ? bin : bin[name])
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

await dist()
