import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely } from 'kysely'
import { Refusal } from '../../shared/refusal.ts'
import { dialectOf } from './dialect.ts'
import { type KeyStore, loadOrMakeKey } from './key.ts'
import { type DataLock, lockData } from './lock.ts'
import { migrateUp } from './migrate.ts'
import { type Connection, openConnection } from './open.ts'
import type { Database } from './tables.ts'
import { syncFolder } from './write-durably.ts'

/** Can only select: its connection refuses everything else. */
export type Reader = Pick<Kysely<Database>, 'selectFrom' | 'with' | 'executeQuery'>
/** Exists only inside `DatabaseFile.write`, in the one open transaction of the file. */
export type Writer = Reader & Pick<Kysely<Database>, 'insertInto' | 'updateTable' | 'deleteFrom'>

export interface DatabaseFile {
  path: string
  /** The 32-byte key of the file, for what is derived from it; goes nowhere else. */
  key: Buffer
  reader: Reader
  /** The writing connection itself, for what has no SQL form: pragmas, VACUUM INTO, checks. Never inside `write`. */
  connection: Connection
  /** Runs `work` in a transaction of its own, one after the other; commits durably, or changes nothing and throws. */
  write<T>(work: (db: Writer) => Promise<T>): Promise<T>
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
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
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
  if (isNew) syncFolder(dirname(path))

  const readConnection = openConnection(path, key, { readonly: true })
  const writer = new Kysely<Database>({ dialect: dialectOf(connection) })
  let isGivingWay = false
  const inTurn = oneAtATime()
  const inTransaction = transactionOn(connection)

  return {
    path,
    key,
    reader: new Kysely<Database>({ dialect: dialectOf(readConnection) }),
    connection,
    async write(work) {
      return inTurn(async () => {
        if (isGivingWay) throw new Refusal('conflict', 'backups.restarting')
        return inTransaction(() => work(writer))
      })
    },
    giveWay() {
      isGivingWay = true
    },
    close: () =>
      inTurn(async () => {
        readConnection.close()
        connection.pragma('wal_checkpoint(TRUNCATE)')
        connection.close()
        lock.release()
      }),
  }
}

/** Prepared once: they stand around every write. */
function transactionOn(connection: Connection) {
  const begin = connection.prepare('BEGIN IMMEDIATE')
  const commit = connection.prepare('COMMIT')
  const rollback = connection.prepare('ROLLBACK')

  return async <T>(work: () => Promise<T>): Promise<T> => {
    begin.run()
    try {
      const result = await work()
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
