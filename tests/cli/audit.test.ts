import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { expect, it } from 'vitest'
import { createApp } from '../../main/app.ts'
import { openDatabase } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import { memoryCredentials } from '../support/app.ts'
import { testCentre } from '../support/centre.ts'
import { runCli } from '../support/cli.ts'
import { temporaryFolder } from '../support/folder.ts'

/** A centre with two people: three lines in the log. */
async function filledFolder(): Promise<string> {
  const dataDir = temporaryFolder()
  const app = await createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')) })
  const context = { credentials: memoryCredentials(), ipAddress: '127.0.0.1', userAgent: 'test' }
  const { admin } = await testCentre({ visitor: () => createRouterClient(app.router, { context }) })
  for (const name of ['Maria', 'Jonas']) await admin.beneficiaries.create({ name })
  await app.close()
  return dataDir
}

it('finds a log whole that nobody altered, and says how many lines that are', async () => {
  const dataDir = await filledFolder()
  const { code, stdout, stderr } = await runCli('audit', 'verify', '--data', dataDir)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('organization 1: 3 lines verified')
})

it('fails and names the line when one was altered around the program, and never what it says', async () => {
  const dataDir = await filledFolder()
  const database = await openDatabase(join(dataDir, 'bdc.db'), keyFile(join(dataDir, 'bdc.key')))
  database.connection.exec(`DROP TRIGGER activity_logs_unchanged;
    UPDATE activity_logs SET details = json_set(details, '$.changes[0].fields.name[1]', 'CANARY') WHERE action = 'beneficiaries.create'`)
  await database.close()
  const { code, stdout, stderr } = await runCli('audit', 'verify', '--data', dataDir)
  expect(code).not.toBe(0)
  expect(stdout).toContain('ALTERED organization 1')
  expect(stderr).toMatch(/line 2 is not as it was written/)
  expect(stdout + stderr).not.toContain('CANARY')
})
