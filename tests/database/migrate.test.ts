import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type MigrateOptions, migrateDown, migrateUp } from '../../main/database/migrate.ts'
import { type Connection, openConnection } from '../../main/database/open.ts'
import { tableNames } from '../../main/database/registry.ts'
import { safeCopies } from '../../main/database/safe-copy.ts'
import { MigrationFailed, MigrationRefused } from '../../main/database/steps.ts'
import { temporaryFolder } from '../support/folder.ts'
import {
  numbered,
  ownSteps,
  type PlantedStep,
  rowsOf,
  schemaOf,
  startsLikePlainSqlite,
  stepsFolder,
  stepsTaken,
} from '../support/migrations.ts'
import { allowIds, insertEveryRow } from '../support/rows.ts'

const next = ownSteps + 1
const addsColumn: PlantedStep = {
  name: numbered(next, 'nickname'),
  up: `ALTER TABLE users ADD COLUMN nickname TEXT;\nUPDATE users SET nickname = 'the ' || name;`,
  down: 'ALTER TABLE users DROP COLUMN nickname;',
}
const fails: PlantedStep = {
  name: numbered(next + 1, 'too-much'),
  up: 'DELETE FROM error_logs; INSERT INTO nowhere VALUES (1);',
}

interface Used {
  folder: string
  path: string
  key: Buffer
  rows: Record<string, unknown[]>
  up(planted?: PlantedStep[], options?: MigrateOptions): Promise<Connection>
  /** What the database holds, seen by somebody who does not migrate. */
  look<T>(at: (connection: Connection) => T, path?: string): T
}

/** A closed database with a row in every table, as the steps of the application leave it. */
async function usedDatabase(): Promise<Used> {
  const folder = temporaryFolder()
  const path = join(folder, 'bdc.db')
  const key = randomBytes(32)
  const connection = await migrateUp(path, key)
  allowIds(connection)
  insertEveryRow(connection)
  const rows = rowsOf(connection)
  connection.close()
  return {
    folder,
    path,
    key,
    rows,
    async up(planted = [], options = {}) {
      const migrated = await migrateUp(path, key, { folder: stepsFolder(join(folder, 'steps'), planted), ...options })
      onTestFinished(() => void migrated.close())
      return migrated
    },
    look(at, file = path) {
      const looking = openConnection(file, key, { readonly: true })
      try {
        return at(looking)
      } finally {
        looking.close()
      }
    },
  }
}

