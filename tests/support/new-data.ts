import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../main/database/database.ts'
import { keyFile, keyLength } from '../../main/database/key.ts'
import { type Connection, openCopy } from '../../main/database/open.ts'

interface NewData {
  bytes: Buffer
  key: Buffer
}

let made: Promise<NewData> | undefined

/**
 * Puts an empty database into `dataDir`, as a first start does, with keys of its own. All of one process are copies of the
 * first: making one takes a quarter of a second, and most tests begin with one.
 */
export async function putNewData(dataDir: string): Promise<void> {
  made ??= makeNewData()
  const { bytes, key } = await made
  const path = join(dataDir, 'bdc.db')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  writeFileSync(path, bytes, { mode: 0o600 })
  const ownKey = randomBytes(keyLength)
  const copy = openCopy(path, key)
  try {
    renewLogKey(copy.connection)
    copy.rekey(ownKey)
  } finally {
    copy.close()
  }
  await keyFile(join(dataDir, 'bdc.key')).save(ownKey)
}

/** The key that the lines of the log are sealed with, which nothing in the program changes. */
function renewLogKey(connection: Connection) {
  const guard = `SELECT sql FROM sqlite_schema WHERE name = 'activity_key_unchanged'`
  const again = connection.prepare<[], string>(guard).pluck().get()
  connection.exec('DROP TRIGGER activity_key_unchanged')
  connection.prepare('UPDATE activity_key SET key = ?').run(randomBytes(keyLength).toString('hex'))
  connection.exec(again ?? '')
}

async function makeNewData(): Promise<NewData> {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-new-'))
  try {
    const path = join(folder, 'bdc.db')
    const database = await openDatabase(path, keyFile(join(folder, 'bdc.key')))
    await database.close()
    return { bytes: readFileSync(path), key: database.key }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
