import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createApp } from '../../main/app.ts'
import { openDatabase } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import { DataInUse } from '../../main/database/lock.ts'

it('lets one process at a time use a database, and the next one as soon as it is closed', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bdc-lock-'))
  const keys = keyFile(join(dataDir, 'bdc.key'))
  try {
    const app = await createApp({ dataDir, keys })
    await expect(createApp({ dataDir, keys })).rejects.toThrow(DataInUse)
    await app.close()
    const database = await openDatabase(join(dataDir, 'bdc.db'), keys)
    await database.close()
  } finally {
    rmSync(dataDir, { recursive: true })
  }
})
