import Sqlite from 'better-sqlite3'

/** What an error says about the disk: no room is left on it, or it does not do what it is told; undefined for all others. */
export function diskTroubleIn(error: unknown): 'full' | 'failing' | undefined {
  if (!(error instanceof Sqlite.SqliteError)) return undefined
  if (error.code === 'SQLITE_FULL') return 'full'
  return /^SQLITE_(?:IOERR|CANTOPEN)/.test(error.code) ? 'failing' : undefined
}
