import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { TableName } from '../../main/database/registry.ts'
import { migrationsFolder } from '../../main/database/steps.ts'

/** The columns of a synced table without its id, as its first step creates them. */
export function columnsIn(database: Sqlite.Database, table: TableName): string[] {
  return database
    .prepare<[], string>(`SELECT name FROM pragma_table_info('${table}') WHERE name <> 'id' ORDER BY name`)
    .pluck()
    .all()
}

/** The tables alone, without what later steps add: enough to know the columns of each. */
export function foundation(): Sqlite.Database {
  const database = new Sqlite(':memory:')
  database.exec(readFileSync(join(migrationsFolder('sqlite'), '0001-foundation.up.sql'), 'utf8'))
  return database
}
