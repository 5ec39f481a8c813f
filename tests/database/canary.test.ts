import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDatabase } from '../../main/database/database.ts'
import { mintId } from '../../main/database/ids.ts'
import { keyFile } from '../../main/database/key.ts'
import { migrateDown, migrateUp } from '../../main/database/migrate.ts'
import { replaceDatabase } from '../../main/database/replace.ts'
import { temporaryFolder } from '../support/folder.ts'
import { numbered, ownSteps, stepsFolder } from '../support/migrations.ts'

const canary = 'CANARY-7f3a-tweet-tweet'

/** The files of a folder that hold the canary in any byte, in the two encodings that SQLite writes. */
function singing(folder: string): string[] {
  const songs = [Buffer.from(canary, 'utf8'), Buffer.from(canary, 'utf16le')]
  return filesIn(folder).filter((file) => songs.some((song) => readFileSync(join(folder, file)).includes(song)))
}

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file !== 'steps')
    .sort()
}

it('writes no text readably into the database, its log, its copies, or what it is returned from', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'bdc.db')
  const keys = keyFile(join(folder, 'bdc.key'))
  const database = await openDatabase(path, keys)
  for (let count = 0; count < 50; count += 1) {
    await database.write(async (db) => {
      const id = await mintId(db, 'settings')
      await db
        .insertInto('settings')
        .values({ id, key: `${canary}-${count}`, value: `${canary} `.repeat(500), category: canary })
        .execute()
    })
  }
  const known = await database.reader.selectFrom('settings').select('category').executeTakeFirst()
  expect(known?.category).toBe(canary)
  expect(filesIn(folder)).toEqual(expect.arrayContaining(['bdc.db', 'bdc.db-shm', 'bdc.db-wal']))
  expect(readFileSync(`${path}-wal`).length).toBeGreaterThan(100_000)
  expect(singing(folder)).toEqual([])

  database.connection.pragma('wal_checkpoint(TRUNCATE)')
  expect(readFileSync(path).length).toBeGreaterThan(500_000)
  expect(singing(folder)).toEqual([])
  await database.close()

  const key = await keys.load()
  if (!key) throw new Error('The key was not kept.')
  await migrateDown(path, key, 2)
  const migrated = await migrateUp(path, key)
  migrated.close()
  const seen: string[] = []
  const look = () => seen.push(...singing(folder))
  const failing = stepsFolder(join(folder, 'steps'), [
    { name: numbered(ownSteps + 1, 'fails'), up: 'SELECT * FROM nowhere;' },
  ])
  await expect(migrateUp(path, key, { folder: failing, onPoint: look })).rejects.toThrow(/could not update/)
  replaceDatabase(path, join(folder, filesIn(folder).find((file) => file.endsWith('.copy')) ?? ''), look)
  expect(filesIn(folder).filter((file) => file.endsWith('.copy'))).toHaveLength(3)
  expect([...seen, ...singing(folder)]).toEqual([])
})
