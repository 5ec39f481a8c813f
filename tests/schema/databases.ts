import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateUp } from '../../main/database/migrate.ts'
import { startPostgres } from '../support/postgres.ts'
import { allowIds, insertRow, type Row } from '../support/rows.ts'
import { describePostgres, describeSqlite, type Schema } from './described.ts'

export type Dialect = 'SQLite' | 'PostgreSQL'
export const dialects: Dialect[] = ['SQLite', 'PostgreSQL']

/** The migrated schema in one of the two dialects. */
export interface MigratedDatabase {
  schema: Schema
  insert(table: string, row: Row): Promise<void>
  all(sql: string): Promise<Row[]>
  /** Runs `work`, looks at what a commit would look at, and takes everything back. */
  trial<T>(work: () => Promise<T>): Promise<T>
}

export interface MigratedDatabases extends AsyncDisposable, Record<Dialect, MigratedDatabase> {}

export async function migratedDatabases(): Promise<MigratedDatabases> {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-schema-'))
  const connection = await migrateUp(join(folder, 'bdc.db'), randomBytes(32))
  allowIds(connection)
  const server = await startPostgres()
  const client = await server.migrated()

  return {
    SQLite: {
      schema: describeSqlite(connection),
      insert: async (table, row) => insertRow(connection, table, row),
      all: async (sql) => {
        const statement = connection.prepare<[], Row>(sql)
        if (statement.reader) return statement.all()
        statement.run()
        return []
      },
      trial: (work) => takenBack(async (sql) => connection.exec(sql), work),
    },
    PostgreSQL: {
      schema: await describePostgres(client),
      async insert(table, row) {
        const columns = Object.keys(row)
        await client.query(
          `INSERT INTO ${table} (${columns.map((name) => `"${name}"`)}) VALUES (${columns.map((_, index) => `$${index + 1}`)})`,
          Object.values(row),
        )
      },
      all: async (sql) => (await client.query(sql)).rows,
      trial: (work) =>
        takenBack(
          (sql) => client.query(sql),
          async () => {
            const result = await work()
            await client.query('SET CONSTRAINTS ALL IMMEDIATE')
            return result
          },
        ),
    },
    async [Symbol.asyncDispose]() {
      connection.close()
      rmSync(folder, { recursive: true })
      await server[Symbol.asyncDispose]()
    },
  }
}

async function takenBack<T>(run: (sql: string) => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  await run('BEGIN')
  try {
    return await work()
  } finally {
    await run('ROLLBACK')
  }
}
