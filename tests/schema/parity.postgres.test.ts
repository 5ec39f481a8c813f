import { afterAll, beforeAll, expect, it } from 'vitest'
import { deviations, localTables } from '../../main/database/registry.ts'
import { type MigratedDatabases, migratedDatabases } from './databases.ts'
import type { DescribedColumn, DescribedIndex, Schema } from './described.ts'

let databases: MigratedDatabases
let sqlite: Schema
let postgres: Schema
beforeAll(async () => {
  databases = await migratedDatabases()
  sqlite = databases.SQLite.schema
  postgres = databases.PostgreSQL.schema
})
afterAll(() => databases[Symbol.asyncDispose]())

/** What PostgreSQL calls a type, what SQLite calls it, and the check that makes them mean the same. */
function inSqlite({ type, name }: DescribedColumn): { type: string; check: RegExp } {
  const [, length] = /^character varying\((\d+)\)$/.exec(type) ?? []
  if (length) return { type: 'TEXT', check: new RegExp(`length\\(${name}\\) <= ${length}|${name} IN \\('`) }
  const anything = /(?:)/
  const families: Record<string, { type: string; check: RegExp }> = {
    bigint: { type: 'INTEGER', check: anything },
    integer: { type: 'INTEGER', check: /BETWEEN/ },
    boolean: { type: 'INTEGER', check: /IN \(0, 1\)/ },
    text: { type: 'TEXT', check: anything },
    'double precision': { type: 'REAL', check: anything },
    date: { type: 'TEXT', check: /IS date\(/ },
    'timestamp(3) with time zone': { type: 'TEXT', check: /IS strftime\('%Y-%m-%dT%H:%M:%fZ', / },
    jsonb: { type: 'TEXT', check: /json_valid\(/ },
  }
  return families[type] ?? { type: `no counterpart of ${type}`, check: /(?!)/ }
}

const shared = <T extends { table: string }>(items: T[]) => items.filter(({ table }) => !(table in localTables))
const sorted = (items: string[]) => items.sort()

it('gives both databases the same tables but for those of one machine', () => {
  const own = (tables: string[]) => sorted(tables.filter((table) => !(table in localTables)))
  expect(own(sqlite.tables)).toEqual(own(postgres.tables))
  expect(own(sqlite.tables)).toHaveLength(38)
  expect(sqlite.tables).toEqual(expect.arrayContaining(Object.keys(localTables)))
  expect(postgres.tables).not.toContain('people_index')
})

it('gives the columns of both the same names, types and nullability', () => {
  const described = shared(postgres.columns).map((column) => ({ ...column, type: inSqlite(column).type }))
  const facts = ({ table, name, type, isNullable }: DescribedColumn) => `${table}.${name} ${type} ${isNullable}`
  expect(sorted(shared(sqlite.columns).map(facts))).toEqual(sorted(described.map(facts)))
})

it('checks in SQLite what the types of PostgreSQL say', async () => {
  const tables = await databases.SQLite.all(`SELECT name, sql FROM sqlite_schema WHERE type = 'table'`)
  const definitions = new Map(tables.map(({ name, sql }) => [name, String(sql)]))
  const unchecked = shared(postgres.columns).filter((column) => {
    const line = new RegExp(`^  "?${column.name}"? .*$`, 'm').exec(definitions.get(column.table) ?? '')?.[0] ?? ''
    return !inSqlite(column).check.test(line)
  })
  expect(unchecked).toEqual([])
})

it('gives both the same defaults', () => {
  const written = (value: string | null) =>
    value
      ?.replace(/::.*/, '')
      .replace('now()', `strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`)
      .replace(/^true$/, '1')
      .replace(/^false$/, '0') ?? 'none'
  const facts = (column: DescribedColumn) => `${column.table}.${column.name} ${written(column.default)}`
  expect(sorted(shared(sqlite.columns).map(facts))).toEqual(sorted(shared(postgres.columns).map(facts)))
})

it('gives both the same indexes but for the deviations', () => {
  const facts = ({ table, name, columns, isUnique, isPartial }: DescribedIndex) =>
    `${name} ON ${table} (${columns}) ${isUnique ? 'unique' : ''} ${isPartial ? 'partial' : ''}`
  const same = (schema: Schema) =>
    sorted(
      shared(schema.indexes)
        .filter(({ name }) => !(`${name} (PostgreSQL)` in deviations))
        .map(facts),
    )
  expect(same(sqlite)).toEqual(same(postgres))
  expect(sorted(sqlite.indexes.map(({ name }) => name))).toEqual(
    expect.arrayContaining(postgres.indexes.map(({ name }) => name)),
  )
})

it('gives both the same foreign keys', () => {
  const facts = (schema: Schema) =>
    sorted(shared(schema.keys).map((key) => JSON.stringify(key, Object.keys(key).sort())))
  expect(facts(sqlite)).toEqual(facts(postgres))
})
