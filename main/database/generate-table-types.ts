import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateUp } from './migrate.ts'
import type { Connection } from './open.ts'
import { booleanColumns, jsonColumns, localTables, tableNames } from './registry.ts'

export const tableTypesPath = join(import.meta.dirname, 'tables.ts')

interface Column {
  name: string
  type: string
  notnull: number
  dflt_value: string | null
  pk: number
}

const header = `// Written by \`node main/database/generate-table-types.ts\` from migrations/sqlite; a test fails when it is stale.
import type { ColumnType, Generated } from 'kysely'

export type JsonValue = string | number | boolean | null | JsonStructure
export type JsonStructure = JsonValue[] | { [key: string]: JsonValue | undefined }

/** Written as a list or an object only: a bare string could not be told from text. */
type Json = ColumnType<JsonValue, JsonStructure, JsonStructure>
type NullableJson = ColumnType<JsonValue, JsonStructure | null | undefined, JsonStructure | null>
`

/** The text of tables.ts for the schema that the migrations make. */
export async function tableTypes(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-table-types-'))
  try {
    const connection = await migrateUp(join(folder, 'bdc.db'), randomBytes(32))
    const tables = [...tableNames, ...Object.keys(localTables)].sort()
    const text = [header, databaseInterface(tables), ...tables.map((table) => tableInterface(connection, table))]
    connection.close()
    return text.join('\n')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function databaseInterface(tables: string[]): string {
  return block(
    'Database',
    tables.map((table) => `${table}: ${interfaceName(table)}`),
  )
}

function tableInterface(connection: Connection, table: string): string {
  const sql = String(connection.prepare(`SELECT sql FROM sqlite_schema WHERE name = ?`).pluck().get(table))
  const isFullText = sql.startsWith('CREATE VIRTUAL TABLE')
  const columns = connection.prepare('SELECT * FROM pragma_table_info(?)').all(table) as Column[]
  const fields = columns.map((column) => inForm(`${column.name}: ${isFullText ? 'string' : columnType(column, sql)}`))
  return block(interfaceName(table), isFullText ? ['rowid: number', ...fields, 'rank: number'] : fields)
}

/** As the formatter has it: a union that is wider than a line stands below its name. */
function inForm(field: string): string {
  const [name = '', type = ''] = field.split(/: (.*)/s)
  if (field.length + 2 <= 120 || !type.startsWith("'")) return field
  return `${name}:${type
    .split(' | ')
    .map((one) => `\n    | ${one}`)
    .join('')}`
}

/** A column with a default may be left out of an insert; a nullable one may be null when read. */
function columnType(column: Column, sql: string): string {
  const isNullable = column.notnull === 0 && column.pk === 0
  if (jsonColumns.has(column.name)) return isNullable ? 'NullableJson' : 'Json'
  const type = isNullable ? `${valueType(column, sql)} | null` : valueType(column, sql)
  return column.dflt_value === null ? type : `Generated<${type}>`
}

function valueType(column: Column, sql: string): string {
  if (booleanColumns.has(column.name)) return 'boolean'
  if (column.type === 'BLOB') return 'Buffer'
  if (column.type !== 'TEXT') return 'number'
  const set = new RegExp(`^  "?${column.name}"? .*CHECK \\(${column.name} IN \\(((?:'[^']*'(?:, )?)+)\\)\\)`, 'm').exec(
    sql,
  )
  return set?.[1]?.replaceAll(', ', ' | ') ?? 'string'
}

function interfaceName(table: string): string {
  return `${table.replaceAll(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase())}Table`
}

function block(name: string, lines: string[]): string {
  return `export interface ${name} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`
}

if (import.meta.main) writeFileSync(tableTypesPath, await tableTypes())
