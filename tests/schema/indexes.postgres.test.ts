import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compositeIndexes, deviations, localTables } from '../../main/database/registry.ts'
import { dialects, type MigratedDatabases, migratedDatabases } from './databases.ts'
import { seedColumns, seedIndexes } from './seed.ts'

let databases: MigratedDatabases
beforeAll(async () => {
  databases = await migratedDatabases()
})
afterAll(() => databases[Symbol.asyncDispose]())

describe.each(dialects)('the indexes in %s', (dialect) => {
  const own = () => databases[dialect].schema.indexes.filter(({ table }) => !(table in localTables))

  it('are all 49 of the seed, unique where the column is', () => {
    const wanted = seedIndexes.map(({ table, name, column }) => {
      const isDeviation = `${name} (${dialect})` in deviations
      const isOfOrganizations = table === 'organizations'
      return {
        table,
        name,
        columns: isDeviation && !isOfOrganizations ? ['organization_id', column] : [column],
        isUnique:
          seedColumns.some((c) => c.table === table && c.name === column && c.isUnique) &&
          !(isDeviation && isOfOrganizations),
        isPartial: false,
      }
    })
    expect(own()).toEqual(expect.arrayContaining(wanted))
  })

  it('go beyond the seed only where the registry says what for, and everything it lists is there', () => {
    const inSeed = new Set(seedIndexes.map(({ name }) => name))
    const added = own().filter(({ name }) => !inSeed.has(name))
    expect(added.map(({ name }) => name).sort()).toEqual(Object.keys(compositeIndexes).sort())
  })

  it('lead to the rows of every foreign key', () => {
    const { keys } = databases[dialect].schema
    const unindexed = keys
      .filter(({ table }) => !(table in localTables))
      .filter(({ table, column }) => !own().some((i) => i.table === table && i.columns[0] === column && !i.isPartial))
    expect(unindexed).toEqual([])
  })
})
