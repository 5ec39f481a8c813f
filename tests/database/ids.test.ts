import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type DatabaseFile, openDatabase, type Writer } from '../../main/database/database.ts'
import { mintId, mintIds } from '../../main/database/ids.ts'
import { keyFile } from '../../main/database/key.ts'
import { type TableName, tableNames } from '../../main/database/registry.ts'
import { temporaryFolder } from '../support/folder.ts'
import { putNewData } from '../support/new-data.ts'
import { everyRow, insertRow } from '../support/rows.ts'

async function emptyDatabase(): Promise<DatabaseFile> {
  const folder = temporaryFolder()
  await putNewData(folder)
  const database = await openDatabase(join(folder, 'bdc.db'), keyFile(join(folder, 'bdc.key')))
  onTestFinished(() => database.close())
  return database
}

function insertCentre(db: Writer, id: number) {
  return db
    .insertInto('organizations')
    .values({ id, name: 'Centre', slug: `centre-${id}` })
    .execute()
}

const block = 2 ** 32

describe('a row is refused', () => {
  it.each(tableNames)('when its id was not minted: %s', async (table) => {
    const { connection } = await emptyDatabase()
    connection.pragma('foreign_keys = OFF')
    expect(() => insertRow(connection, table, everyRow[table])).toThrow(
      `${table}: the id was not minted on this machine`,
    )
  })

  it('without an id, or with one below or above the minted ones', async () => {
    const { connection, write } = await emptyDatabase()
    await write((db) => mintIds(db, 'organizations', 3))
    for (const id of [null, 0, -1, 4, block, block - 1]) {
      expect(() => insertRow(connection, 'organizations', { id, name: 'Centre' })).toThrow(/not minted/)
    }
    expect(() => connection.exec(`INSERT INTO organizations (name) VALUES ('Centre')`)).toThrow(/not minted/)
    insertRow(connection, 'organizations', { id: 3, name: 'Centre' })
  })

  it('with an id of the block of another site', async () => {
    const { write } = await emptyDatabase()
    await write((db) => mintId(db, 'organizations'))
    await expect(write((db) => insertCentre(db, 5 * block + 1))).rejects.toThrow(/not minted/)
  })

  it('with an id that was minted for another table', async () => {
    const { write } = await emptyDatabase()
    const id = await write((db) => mintId(db, 'users'))
    await expect(write((db) => insertCentre(db, id))).rejects.toThrow(/organizations: the id was not minted/)
  })

  it.each(tableNames)('when the site or the counter of its table is unknown: %s', async (table) => {
    const { connection, write } = await emptyDatabase()
    connection.pragma('foreign_keys = OFF')
    await write((db) => mintId(db, table))
    const insert = () => insertRow(connection, table, everyRow[table])
    for (const forget of ['DELETE FROM local_site', `DELETE FROM id_counters WHERE table_name = '${table}'`]) {
      connection.exec(`BEGIN; ${forget}`)
      expect(insert).toThrow(/not minted/)
      connection.exec('ROLLBACK')
    }
    insert()
  })
})

describe('an id', () => {
  it.each(tableNames)('never changes: %s', async (table) => {
    const { connection } = await emptyDatabase()
    connection.exec('PRAGMA foreign_keys = OFF; UPDATE id_counters SET next = 9')
    insertRow(connection, table, everyRow[table])
    expect(() => connection.exec(`UPDATE ${table} SET id = 2`)).toThrow(`${table}: an id never changes`)
  })

  it.each(tableNames)(
    'may be any while rows of other machines are put in, and none from elsewhere after that: %s',
    async (table) => {
      const { connection } = await emptyDatabase()
      connection.exec('PRAGMA foreign_keys = OFF; BEGIN; UPDATE local_site SET applying = 1')
      insertRow(connection, table, { ...everyRow[table], id: 5 * block + 7 })
      connection.exec(`UPDATE ${table} SET id = id + ${block}`)
      expect(connection.prepare(`SELECT id FROM ${table}`).pluck().all()).toEqual([6 * block + 7])
      connection.exec(`UPDATE local_site SET applying = 0`)
      expect(() => connection.exec(`UPDATE ${table} SET id = 2`)).toThrow('an id never changes')
      expect(() => insertRow(connection, table, { ...everyRow[table], id: 5 * block + 8 })).toThrow('not minted')
    },
  )

  it('is the next of its table, without gaps within a transaction', async () => {
    const { write } = await emptyDatabase()
    const minted = await write(async (db) => [
      await mintId(db, 'users'),
      ...(await mintIds(db, 'users', 3)),
      await mintId(db, 'users'),
      await mintId(db, 'organizations'),
    ])
    expect(minted).toEqual([1, 2, 3, 4, 5, 1])
    expect(await write((db) => mintId(db, 'users'))).toBe(6)
  })

  it('is given out again when the transaction that minted it did not happen', async () => {
    const { write } = await emptyDatabase()
    const rolledBack = write(async (db) => {
      await mintIds(db, 'users', 10)
      throw new Error('changed my mind')
    })
    await expect(rolledBack).rejects.toThrow('changed my mind')
    expect(await write((db) => mintId(db, 'users'))).toBe(1)
  })

  it('stands in the block of its site, and the highest of all is exact', async () => {
    const { connection, write } = await emptyDatabase()
    const lastSite = 2 ** 21 - 1
    connection.exec(`UPDATE local_site SET site = ${lastSite}; UPDATE id_counters SET next = ${block - 1}`)
    const id = await write(async (db) => {
      const id = await mintId(db, 'organizations')
      await insertCentre(db, id)
      return id
    })
    expect(id).toBe(Number.MAX_SAFE_INTEGER)
    expect(connection.prepare('SELECT id FROM organizations').pluck().get()).toBe(Number.MAX_SAFE_INTEGER)
    await expect(write((db) => mintId(db, 'organizations'))).rejects.toThrow(/CHECK constraint failed/)
  })

  it('of a site is bounded, and there is one site', async () => {
    const { connection } = await emptyDatabase()
    expect(() => connection.exec(`UPDATE local_site SET site = ${2 ** 21}`)).toThrow(/CHECK/)
    expect(() => connection.exec('INSERT INTO local_site (one, site) VALUES (2, 0)')).toThrow(/CHECK/)
  })
})

it('has a counter for every table of the registry', async () => {
  const { reader } = await emptyDatabase()
  const counted = await reader.selectFrom('id_counters').select('table_name').execute()
  expect(counted.map((row) => row.table_name as TableName).sort()).toEqual([...tableNames].sort())
})
