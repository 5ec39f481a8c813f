import { randomBytes } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { migrateUp } from '../../main/database/migrate.ts'
import { type Connection, openConnection } from '../../main/database/open.ts'
import { temporaryFolder } from '../support/folder.ts'
import { startsLikePlainSqlite } from '../support/migrations.ts'

const off = 0
const on = 1
const full = 2
const memory = 2

const always = {
  journal_mode: 'wal',
  foreign_keys: on,
  recursive_triggers: on,
  temp_store: memory,
  busy_timeout: 5000,
  trusted_schema: off,
  cell_size_check: on,
  checkpoint_fullfsync: on,
}

/** A database that one connection has open already, because the first one after the file is made shows other values. */
async function openedDatabase() {
  const path = join(temporaryFolder(), 'bdc.db')
  const key = randomBytes(32)
  const first = await migrateUp(path, key)
  onTestFinished(() => void first.close())
  return { path, key, first }
}

function another(path: string, key: Buffer, options?: { readonly: boolean }): Connection {
  const connection = openConnection(path, key, options)
  onTestFinished(() => void connection.close())
  return connection
}

function settingsOf(connection: Connection, names: string[]) {
  return Object.fromEntries(names.map((name) => [name, connection.pragma(name, { simple: true })]))
}

describe('the file', () => {
  it('cannot be read with another key, or with none', async () => {
    const { path } = await openedDatabase()
    expect(() => openConnection(path, randomBytes(32))).toThrow(/The key does not open/)
    expect(() => openConnection(path, Buffer.alloc(0))).toThrow()
  })

  it('does not say that it is a database, and belongs to its owner alone', async () => {
    const { path, first } = await openedDatabase()
    first.pragma('wal_checkpoint(TRUNCATE)')
    expect(startsLikePlainSqlite(path)).toBe(false)
    expect(readFileSync(path).includes('CREATE TABLE')).toBe(false)
    expect(statSync(path).mode & 0o077).toBe(0)
    expect(statSync(`${path}-wal`).mode & 0o077).toBe(0)
    expect(first.pragma('cipher', { simple: true })).toBe('sqlcipher')
  })

  it('notices a changed byte in any page', async () => {
    const { path, key, first } = await openedDatabase()
    first.close()
    const bytes = readFileSync(path)
    const pages = bytes.length / 4096
    for (const page of [0, 1, Math.floor(pages / 2), pages - 1]) {
      const damaged = Buffer.from(bytes)
      const at = page * 4096 + 2000
      damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at)
      writeFileSync(path, damaged)
      expect(() => {
        const connection = another(path, key)
        const result = connection.pragma('integrity_check', { simple: true })
        if (result !== 'ok') throw new Error(String(result))
      }).toThrow()
    }
  })
})

describe('every connection', () => {
  it('writes durably and trusts nothing that the file says', async () => {
    const { path, key, first } = await openedDatabase()
    const wanted = { ...always, synchronous: full, secure_delete: on }
    expect(settingsOf(another(path, key), Object.keys(wanted))).toEqual(wanted)
    expect(settingsOf(first, Object.keys(wanted))).toEqual(wanted)
  })

  it('that only reads has the same settings and cannot write', async () => {
    const { path, key } = await openedDatabase()
    const reading = another(path, key, { readonly: true })
    expect(settingsOf(reading, Object.keys(always))).toEqual(always)
    expect(() => reading.exec('DELETE FROM settings')).toThrow(/readonly/)
  })
})
