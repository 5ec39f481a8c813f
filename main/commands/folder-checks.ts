import { existsSync, statfsSync, statSync } from 'node:fs'
import type { Check } from './check.ts'
import type { DataFolder } from './data-folder.ts'

/** Enough for some weeks of work, and for the copy of the data that an update makes before it begins. */
const leastFreeBytes = 200_000_000

export const folderChecks: Readonly<Record<string, Check<DataFolder>>> = {
  'data folder mode': ({ dataDir }) => problemOfMode(dataDir, 0o700),
  'database file mode': ({ databasePath }) => problemOfMode(databasePath, 0o600),
  'key file mode': ({ keyPath }) => (existsSync(keyPath) ? problemOfMode(keyPath, 0o600) : undefined),

  'free disk space': ({ dataDir, databasePath }) => {
    const { bavail, bsize } = statfsSync(dataDir)
    const wanted = Math.max(leastFreeBytes, 3 * statSync(databasePath).size)
    const free = bavail * bsize
    return free < wanted
      ? `${megabytes(free)} MB are free and ${megabytes(wanted)} MB are wanted: delete what you do not need.`
      : undefined
  },
}

/** Windows has no such modes; there the folder of the user keeps others out. */
function problemOfMode(path: string, mode: number): string | undefined {
  const others = statSync(path).mode & 0o777 & ~mode
  if (process.platform === 'win32' || others === 0) return undefined
  return `other people on this computer can get at ${path}: run "chmod ${mode.toString(8)} ${path}".`
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000)
}
