import { randomBytes, randomUUID } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Backup } from '../../shared/contract/backups.ts'
import { openConnection, openCopy } from '../database/open.ts'
import { syncFile } from '../database/replace.ts'
import { freeBytesOf, rowCounts } from '../database/safe-copy.ts'
import { syncFolder, writeDurably } from '../database/write-durably.ts'
import { keyIdOf, type Slot } from '../keys/slots.ts'
import { sealBeforeBackup } from '../sync/before-backup.ts'
import { type Anchor, anchorsIn } from './anchors.ts'
import { backupKey, dataFile, manifestFile, sha256Of, signedManifest } from './manifest.ts'

export interface MakeJob {
  databasePath: string
  databaseKey: Buffer
  /** Where the folder of the backup comes. */
  folder: string
  madeAt: string
  reason: Backup['reason']
  app: string
  /** The ways in that a person can use elsewhere. */
  slots: Slot[]
}

/** Hears of every moment at which the process may die without harm; throws to stop the work. */
export type OnPoint = (point: string) => void

/** A backup is no copy of a file in use: it is complete only when it is named, and named only after it was checked. */
export function makeBackup(job: MakeJob, onPoint: OnPoint = () => {}): string {
  const { folder, databasePath, madeAt } = job
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const unfinished of unfinishedIn(folder)) rmSync(join(folder, unfinished), { recursive: true })
  refuseFullDisk(databasePath, folder)
  const name = backupNameAt(madeAt)
  const part = join(folder, `${name}${partEnd}`)
  try {
    mkdirSync(part, { mode: 0o700 })
    writeInto(part, job, onPoint)
    renameSync(part, join(folder, name))
    syncFolder(folder)
    onPoint('named')
    return name
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    throw error
  }
}

const partEnd = '.part'
const namePattern = /^bdc-backup-\d{8}T\d{9}Z$/

export function isBackupName(name: string): boolean {
  return namePattern.test(name)
}

function backupNameAt(madeAt: string): string {
  return `bdc-backup-${madeAt.replaceAll(/[-:.]/g, '')}`
}

/** The folder in which a backup is being written. */
export function partOfBackup(folder: string, madeAt: string): string {
  return join(folder, `${backupNameAt(madeAt)}${partEnd}`)
}

export function unfinishedIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith(partEnd) && isBackupName(name.slice(0, -partEnd.length)))
}

function writeInto(part: string, job: MakeJob, onPoint: OnPoint) {
  const { databasePath, databaseKey, madeAt, reason, app, slots } = job
  const salt = randomBytes(16).toString('base64')
  const ownKey = backupKey(databaseKey, salt)
  const path = dataFile(part)

  onPoint('started')
  sealIn(databasePath, databaseKey, madeAt)
  onPoint('sealed')
  copyDatabase(databasePath, databaseKey, path)
  onPoint('written')
  const copy = openCopy(path, databaseKey)
  copy.rekey(ownKey)
  copy.close()
  onPoint('encrypted anew')
  const { counts, schema, anchors } = examined(path, ownKey)
  syncFile(path)
  onPoint('checked')

  const common = { version: 1 as const, id: randomUUID(), madeAt, reason, app, schema, counts, anchors, salt, slots }
  const facts = { bytes: statSync(path).size, sha256: sha256Of(path), keyId: keyIdOf(databaseKey) }
  writeDurably(manifestFile(part), `${JSON.stringify(signedManifest({ ...common, ...facts }, databaseKey), null, 1)}\n`)
  onPoint('listed')
}

/** On a disk that is too full for it, or while somebody writes for long, a backup of what is there is better than none. */
function sealIn(databasePath: string, key: Buffer, now: string) {
  const connection = openConnection(databasePath, key)
  try {
    sealBeforeBackup(connection, now)
  } catch (error) {
    const isPassing = error instanceof Sqlite.SqliteError && /^SQLITE_(FULL|BUSY|IOERR)/.test(error.code)
    if (!isPassing) throw error
  } finally {
    connection.close()
  }
}

/** One moment of the database, whatever is written meanwhile; encrypted with the same key. */
function copyDatabase(databasePath: string, key: Buffer, to: string) {
  closeSync(openSync(to, 'wx', 0o600))
  const source = openConnection(databasePath, key, { readonly: true })
  try {
    source.pragma('query_only = OFF')
    source.prepare('VACUUM INTO ?').run(to)
  } finally {
    source.close()
  }
}

/** What a file holds, without a word of what stands in it. */
export interface Contents {
  counts: Record<string, number>
  schema: number
  anchors: Anchor[]
}

/** Reads every page; throws when one of them is not as it was written. */
export function examined(path: string, key: Buffer): Contents {
  const { connection, close } = openCopy(path, key)
  try {
    const result = connection.pragma('integrity_check(1)', { simple: true })
    if (result !== 'ok') throw new Error(`The copy ${path} is damaged: ${String(result).split('\n').at(-1)}`)
    const schema = Number(connection.pragma('user_version', { simple: true }))
    return { counts: rowCounts(connection), schema, anchors: anchorsIn(connection) }
  } finally {
    close()
  }
}

/** Room for the copy and for changing its key. */
function refuseFullDisk(databasePath: string, folder: string) {
  const missing = 2 * statSync(databasePath).size + 10_000_000 - freeBytesOf(folder)
  if (missing > 0) throw new Error(`The disk of ${folder} is too full: free ${Math.ceil(missing / 1e6)} MB.`)
}
