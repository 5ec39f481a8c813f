import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { toolScript } from '../../scripts/project.mjs'

const root = join(import.meta.dirname, '../..')
const configs = [
  'package.json',
  'biome.json',
  'knip.json',
  'oxlint.config.ts',
  'tsconfig.base.json',
  'tsconfig.json',
  'scripts/walls.ts',
  ...['main', 'renderer', 'renderer/away/worker', 'scripts', 'shared', 'tests'].map(
    (folder) => `${folder}/tsconfig.json`,
  ),
]

export interface Mirror extends Disposable {
  folder: string
  /** Runs an installed tool there: its exit code and all that it printed. */
  run(packageName: string, command: string, ...args: string[]): Promise<{ code: number; output: string }>
}

/** A project elsewhere with the rules of this one and the given files, to break rules in. */
export function mirror(files: Readonly<Record<string, string>>): Mirror {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-mirror-'))
  for (const config of configs) cpSync(join(root, config), join(folder, config), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return {
    folder,
    run: (packageName, command, ...args) =>
      new Promise((resolve) => {
        execFile(
          process.execPath,
          [toolScript(packageName, command), ...args],
          { cwd: folder },
          (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
        )
      }),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
