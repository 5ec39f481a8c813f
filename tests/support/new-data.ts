import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'

let made: Promise<Map<string, Buffer>> | undefined

/**
 * Puts an empty database with its key into `dataDir`, as a first start does. All of one process are copies of the first:
 * making one takes a quarter of a second, and most tests begin with one.
 */
export async function putNewData(dataDir: string): Promise<void> {
  made ??= makeNewData()
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  for (const [name, bytes] of await made) writeFileSync(join(dataDir, name), bytes, { mode: 0o600 })
}

async function makeNewData(): Promise<Map<string, Buffer>> {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-new-'))
  try {
    await (await openDatabase(join(folder, 'bdc.db'), keyFile(join(folder, 'bdc.key')))).close()
    return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