describe('an update is refused, and nothing is changed', () => {
  it('when the database knows a step that this version does not', async () => {
    const { up, path, key } = await usedDatabase()
    const newer = await up([addsColumn])
    newer.close()
    const before = readFileSync(path)
    await expect(migrateUp(path, key)).rejects.toThrow(MigrationRefused)
    await expect(migrateUp(path, key)).rejects.toThrow(/newer BDC.*nickname.*install the newest BDC/)
    await expect(migrateDown(path, key, 0)).rejects.toThrow(/newer BDC/)
    expect(readFileSync(path)).toEqual(before)
  })

  it('when a step that the database went through has another text', async () => {
    const { up, path } = await usedDatabase()
    const migrated = await up([addsColumn])
    migrated.close()
    const before = readFileSync(path)
    const edited = { ...addsColumn, up: `${addsColumn.up}\nUPDATE users SET nickname = NULL;` }
    await expect(up([edited, fails])).rejects.toThrow(/nickname that differs from the one in this BDC/)
    expect(readFileSync(path)).toEqual(before)
  })

  it('but not for line ends of another machine', async () => {
    const { up, folder, look } = await usedDatabase()
    const migrated = await up([addsColumn])
    migrated.close()
    const file = join(folder, 'steps', `${addsColumn.name}.up.sql`)
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'))
    await migrateUpAndClose(up())
    expect(look(stepsTaken)).toBe(next)
  })

  it('when the record of the steps is gone', async () => {
    const { path, key, up } = await usedDatabase()
    const connection = openConnection(path, key)
    connection.exec('DROP TABLE schema_steps')
    connection.close()
    await expect(up([addsColumn])).rejects.toThrow(/does not say which updates .* restore it from a backup/)
  })

  it('while somebody else has the database open', async () => {
    const { path, key, up, look } = await usedDatabase()
    const other = openConnection(path, key, { readonly: true })
    other.prepare('SELECT count(*) FROM users').get()
    await expect(up([addsColumn])).rejects.toThrow(/Another BDC has .* open: close it/)
    other.close()
    expect(look(stepsTaken)).toBe(ownSteps)
  }, 20_000)

  it('when the disk has no room for a copy', async () => {
    const { folder, up, look } = await usedDatabase()
    await expect(up([addsColumn], { freeBytes: () => 100_000 })).rejects.toThrow(/disk is too full .* free [1-9] MB/)
    expect(filesIn(folder)).toEqual(['bdc.db'])
    expect(look(stepsTaken)).toBe(ownSteps)
  })

  it('when the database is damaged, so that no good copy can be made', async () => {
    const { path, folder, up } = await usedDatabase()
    damage(path)
    const bytes = readFileSync(path)
    await expect(up([addsColumn])).rejects.toThrow(/could not copy .*: check the disk, or restore a backup/)
    expect(readFileSync(path)).toEqual(bytes)
    expect(filesIn(folder).filter((file) => file.endsWith('.copy'))).toEqual([])
  })

  it.each([
    ['is damaged on its way to the disk', damage],
    ['lacks a row', loseRow],
  ])('when the copy %s', async (_, spoil) => {
    const { folder, key, rows, up, look } = await usedDatabase()
    const onPoint = (point: string) => {
      const part = filesIn(folder).find((file) => file.endsWith('.copy.part'))
      if (point === 'copy written' && part) spoil(join(folder, part), key)
    }
    await expect(up([addsColumn], { onPoint })).rejects.toThrow(/could not copy .* Nothing was changed/)
    expect(look(rowsOf)).toEqual(rows)
    expect(look(stepsTaken)).toBe(ownSteps)
    expect(filesIn(folder).filter((file) => file.endsWith('.copy'))).toEqual([])
  })

  it.each([
    ['has a number twice', { name: numbered(next - 1, 'twice'), up: 'SELECT 1;' }, /should be step/],
    ['leaves a number out', { name: numbered(next + 1, 'later'), up: 'SELECT 1;' }, /should be step/],
    ['has no number', { name: 'rooms', up: 'SELECT 1;' }, /should be step/],
  ])('when the folder of steps %s', async (_, planted, message) => {
    const { up } = await usedDatabase()
    await expect(up([planted])).rejects.toThrow(message)
  })

  it('when a step has no way down', async () => {
    const { up, folder, path, key } = await usedDatabase()
    stepsFolder(join(folder, 'steps'), [addsColumn])
    rmSync(join(folder, 'steps', `${addsColumn.name}.down.sql`))
    await expect(migrateUp(path, key, { folder: join(folder, 'steps') })).rejects.toThrow(/no such file.*down\.sql/)
    await migrateUpAndClose(up([addsColumn]))
  })
})

