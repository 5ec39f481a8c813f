import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { additions, deviations, localTables } from '../../main/database/registry.ts'
import { type Dialect, dialects, type MigratedDatabases, migratedDatabases } from './databases.ts'
import { type SeedColumn, seedColumns, seedTables } from './seed.ts'

/** What each type of the seed is in the two databases. `bigint` where 32 bits do not hold the values. */
const types: Record<string, (column: SeedColumn) => Record<Dialect, string>> = {
  INTEGER: (column) => ({ SQLite: 'INTEGER', PostgreSQL: isLarge(column) ? 'bigint' : 'integer' }),
  VARCHAR: ({ type }) => ({ SQLite: 'TEXT', PostgreSQL: type.replace('VARCHAR', 'character varying') }),
  TEXT: () => ({ SQLite: 'TEXT', PostgreSQL: 'text' }),
  FLOAT: () => ({ SQLite: 'REAL', PostgreSQL: 'double precision' }),
  BOOLEAN: () => ({ SQLite: 'INTEGER', PostgreSQL: 'boolean' }),
  TIMESTAMP: () => ({ SQLite: 'TEXT', PostgreSQL: 'timestamp(3) with time zone' }),
  DATE: () => ({ SQLite: 'TEXT', PostgreSQL: 'date' }),
  JSON: () => ({ SQLite: 'TEXT', PostgreSQL: 'jsonb' }),
}

/** Ids are `site × 2^32 + counter`, and files pass 2 GB. */
function isLarge({ name, isPrimaryKey, references }: SeedColumn) {
  return isPrimaryKey || references !== undefined || name === 'resource_id' || name === 'file_size'
}

const defaults: Record<string, Record<Dialect, string>> = {
  TRUE: { SQLite: '1', PostgreSQL: 'true' },
  FALSE: { SQLite: '0', PostgreSQL: 'false' },
  'NOW()': { SQLite: `strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`, PostgreSQL: 'now()' },
}

function defaultIn(dialect: Dialect, { default: value, type }: SeedColumn): string | null {
  if (value === undefined) return null
  const known = defaults[value]
  if (known) return known[dialect]
  return dialect === 'PostgreSQL' && type.startsWith('VARCHAR') ? `${value}::character varying` : value
}

function isNullable(column: SeedColumn) {
  const isDeviation = `${column.table}.${column.name}` in deviations || column.default !== undefined
  return !(column.isNotNull || column.isPrimaryKey || isDeviation)
}

let databases: MigratedDatabases
beforeAll(async () => {
  databases = await migratedDatabases()
})
afterAll(() => databases[Symbol.asyncDispose]())

describe.each(dialects)('the columns in %s', (dialect) => {
  it.each(seedTables)('have the type, nullability and default that the seed states: %s', (table) => {
    const wanted = seedColumns.filter((column) => column.table === table)
    const found = databases[dialect].schema.columns.filter((column) => column.table === table)
    expect(found).toEqual(
      expect.arrayContaining(
        wanted.map((column) => ({
          table,
          name: column.name,
          type: types[column.type.replace(/\(.*/, '')]?.(column)[dialect],
          isNullable: isNullable(column),
          default: defaultIn(dialect, column),
        })),
      ),
    )
  })

  it('go beyond the seed only where the registry says why, and everything it lists is there', () => {
    const { schema } = databases[dialect]
    const inSeed = new Set(seedColumns.map(({ table, name }) => `${table}.${name}`))
    const ownTables = schema.tables.filter((table) => !(table in localTables))
    const added = schema.columns
      .filter(({ table, name }) => seedTables.includes(table) && !inSeed.has(`${table}.${name}`))
      .map(({ table, name }) => (name === 'organization_id' ? '*.organization_id' : `${table}.${name}`))
    const addedTables = ownTables.filter((table) => !seedTables.includes(table))
    expect(ownTables).toEqual(expect.arrayContaining(seedTables))
    expect([...new Set([...added, ...addedTables])].sort()).toEqual(Object.keys(additions).sort())
  })

  it('name the organization in every table but organizations itself and sessions', () => {
    const { schema } = databases[dialect]
    const without = schema.tables.filter(
      (table) =>
        !(table in localTables) && !schema.columns.some((c) => c.table === table && c.name === 'organization_id'),
    )
    expect(without.sort()).toEqual(['organizations', 'sessions'])
  })
})
