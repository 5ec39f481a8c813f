import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection } from '../../main/database/open.ts'
import { migrationsFolder, stepsIn } from '../../main/database/steps.ts'

export interface PlantedStep {
  name: string
  up: string
  down?: string
}

/** A folder with the steps of the application, and some more. */
export function stepsFolder(
  folder: string,
  planted: PlantedStep[] = [],
  dialect: 'sqlite' | 'postgres' = 'sqlite',
): string {
  mkdirSync(folder, { recursive: true })
  cpSync(migrationsFolder(dialect), folder, { recursive: true })
  for (const { name, up, down = 'SELECT 1;' } of planted) {
    writeFileSync(join(folder, `${name}.up.sql`), up)
    writeFileSync(join(folder, `${name}.down.sql`), down)
  }
  return folder
}

/** How many steps the application has; the number of the first planted one is one more. */
export const ownSteps = stepsIn(migrationsFolder('sqlite')).length

export function numbered(number: number, name: string): string {
  return `${String(number).padStart(4, '0')}-${name}`
}

/** All that stands in the schema, without the record of how it came about. */
export function schemaOf(connection: Connection): unknown[] {
  return connection.prepare(`SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name`).all()
}

/** All rows of the tables that are there, without the times at which the steps were taken. */
export function rowsOf(connection: Connection, only?: readonly string[]): Record<string, unknown[]> {
  const tables = connection
    .prepare<[], string>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
       AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'schema_steps' ORDER BY name`,
    )
    .pluck()
    .all()
    .filter((table) => !only || only.includes(table))
  return Object.fromEntries(
    tables.map((table) => [table, connection.prepare(`SELECT * FROM ${table} ORDER BY 1`).all()]),
  )
}

export function stepsTaken(connection: Connection): number {
  return Number(connection.pragma('user_version', { simple: true }))
}

export function startsLikePlainSqlite(path: string): boolean {
  return readFileSync(path).subarray(0, 15).toString('latin1') === 'SQLite format 3'
}