describe('a step that fails', () => {
  it('gives back the database as it was before the first step of the update', async () => {
    const { path, rows, up, look } = await usedDatabase()
    const before = look(schemaOf)
    const update = up([addsColumn, fails])
    await expect(update).rejects.toThrow(MigrationFailed)
    await expect(update).rejects.toThrow(/too-much.*as it was before the update: install the BDC that you used before/)
    await expect(update).rejects.toMatchObject({ cause: { message: 'no such table: nowhere' } })
    await expect(update).rejects.toThrow(safeCopies(path)[0])
    expect(look(rowsOf)).toEqual(rows)
    expect(look(schemaOf)).toEqual(before)
  })

  it('leaves nothing behind but the copy, and an update with the mistake corrected succeeds', async () => {
    const { folder, rows, up } = await usedDatabase()
    await expect(up([addsColumn, fails])).rejects.toThrow(MigrationFailed)
    expect(filesIn(folder)).toEqual([
      'bdc.db',
      expect.stringMatching(new RegExp(`^bdc\\.db\\.v000${ownSteps}\\..*\\.copy$`)),
    ])

    const migrated = await up([addsColumn, { ...fails, up: 'UPDATE error_logs SET traceback = NULL;' }])
    expect(stepsTaken(migrated)).toBe(next + 1)
    expect(rowsOf(migrated, ['responses'])).toEqual({ responses: rows.responses })
  })

  it('fails before its commit when it takes away what rows refer to', async () => {
    const { rows, up, look } = await usedDatabase()
    const orphans: PlantedStep = { name: numbered(next, 'orphans'), up: 'DELETE FROM questions;' }
    await expect(up([orphans])).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/lose what they refer to in questions/) },
    })
    expect(look(rowsOf)).toEqual(rows)
  })

  it('says so of a database that was only being made', async () => {
    const folder = temporaryFolder()
    const steps = stepsFolder(join(folder, 'steps'), [{ ...fails, name: numbered(next, 'too-much') }])
    const making = migrateUp(join(folder, 'bdc.db'), randomBytes(32), { folder: steps })
    await expect(making).rejects.toThrow(/too-much.*Nothing was stored in it yet/)
    expect(filesIn(folder)).toEqual(['bdc.db'])
  })
})

describe('an update', () => {
  it('is written down with its text and time', async () => {
    const { up } = await usedDatabase()
    const migrated = await up([addsColumn], { now: () => new Date('2026-11-23T06:30:00.123Z') })
    const [last] = migrated.prepare('SELECT * FROM schema_steps ORDER BY number DESC').all()
    expect(last).toEqual({
      number: next,
      name: addsColumn.name,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      applied_at: '2026-11-23T06:30:00.123Z',
    })
    expect(stepsTaken(migrated)).toBe(next)
    expect(migrated.pragma('foreign_keys', { simple: true })).toBe(1)
  })

  it('may rebuild a table without losing the rows that refer to it', async () => {
    const { rows, up } = await usedDatabase()
    const rebuild: PlantedStep = {
      name: numbered(next, 'rebuild'),
      up: `CREATE TABLE new_questions AS SELECT * FROM questions; DROP TABLE questions;
           ALTER TABLE new_questions RENAME TO questions; CREATE UNIQUE INDEX q ON questions (id);`,
    }
    const migrated = await up([rebuild])
    expect(rowsOf(migrated, ['responses', 'attempts'])).toEqual({ responses: rows.responses, attempts: rows.attempts })
  })

  it('lets others open the file afterwards', async () => {
    const { path, key, up } = await usedDatabase()
    const migrated = await up([addsColumn])
    const reader = openConnection(path, key, { readonly: true })
    expect(reader.prepare('SELECT nickname FROM users').pluck().get()).toBe("the Awa N'Diaye-Diop")
    reader.close()
    expect(migrated.open).toBe(true)
  })
})

describe('the copy before an update', () => {
  it('is not made of a new database, nor when there is nothing to do', async () => {
    const { folder, up } = await usedDatabase()
    await migrateUpAndClose(up())
    expect(filesIn(folder)).toEqual(['bdc.db'])
  })

  it('holds everything, under the same key, for its owner only, and is named after its schema and time', async () => {
    const { folder, path, rows, up, look } = await usedDatabase()
    await migrateUpAndClose(up([addsColumn], { now: () => new Date('2026-11-23T06:30:00.123Z') }))
    const copy = join(folder, `bdc.db.v000${ownSteps}.20261123T063000123Z.copy`)
    expect(safeCopies(path)).toEqual([copy])
    expect(look(rowsOf, copy)).toEqual(rows)
    expect(look(stepsTaken, copy)).toBe(ownSteps)
    expect(startsLikePlainSqlite(copy)).toBe(false)
    expect(statSync(copy).mode & 0o077).toBe(0)
    expect(() => openConnection(copy, randomBytes(32), { readonly: true })).toThrow(/The key does not open/)
  })

  it('is one of the newest three', async () => {
    const { path, key } = await usedDatabase()
    for (const day of ['01', '02', '03', '04']) {
      await migrateDown(path, key, 2, { now: () => new Date(`2026-11-${day}T00:00:00.000Z`) })
      await migrateUpAndClose(migrateUp(path, key, { now: () => new Date(`2026-11-${day}T12:00:00.000Z`) }))
    }
    expect(safeCopies(path).map((copy) => copy.slice(path.length))).toEqual([
      '.v0002.20261104T120000000Z.copy',
      `.v000${ownSteps}.20261104T000000000Z.copy`,
      '.v0002.20261103T120000000Z.copy',
    ])
  })

  it('stays when the clock was set back', async () => {
    const { path, key } = await usedDatabase()
    for (const year of ['2028', '2027', '2029', '2001']) {
      await migrateDown(path, key, 2, { now: () => new Date(`${year}-01-01T00:00:00.000Z`) })
      await migrateUpAndClose(migrateUp(path, key, { now: () => new Date(`${year}-01-01T00:00:00.000Z`) }))
    }
    expect(safeCopies(path).at(-1)).toContain('.v0002.20010101')
    expect(safeCopies(path)).toHaveLength(3)
  })
})

