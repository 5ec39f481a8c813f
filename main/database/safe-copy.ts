import { closeSync, openSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Connection, openConnection } from './open.ts'
import { syncFile } from './replace.ts'
import { MigrationRefused } from './steps.ts'
import { syncFolder } from './write-durably.ts'

const keptCopies = 3

export interface SafeCopy {
  connection: Connection
  path: string
  key: Buffer
  now: () => Date
  freeBytes: (folder: string) => number
  onPoint: (point: string) => void
}

/**
 * A verified copy of a whole database beside it, encrypted with the same key, named after its schema and the UTC time:
 * `bdc.db.v0003.20261123T063000123Z.copy`. Keeps the newest three and returns the path of the new one.
 */
export function makeSafeCopy(of: SafeCopy): string {
  for (const unfinished of filesOf(of.path, '.copy.part')) rmSync(unfinished)
  refuseFullDisk(of)
  const version = String(of.connection.pragma('user_version', { simple: true })).padStart(4, '0')
  const copy = `${of.path}.v${version}.${of.now().toISOString().replaceAll(/[-:.]/g, '')}.copy`
  try {
    write(of, copy)
  } catch (cause) {
    throw new MigrationRefused(
      `BDC could not copy ${of.path} before updating it (${String(cause)}): check the disk, or restore a backup. Nothing was changed.`,
      { cause },
    )
  }
  removeOldest(of.path, copy)
  return copy
}

function write({ connection, path, key, onPoint }: SafeCopy, copy: string) {
  const part = `${copy}.part`
  onPoint('copy started')
  closeSync(openSync(part, 'wx', 0o600))
  connection.prepare('VACUUM INTO ?').run(part)
  onPoint('copy written')
  verify(connection, part, key)
  syncFile(part)
  onPoint('copy verified')
  renameSync(part, copy)
  syncFolder(dirname(path))
  onPoint('copy named')
}

/** The copies of the database at `path`, newest first. */
export function safeCopies(path: string): string[] {
  const time = (file: string) => file.split('.').at(-2) ?? ''
  return filesOf(path, '.copy').sort((a, b) => (time(a) < time(b) ? 1 : -1))
}

function verify(connection: Connection, path: string, key: Buffer) {
  const copy = openConnection(path, key, { readonly: true })
  try {
    const result = copy.pragma('integrity_check(1)', { simple: true })
    if (result !== 'ok') throw new Error(`The copy ${path} is damaged: ${String(result).split('\n').at(-1)}`)
    const [wanted, found] = [rowCounts(connection), rowCounts(copy)].map((counts) => JSON.stringify(counts))
    if (wanted !== found) throw new Error(`The copy ${path} has ${found} where the database has ${wanted}.`)
  } finally {
    copy.close()
  }
}

/** Rows by table. */
export function rowCounts(connection: Connection): Record<string, number> {
  const tables = connection.prepare<[], string>(
    `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') ORDER BY name`,
  )
  return Object.fromEntries(
    tables
      .pluck()
      .all()
      .map((table) => [table, Number(connection.prepare(`SELECT count(*) FROM "${table}"`).pluck().get())]),
  )
}

export function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Room for the copy, and once more if the update must be taken back. */
function refuseFullDisk({ connection, path, freeBytes }: SafeCopy) {
  const pages = Number(connection.pragma('page_count', { simple: true }))
  const size = pages * Number(connection.pragma('page_size', { simple: true }))
  const missing = 2 * size - freeBytes(dirname(path))
  if (missing <= 0) return
  throw new MigrationRefused(
    `The disk is too full to update ${path} safely: free ${Math.ceil(missing / 1e6)} MB and start again. Nothing was changed.`,
  )
}

/** The new copy stays even if the clock was set back since the others were made. */
function removeOldest(path: string, newest: string) {
  const others = safeCopies(path).filter((copy) => copy !== newest)
  for (const copy of others.slice(keptCopies - 1)) rmSync(copy)
}

function filesOf(path: string, end: string): string[] {
  return readdirSync(dirname(path))
    .filter((file) => file.startsWith(`${basename(path)}.v`) && file.endsWith(end))
    .map((file) => join(dirname(path), file))
}
