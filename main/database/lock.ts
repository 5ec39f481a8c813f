import { closeSync, openSync } from 'node:fs'
import Sqlite from 'better-sqlite3'

/** Another BDC has this data open. */
export class DataInUse extends Error {
  override name = 'DataInUse'

  constructor(databasePath: string) {
    super(`Another BDC is using ${databasePath}. Use that one, or close it and start again.`)
  }
}

export interface DataLock {
  release(): void
}

/**
 * Makes this process the only one that uses a database. The lock is the operating system's, held through an empty SQLite
 * file beside the data, so that it is gone with the process, however that ends.
 *
 * @throws {DataInUse}
 */
export function lockData(databasePath: string): DataLock {
  const path = `${databasePath}.lock`
  closeSync(openSync(path, 'a', 0o600))
  const lock = new Sqlite(path, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw new DataInUse(databasePath)
    throw error
  }
  return { release: () => lock.close() }
}
