import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const end = '.before-restore.'

/** What the database at `path` is called that a restore puts aside. */
export function asideName(path: string, restoredAt: string): string {
  return `${basename(path)}${end}${restoredAt.replaceAll(/[-:.]/g, '')}`
}

/** The databases that restores have put aside beside the one at `path`. */
export function databasesAside(path: string): string[] {
  const folder = dirname(path)
  const isAside = (name: string) => name.startsWith(basename(path) + end) && !/-(wal|shm|journal)$/.test(name)
  return readdirSync(folder)
    .filter(isAside)
    .map((name) => join(folder, name))
}
