import type { Connection } from '../database/open.ts'
import { registry, type TableName, tableNames } from '../database/registry.ts'
import { type Rules, rulesOf } from './rules.ts'

export interface Reference {
  column: string
  parent: TableName
  onDelete: 'CASCADE' | 'SET NULL' | 'RESTRICT'
}

export interface UniqueIndex {
  columns: readonly string[]
  /** Of a partial index: the rows that it is about. */
  where: string | null
}

/** What agreeing on the rows of one table needs to know of it. */
export interface SyncTable {
  name: TableName
  number: number
  /** Parents have lower places than their children, but for columns that refer back. */
  place: number
  sync: 'entity' | 'append' | 'push' | 'derived'
  rules: Rules
  /** Without the id. */
  columns: readonly string[]
  known: ReadonlySet<string>
  /** Columns that must have a value. */
  required: ReadonlySet<string>
  references: readonly Reference[]
  /** Who refers to rows of this table. */
  referredBy: readonly { table: TableName; column: string }[]
  uniques: readonly UniqueIndex[]
  /** The column that says which organization a row belongs to. */
  owner: 'id' | 'organization_id'
  /** Its statements, built once: reads a row, and puts a whole one in that does not stand yet. */
  select: string
  insert: string
  /** The same for many rows that do not stand yet, most at once first. */
  many: readonly Many[]
}

export interface Many {
  /** How many, neither more nor fewer. */
  rows: number
  insert: string
  /** Notes packed rows: the id, clock, site, clock again and number of each. */
  notePacked: string
  /** Notes any rows, with all ten columns of each. */
  note: string
}

/** One that cannot stand costs the others of its statement another try each. */
const rowsOfStatements = [32, 8]

export interface SyncSchema {
  tables: readonly SyncTable[]
  byNumber: ReadonlyMap<number, SyncTable>
  byName: ReadonlyMap<TableName, SyncTable>
}

/** Read from the database itself, so that it is never behind a migration; made once for a connection. */
export function syncSchemaOf(connection: Connection): SyncSchema {
  const described = tableNames.flatMap((name, place) => {
    const { sync, number } = registry[name]
    return sync === 'local' ? [] : [{ name, number, place, sync, ...shapeOf(connection, name) }]
  })
  const tables = described.map((table): SyncTable => ({ ...table, referredBy: referringTo(described, table.name) }))
  return {
    tables,
    byNumber: new Map(tables.map((table) => [table.number, table])),
    byName: new Map(tables.map((table) => [table.name, table])),
  }
}

function referringTo(tables: { name: TableName; references: readonly Reference[] }[], parent: TableName) {
  return tables.flatMap(({ name, references }) =>
    references.filter((reference) => reference.parent === parent).map(({ column }) => ({ table: name, column })),
  )
}

function shapeOf(connection: Connection, name: TableName) {
  const columns = connection
    .prepare<[string], { name: string; notnull: number }>('SELECT name, "notnull" FROM pragma_table_info(?)')
    .all(name)
    .filter((column) => column.name !== 'id')
  const names = columns.map((column) => column.name)
  return {
    rules: rulesOf(name),
    columns: names,
    known: new Set(names),
    required: new Set(columns.filter(({ notnull }) => notnull === 1).map((column) => column.name)),
    references: referencesOf(connection, name),
    uniques: uniquesOf(connection, name),
    owner: name === 'organizations' ? ('id' as const) : ('organization_id' as const),
    select: selectOf(name, names),
    insert: insertOf(name, names),
    many: rowsOfStatements.map((rows) => ({
      rows,
      insert: insertOf(name, names, rows),
      notePacked: `INSERT INTO sync_rows (table_number, id, clock, site, highest, base)
    VALUES ${repeated(`(${registry[name].number}, ?, ?, ?, ?, ?)`, rows)}`,
      note: noteOf(rows),
    })),
  }
}

function selectOf(name: TableName, columns: readonly string[]): string {
  return `SELECT ${columns.map((column) => `"${column}"`).join(', ')} FROM ${name} WHERE id = ?`
}

/** Writes these columns of a row that stands. */
export function updateOf(name: TableName, columns: readonly string[]): string {
  return `UPDATE ${name} SET ${columns.map((column) => `"${column}" = ?`).join(', ')} WHERE id = ?`
}

export function insertOf(name: TableName, columns: readonly string[], rows = 1): string {
  const names = ['id', ...columns].map((column) => `"${column}"`)
  const places = placesOf(names.length)
  return `INSERT INTO ${name} (${names.join(', ')}) VALUES ${repeated(places, rows)}`
}

/** Notes what is known of so many rows. */
export function noteOf(rows: number): string {
  return `INSERT INTO sync_rows (table_number, id, clock, site, highest, stamps, seen, deletion, base, extra)
    VALUES ${repeated(placesOf(10), rows)}`
}

function repeated(text: string, times: number): string {
  return Array.from({ length: times }, () => text).join(', ')
}

/** For so many values of a row. */
export function placesOf(values: number): string {
  return `(${repeated('?', values)})`
}

function referencesOf(connection: Connection, name: TableName): Reference[] {
  return connection
    .prepare<[string], Reference>(
      `SELECT "from" AS column, "table" AS parent, on_delete AS onDelete FROM pragma_foreign_key_list(?) ORDER BY id DESC`,
    )
    .all(name)
}

function uniquesOf(connection: Connection, name: TableName): UniqueIndex[] {
  const indexes = connection
    .prepare<[string], { name: string; partial: number }>(
      `SELECT name, partial FROM pragma_index_list(?) WHERE "unique" = 1 AND origin = 'c'`,
    )
    .all(name)
  const columnsOf = connection.prepare<[string], string>('SELECT name FROM pragma_index_info(?) ORDER BY seqno').pluck()
  const textOf = connection.prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?').pluck()
  return indexes.map((index) => ({
    columns: columnsOf.all(index.name),
    where: index.partial === 1 ? (/ WHERE (.*)$/s.exec(textOf.get(index.name) ?? '')?.[1] ?? null) : null,
  }))
}
