import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  booleanColumns,
  deviations,
  jsonColumns,
  localTables,
  registry,
  tableNames,
} from '../../main/database/registry.ts'
import { type MigratedDatabases, migratedDatabases } from './databases.ts'
import type { Schema } from './described.ts'

let databases: MigratedDatabases
let sqlite: Schema
let postgres: Schema
beforeAll(async () => {
  databases = await migratedDatabases()
  sqlite = databases.SQLite.schema
  postgres = databases.PostgreSQL.schema
})
afterAll(() => databases[Symbol.asyncDispose]())

it('names every table of both databases', () => {
  expect([...tableNames, ...Object.keys(localTables)].sort()).toEqual(sqlite.tables.sort())
  expect([...tableNames, 'schema_steps'].sort()).toEqual(postgres.tables.sort())
})

it('gives every table a number of its own on the wire', () => {
  const numbers = tableNames.map((table) => registry[table].number)
  expect(new Set(numbers).size).toBe(tableNames.length)
})

it('has parents before their children, except that organizations name an administrator', () => {
  const places = new Map<string, number>(tableNames.map((table, index) => [table, index]))
  const place = (table: string) => places.get(table) ?? Number.NaN
  const backwards = sqlite.keys
    .filter(({ table }) => !(table in localTables))
    .filter(({ table, references }) => !(place(references) <= place(table)))
    .map(({ table, column }) => `${table}.${column}`)
  expect(backwards).toEqual(['organizations.admin_id'])
})

it('states every unique combination of columns that the database of a machine holds', () => {
  const stated = tableNames.flatMap((table) => registry[table].uniques.map((columns) => `${table} (${columns})`))
  const held = sqlite.indexes.filter(
    ({ table, isUnique, isPartial }) => isUnique && !isPartial && !(table in localTables),
  )
  expect(held.map(({ table, columns }) => `${table} (${columns})`).sort()).toEqual(stated.sort())
})

it('says for which columns the centre is unique per organization', () => {
  const perOrganization = postgres.indexes.filter(
    ({ isUnique, columns }) => isUnique && columns[0] === 'organization_id',
  )
  expect([...perOrganization.map(({ name }) => name), 'idx_organizations_slug'].sort()).toEqual(
    Object.keys(deviations)
      .filter((key) => key.endsWith(' (PostgreSQL)'))
      .map((key) => key.replace(' (PostgreSQL)', ''))
      .sort(),
  )
})

it('calls columns personal that exist', () => {
  const columns = new Set(sqlite.columns.map(({ table, name }) => `${table}.${name}`))
  const personal = tableNames.flatMap((table) => registry[table].personal.map((name) => `${table}.${name}`))
  expect(personal.filter((name) => !columns.has(name))).toEqual([])
})

/** Of this machine alone, and JSON there as well. */
const jsonInDrafts = new Set(['message_drafts.attachments', 'kept_filters.filters'])

it.each([
  ['boolean', booleanColumns],
  ['jsonb', jsonColumns],
])('knows every column that PostgreSQL calls %s, and no other has its name', (type, names) => {
  const [ofType, others] = [new Set<string>(), new Set<string>()]
  for (const column of postgres.columns) (column.type === type ? ofType : others).add(column.name)
  for (const { table, name } of sqlite.columns)
    if (table in localTables && !jsonInDrafts.has(`${table}.${name}`)) others.add(name)
  expect([...ofType].sort()).toEqual([...names].sort())
  expect([...names].filter((name) => others.has(name))).toEqual([])
})
