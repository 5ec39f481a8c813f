import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely } from 'kysely'
import { Refusal } from '../../shared/refusal.ts'
import { refreshCapture } from '../sync/capture.ts'
import { type ChangeRecorder, recordChanges } from './changes.ts'
import { dialectOf } from './dialect.ts'
import { type KeyStore, loadOrMakeKey } from './key.ts'
import { type DataLock, lockData } from './lock.ts'
import { migrateUp } from './migrate.ts'
import { type Connection, openConnection } from './open.ts'
import { reopening } from './reopening.ts'
import type { Database } from './tables.ts'
import { makeFolder, syncFolder } from './write-durably.ts'

/** Can only select: its connection refuses everything else. */
export type Reader = Pick<Kysely<Database>, 'selectFrom' | 'with' | 'executeQuery'>
/** Exists only inside `DatabaseFile.write`, in the one open transaction of the file. */
export type Writer = Reader & Pick<Kysely<Database>, 'insertInto' | 'updateTable' | 'deleteFrom'>

export interface DatabaseFile {
  path: string
  /** The 32-byte key of the file, for what is derived from it; goes nowhere else. */
  key: Buffer
  reader: Reader
  /**
   * The writing connection itself, for what has no SQL form: pragmas, VACUUM INTO, checks. Never inside `write`, and never
   * kept: after an error of the disk it is another one.
   */
  readonly connection: Connection
  /** What the lines of the activity log are sealed with. */
  auditKey: Buffer
  /** What the write that runs now has changed; to be used inside `write` only. */
  readonly changes: ChangeRecorder
  /** Runs `work` in a transaction of its own, one after the other; commits durably, or changes nothing and throws. */
  write<T>(work: (db: Writer) => Promise<T>): Promise<T>
  /** In memory that threads share: how many writes are under way or wait. Whoever else writes to the file lets them go first. */
  readonly underWay: Int32Array<SharedArrayBuffer>
  /** Lets what is being written end and takes nothing more: another database has been decided to come into this place. */
  giveWay(): void
  close(): Promise<void>
}

/**
 * Opens the file with its key, brings its schema up to date, and hands out one reader and one writer.
 *
 * @throws {DataInUse} {KeyMissing} {MigrationRefused} {MigrationFailed}
 */
export async function openDatabase(path: string, keys: KeyStore): Promise<DatabaseFile> {
  makeFolder(dirname(path))
  const lock = lockData(path)
  try {
    return await openLocked(path, keys, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

async function openLocked(path: string, keys: KeyStore, lock: DataLock): Promise<DatabaseFile> {
  const isNew = !existsSync(path)
  const key = await loadOrMakeKey(keys, path)
  const connection = await migrateUp(path, key)
  refreshCapture(connection)
  if (isNew) syncFolder(dirname(path))

  const file = reopening(pairOf(connection, path, key), () => pairOf(openConnection(path, key), path, key))
  const writer = new Kysely<Database>({ dialect: dialectOf(() => file.current().writing) })
  let isGivingWay = false
  const underWay = new Int32Array(new SharedArrayBuffer(4))
  const inTurn = oneAtATime()

  return {
    path,
    key,
    reader: new Kysely<Database>({ dialect: dialectOf(() => file.current().reading) }),
    get connection() {
      return file.current().writing
    },
    auditKey: auditKeyIn(connection),
    get changes() {
      return file.current().changes
    },
    underWay,
    write: (work) =>
      inTurn(async () => {
        if (isGivingWay) throw new Refusal('conflict', 'backups.restarting')
        Atomics.add(underWay, 0, 1)
        try {
          return await file.current().inTransaction(() => work(writer))
        } catch (error) {
          file.failed(error)
          throw error
        } finally {
          Atomics.sub(underWay, 0, 1)
          Atomics.notify(underWay, 0)
        }
      }),
    giveWay() {
      isGivingWay = true
    },
    close: () =>
      inTurn(async () => {
        file.close()
        lock.release()
      }),
  }
}

/** The two connections of one opening, and what is prepared on them. */
function pairOf(writing: Connection, path: string, key: Buffer) {
  try {
    const reading = openConnection(path, key, { readonly: true })
    const transaction = transactionOn(writing)
    let recorder: ChangeRecorder | undefined
    /** Takes longer than all the rest of an opening, so it waits for the first write, and comes before its BEGIN. */
    const changes = (): ChangeRecorder => {
      recorder ??= recordChanges(writing)
      return recorder
    }
    return {
      writing,
      reading,
      inTransaction<T>(work: () => Promise<T>): Promise<T> {
        changes()
        return transaction(work)
      },
      get changes() {
        return changes()
      },
      close() {
        reading.close()
        try {
          if (!writing.inTransaction) writing.pragma('wal_checkpoint(TRUNCATE)')
        } catch {
          // On a disk that is full or fails the log stays, and the next opening reads it.
        }
        writing.close()
      },
    }
  } catch (error) {
    writing.close()
    throw error
  }
}

/** Made with the table, once for the life of this data: a restore under another key brings it along. */
function auditKeyIn(connection: Connection): Buffer {
  const key = connection.prepare<[], string>('SELECT key FROM activity_key').pluck().get()
  if (key === undefined) throw new Error('The key of the activity log is missing.')
  return Buffer.from(key, 'hex')
}

/** Prepared once: they stand around every write. */
function transactionOn(connection: Connection) {
  const begin = connection.prepare('BEGIN IMMEDIATE')
  const commit = connection.prepare('COMMIT')
  const rollback = connection.prepare('ROLLBACK')
  // What is written from the next transaction on is another change, which may leave this machine without this one.
  const endChange = connection.prepare('UPDATE sync_state SET within = 0 WHERE within > 0')

  return async <T>(work: () => Promise<T>): Promise<T> => {
    begin.run()
    try {
      const result = await work()
      endChange.run()
      commit.run()
      return result
    } catch (error) {
      if (connection.inTransaction) rollback.run()
      throw error
    }
  }
}

/** Makes each piece of work wait for the one before, whether that succeeded or not. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work, work)
    last = result.catch(() => {})
    return result
  }
}
