import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type Connection, openConnection, openCopy } from '../database/open.ts'
import { replacementOf } from '../database/replace.ts'
import { freeBytesOf } from '../database/safe-copy.ts'
import { keepOrdersOverRestore } from '../domains/privacy/finish-erasure.ts'
import { type Contents, examined, type OnPoint } from './make.ts'
import { BackupDamaged, backupKey, dataFile, type Manifest, readManifest, verifyManifest } from './manifest.ts'

export interface PrepareJob {
  /** The folder of the backup. */
  from: string
  /** The key that the key of the backup comes from. */
  fromKey: Buffer
  databasePath: string
  /** The key of the database that it becomes. */
  toKey: Buffer
  restoredAt: string
}

/**
 * How far the counters of ids jump beyond everything that is known to be given out. What was written after the backup may be
 * on paper, on a stick or at the centre, so its ids must never be given to something else; more rows than this are not
 * written between two backups, and four thousand restores fit into the counters.
 */
export const idsSkipped = 2 ** 20

/** Writes the replacement of the database beside it, checked, and decides nothing. */
export function prepareRestore(job: PrepareJob, onPoint: OnPoint = () => {}) {
  const { from: backup, fromKey, databasePath, toKey } = job
  const manifest = readManifest(backup)
  const path = replacementOf(databasePath)
  rmSync(path, { force: true })
  refuseFullDisk(manifest, databasePath)
  verifyManifest(backup, manifest, fromKey)
  onPoint('verified')
  copyFileSync(dataFile(backup), path)
  onPoint('copied')
  refuseOtherContents(examined(path, backupKey(fromKey, manifest.salt)), manifest, backup)
  const copy = openCopy(path, backupKey(fromKey, manifest.salt))
  try {
    markRestored(copy.connection, job)
    keepOrdersOverRestore(databasePath, toKey, copy.connection)
    copy.rekey(toKey)
  } finally {
    copy.close()
  }
  onPoint('encrypted anew')
  refuseOtherContents(examined(path, toKey), manifest, backup)
  onPoint('prepared')
}

/** Every byte of a backup as it was written, and everything in it that its list names. */
export function checkBackup(backup: string, fromKey: Buffer) {
  const manifest = readManifest(backup)
  verifyManifest(backup, manifest, fromKey)
  refuseOtherContents(examined(dataFile(backup), backupKey(fromKey, manifest.salt)), manifest, backup)
}

function refuseOtherContents(found: Contents, { counts, anchors }: Manifest, backup: string) {
  const tables = new Set([...Object.keys(found.counts), ...Object.keys(counts)])
  const wrong = [...tables].filter((table) => found.counts[table] !== counts[table])
  if (wrong.length > 0) {
    throw new BackupDamaged(`${backup} does not hold what its list says (${wrong.join(', ')}): take another backup.`)
  }
  if (!isDeepStrictEqual(found.anchors, anchors)) {
    throw new BackupDamaged(`The activity log in ${backup} does not end where its list says: take another backup.`)
  }
}

/** Another life of this database begins: machines that knew the other one can tell, and no id comes twice. */
function markRestored(connection: Connection, { databasePath, toKey, restoredAt }: PrepareJob) {
  const table = connection.prepare(`SELECT count(*) FROM sqlite_schema WHERE name IN ('id_counters', 'local_site')`)
  if (table.pluck().get() !== 2) return
  connection.prepare('UPDATE local_site SET epoch = ?, restored_at = ?').run(randomUUID(), restoredAt)
  const known = countersOf(databasePath, toKey)
  const set = connection.prepare('UPDATE id_counters SET next = max(next, ?) + ? WHERE table_name = ?')
  for (const table of connection.prepare<[], string>('SELECT table_name FROM id_counters').pluck().all()) {
    set.run(known.get(table) ?? 1, idsSkipped, table)
  }
}

/** What the present database has given out, as far as it still opens. */
function countersOf(path: string, key: Buffer): Map<string, number> {
  if (!existsSync(path)) return new Map()
  try {
    const present = openConnection(path, key, { readonly: true })
    try {
      const rows = present.prepare<[], { table: string; next: number }>(
        'SELECT table_name AS "table", next FROM id_counters',
      )
      return new Map(rows.all().map(({ table, next }) => [table, next]))
    } finally {
      present.close()
    }
  } catch {
    return new Map()
  }
}

function refuseFullDisk({ bytes }: Manifest, databasePath: string) {
  const missing = 2 * bytes + 10_000_000 - freeBytesOf(dirname(databasePath))
  if (missing > 0) throw new Error(`The disk is too full to restore: free ${Math.ceil(missing / 1e6)} MB.`)
}

/** What a person wants to know before they put a backup into the place of their data. */
export function previewOf(backup: string, fromKey: Buffer) {
  checkBackup(backup, fromKey)
  const manifest = readManifest(backup)
  const { connection, close } = openCopy(dataFile(backup), backupKey(fromKey, manifest.salt))
  try {
    const names = connection.prepare<[], string>('SELECT name FROM organizations ORDER BY id').pluck().all()
    const last = connection.prepare<[], string | null>('SELECT max(created_at) FROM activity_logs').pluck().get()
    return { organizations: names, lastActivityAt: last ?? null, bytes: statSync(dataFile(backup)).size }
  } finally {
    close()
  }
}