describe('down', () => {
  it('and up again leaves the same schema and the same data', async () => {
    const { path, key, rows, look } = await usedDatabase()
    const before = look(schemaOf)
    await migrateDown(path, key, 1)
    expect(look(stepsTaken)).toBe(1)
    expect(look((connection) => rowsOf(connection, tableNames))).toEqual(ofTables(rows, tableNames))

    await migrateUpAndClose(migrateUp(path, key))
    expect(look(schemaOf)).toEqual(before)
    expect(look((connection) => rowsOf(connection, tableNames))).toEqual(ofTables(rows, tableNames))
  })

  it('and up again never gives out a number that a row already has', async () => {
    const { path, key } = await usedDatabase()
    await migrateDown(path, key, 1)
    const migrated = await migrateUp(path, key)
    onTestFinished(() => void migrated.close())
    expect(migrated.prepare('SELECT DISTINCT next FROM id_counters').pluck().all()).toEqual([2])
  })

  it('takes back one added column and nothing else', async () => {
    const { path, key, rows, up, look, folder } = await usedDatabase()
    const before = look(schemaOf)
    await migrateUpAndClose(up([addsColumn]))
    await migrateDown(path, key, ownSteps, { folder: join(folder, 'steps') })
    expect(look(rowsOf)).toEqual(rows)
    expect(look(schemaOf)).toEqual(before)
  })

  it('to the very beginning leaves all data in the copy alone', async () => {
    const { path, key, rows, look } = await usedDatabase()
    const before = look(schemaOf)
    await migrateDown(path, key, 0)
    expect(look(rowsOf)).toEqual({})
    expect(look(rowsOf, safeCopies(path)[0])).toEqual(rows)

    await migrateUpAndClose(migrateUp(path, key))
    expect(look(schemaOf)).toEqual(before)
  })

  it('is refused where a machine would forget which site it is', async () => {
    const { path, key, look } = await usedDatabase()
    const connection = openConnection(path, key)
    connection.exec('UPDATE local_site SET site = 7')
    connection.close()
    await expect(migrateDown(path, key, 1)).rejects.toThrow(/minted-ids.*as it was before/)
    expect(look((c) => c.prepare('SELECT site FROM local_site').pluck().get())).toBe(7)
    expect(look(stepsTaken)).toBe(ownSteps)
  })
})

function damage(path: string) {
  const bytes = readFileSync(path)
  const middle = Math.floor(bytes.length / 2)
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle)
  writeFileSync(path, bytes)
}

function loseRow(path: string, key: Buffer) {
  const connection = openConnection(path, key)
  connection.exec('DELETE FROM error_logs')
  connection.close()
}

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file !== 'steps')
    .sort()
}

async function migrateUpAndClose(migrated: Promise<Connection>) {
  const connection = await migrated
  connection.close()
}

function ofTables(rows: Record<string, unknown[]>, tables: readonly string[]) {
  return Object.fromEntries(Object.entries(rows).filter(([table]) => tables.includes(table)))
}
