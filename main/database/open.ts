import Sqlite from 'better-sqlite3'
import { KeyDoesNotFit } from './key-problems.ts'

export type Connection = Sqlite.Database

/**
 * Opens an encrypted SQLite file with every setting that durability and secrecy need; none of them is stored in the file,
 * so no connection may be opened elsewhere. `key` has 32 bytes.
 *
 * @throws {KeyDoesNotFit}
 */
export function openConnection(path: string, key: Buffer, options: { readonly?: boolean } = {}): Connection {
  const connection = new Sqlite(path, { timeout: 5000, readonly: options.readonly ?? false })
  try {
    configure(connection, key, options.readonly ?? false)
  } catch (error) {
    connection.close()
    if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_NOTADB')
      throw new KeyDoesNotFit(path, { cause: error })
    throw error
  }
  return connection
}

export interface OpenCopy {
  connection: Connection
  /** Encrypts every page anew. */
  rekey(key: Buffer): void
  close(): void
}

/**
 * Opens a file that nobody else has open and that can be made again: a copy on its way into a backup or out of one. Without
 * a log beside it, and with its journal in memory.
 */
export function openCopy(path: string, key: Buffer): OpenCopy {
  const connection = new Sqlite(path, { fileMustExist: true })
  try {
    setKey(connection, key)
    connection.pragma('temp_store = MEMORY')
    connection.pragma('trusted_schema = OFF')
    connection.pragma('cell_size_check = ON')
    connection.pragma('journal_mode = MEMORY')
    connection.pragma('synchronous = OFF')
  } catch (error) {
    connection.close()
    throw error
  }
  return {
    connection,
    rekey: (next) => void connection.pragma(`rekey = "x'${next.toString('hex')}'"`),
    close: () => void connection.close(),
  }
}

function setKey(connection: Connection, key: Buffer) {
  connection.pragma(`cipher = 'sqlcipher'`)
  connection.pragma(`key = "x'${key.toString('hex')}'"`)
}

function configure(connection: Connection, key: Buffer, isReadonly: boolean) {
  setKey(connection, key)
  if (!isReadonly) {
    connection.pragma('journal_mode = WAL')
    // WAL quietly lowers this to NORMAL, which loses acknowledged commits in a power cut.
    connection.pragma('synchronous = FULL')
    connection.pragma('secure_delete = ON')
  }
  connection.pragma('foreign_keys = ON')
  connection.pragma('recursive_triggers = ON')
  // Temporary files are never encrypted.
  connection.pragma('temp_store = MEMORY')
  connection.pragma('busy_timeout = 5000')
  connection.pragma('trusted_schema = OFF')
  connection.pragma('cell_size_check = ON')
  connection.pragma('checkpoint_fullfsync = ON')
  connection.pragma('cache_size = -65536')
  if (isReadonly) connection.pragma('query_only = ON')
}
