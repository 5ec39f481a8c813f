import { expect, it } from 'vitest'
import { seedColumns, seedIndexes, seedTables } from './seed.ts'

it('states 17 tables, 179 columns and 49 indexes', () => {
  expect([seedTables.length, seedColumns.length, seedIndexes.length]).toEqual([17, 179, 49])
})

it('refers to tables that it has, and indexes columns that it has', () => {
  const columns = seedColumns.map(({ table, name }) => `${table}.${name}`)
  const references = seedColumns.flatMap((column) => column.references ?? [])
  expect(references).toHaveLength(27)
  expect(seedTables).toEqual(expect.arrayContaining(references))
  expect(columns).toEqual(expect.arrayContaining(seedIndexes.map(({ table, column }) => `${table}.${column}`)))
})

it('states the unique columns that the seed lists', () => {
  const unique = seedColumns.filter((column) => column.isUnique).map(({ table, name }) => `${table}.${name}`)
  expect(unique.sort()).toEqual(['organizations.slug', 'sessions.token', 'settings.key', 'users.email'])
})
