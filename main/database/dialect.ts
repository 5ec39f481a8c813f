import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Connection } from './open.ts'
import { fromStored, toStored } from './values.ts'

/** More shapes of statements than the program has; what a long search box typed in parts could make more of is bounded. */
const cachedStatements = 500

/**
 * Kysely over the connection that is open now. Prepares each shape of statement once, which halves the time of a short query.
 * Transactions are not Kysely's: `DatabaseFile` opens them, because the whole file has one writer.
 */
export function dialectOf(connection: () => Connection): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createDriver: () => driverOf(connectionOf(connection)),
  }
}

function driverOf(connection: DatabaseConnection): Driver {
  const refuse = async () => {
    throw new Error('Transactions are opened by DatabaseFile.write.')
  }
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    destroy: async () => {},
  }
}

function connectionOf(current: () => Connection): DatabaseConnection {
  const statements = new Map<string, ReturnType<typeof prepare>>()
  let connection: Connection | undefined

  function prepare(connection: Connection, sql: string) {
    const statement = connection.prepare<unknown[], Record<string, unknown>>(sql)
    return { statement, revive: statement.reader ? fromStored(statement.columns()) : undefined }
  }

  function prepared(sql: string) {
    const open = current()
    if (connection !== open) statements.clear()
    connection = open
    const known = statements.get(sql)
    if (known) return known
    if (statements.size >= cachedStatements) statements.clear()
    const fresh = prepare(open, sql)
    statements.set(sql, fresh)
    return fresh
  }

  return {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const { statement, revive } = prepared(query.sql)
      const parameters = query.parameters.map(toStored)
      if (!statement.reader) {
        const { changes, lastInsertRowid } = statement.run(...parameters)
        return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
      }
      const rows = statement.all(...parameters)
      if (revive) rows.forEach(revive)
      return { rows: rows as R[] }
    },
    streamQuery() {
      throw new Error('Rows are read in pages, not streamed.')
    },
  }
}
