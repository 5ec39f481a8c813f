import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { registry, type TableName, tableNames } from '../../main/database/registry.ts'
import { migrationsFolder } from '../../main/database/steps.ts'
import type { Value } from '../../main/sync/state.ts'

export interface Reference {
  column: string
  parent: TableName
  onDelete: 'CASCADE' | 'SET NULL' | 'RESTRICT'
}

export interface TableSchema {
  name: TableName
  number: number
  sync: (typeof registry)[TableName]['sync']
  /** All but the id. */
  columns: readonly string[]
  /** Columns that are never null. */
  required: ReadonlySet<string>
  references: readonly Reference[]
  /** Each a set of columns that no two living rows may share; `sync_conflicts` are told apart by their key. */
  uniques: readonly (readonly string[])[]
}

/** Every table that travels, parents before children, as the first step creates it: read from the SQL, not from the code under test. */
export function readSchema(): TableSchema[] {
  const database = new Sqlite(':memory:')
  try {
    database.exec(readFileSync(join(migrationsFolder('sqlite'), '0001-foundation.up.sql'), 'utf8'))
    return tableNames.filter((name) => registry[name].sync !== 'local').map((name) => readTable(database, name))
  } finally {
    database.close()
  }
}

function readTable(database: Sqlite.Database, name: TableName): TableSchema {
  return {
    name,
    number: registry[name].number,
    sync: registry[name].sync,
    columns: database
      .prepare<[], string>(`SELECT name FROM pragma_table_info('${name}') WHERE name <> 'id' ORDER BY name`)
      .pluck()
      .all(),
    required: new Set(
      database.prepare<[], string>(`SELECT name FROM pragma_table_info('${name}') WHERE "notnull" = 1`).pluck().all(),
    ),
    references: database
      .prepare<[], Reference>(
        `SELECT "from" AS column, "table" AS parent, on_delete AS onDelete FROM pragma_foreign_key_list('${name}') ORDER BY 1`,
      )
      .all(),
    uniques: registry[name].uniques,
  }
}

/** What a row shares with no other living one, as text; nothing where a part is null, as in SQL. */
export function uniqueKey(columns: readonly string[], values: Record<string, Value>): string | undefined {
  const parts = columns.map((column) => values[column] ?? null)
  return parts.includes(null) ? undefined : JSON.stringify(parts)
}

/** A learner has one running attempt at an assessment: a unique index over a part of the rows. */
export function runningKey(table: TableName, values: Record<string, Value>): string | undefined {
  if (table !== 'attempts' || values['state'] !== 'running') return undefined
  return uniqueKey(['assessment_id', 'beneficiary_id'], values)
}

export function tableNumbered(number: number): TableName {
  const found = tableNames.find((name) => registry[name].number === number)
  if (!found) throw new Error(`No table has the number ${number}.`)
  return found
}
