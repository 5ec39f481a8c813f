import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { keyFile } from '../../main/database/key.ts'
import { openConnection } from '../../main/database/open.ts'
import { tableNames } from '../../main/database/registry.ts'
import { testApp } from '../support/app.ts'
import { choice, essay, password, publishedAssessment, testCentre } from '../support/centre.ts'
import { runCli } from '../support/cli.ts'

const canary = 'CANARY-51c2-tweet'
const songs = [Buffer.from(canary), Buffer.from(canary, 'utf16le')]

/** Every file below a folder. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

const holding = (folder: string, what: Buffer[]) =>
  filesBelow(folder).filter((path) => what.some((song) => readFileSync(path).includes(song)))

/** Whose text a call is admitted by. */
const needed = new Set(['sessions', 'password_hash'])

/** Makes every text column of every table sing, but those that a rule of their own keeps from it; says how many do. */
function singEverywhere(dataDir: string, key: Buffer): number {
  const connection = openConnection(join(dataDir, 'bdc.db'), key)
  let written = 0
  for (const table of tableNames.filter((name) => !needed.has(name))) {
    const columns = connection.prepare<[string], string>(
      `SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT' AND name NOT LIKE '%\\_at' ESCAPE '\\'`,
    )
    for (const column of columns
      .pluck()
      .all(table)
      .filter((name) => !needed.has(name))) {
      try {
        connection.exec(`UPDATE ${table} SET ${column} = '${canary}'`)
        written += 1
      } catch (error) {
        expect(String(error)).toMatch(/constraint|JSON|only ever added/i)
      }
    }
  }
  connection.close()
  return written
}

describe('no text of a centre and no key of it', { timeout: 60_000 }, () => {
  it('stands in any byte of its folder: database, log, backups, aside, keys, or of what a command says', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await admin.beneficiaries.create({ name: canary, phone: canary, notes: canary })
    await publishedAssessment(admin, [choice, essay])
    const temporary = mkdtempSync(join(tmpdir(), 'bdc-canary-'))
    onTestFinished(() => rmSync(temporary, { recursive: true }))
    await admin.keys.renewRecoveryCode({ password })
    await admin.backups.configure({ secondFolder: temporary, every: 'day' })
    const key = await keyFile(join(app.dataDir, 'bdc.key')).load()
    if (!key) throw new Error('There is no key.')
    expect(singEverywhere(app.dataDir, key)).toBeGreaterThan(50)
    await admin.backups.begin()
    await expect.poll(async () => (await admin.backups.state()).backups.length, { timeout: 45_000 }).toBe(2)
    expect(statSync(join(app.dataDir, 'bdc.db-wal')).size).toBeGreaterThan(0)
    const secrets = [key, ...(['hex', 'base64', 'base64url'] as const).map((form) => Buffer.from(key.toString(form)))]
    expect(holding(app.dataDir, [...songs, ...secrets])).toEqual([])
    expect(holding(temporary, [...songs, ...secrets])).toEqual([])

    await app.pause()
    const doctor = await runCli('doctor', '--data', app.dataDir)
    for (const secret of [canary, key.toString('hex')]) expect(doctor.stdout + doctor.stderr).not.toContain(secret)
    expect(holding(app.dataDir, [...songs, ...secrets])).toEqual([])
  })

  it('is open to others: every file belongs to its owner alone, every folder too', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await admin.backups.begin()
    await expect.poll(async () => (await admin.backups.state()).backups.length, { timeout: 45_000 }).toBe(1)
    mkdirSync(join(app.dataDir, 'backups'), { recursive: true })
    const open = readdirSync(app.dataDir, { recursive: true, encoding: 'utf8' }).filter(
      (name) => (statSync(join(app.dataDir, name)).mode & 0o077) !== 0,
    )
    expect(open).toEqual([])
    expect(statSync(app.dataDir).mode & 0o077).toBe(0)
  })
})

describe('a core dump', { timeout: 60_000 }, () => {
  it.runIf(process.platform === 'linux')('is not written by the host, which would hold the key', async () => {
    const { serveCli } = await import('../support/cli.ts')
    const { testFolders } = await import('../support/host.ts')
    using folders = testFolders()
    await using serving = await serveCli('--data', folders.dataDir, '--renderer', folders.rendererDir, '--port', '0')
    const limits = readFileSync(`/proc/${serving.pid}/limits`, 'utf8')
    expect(limits).toMatch(/Max core file size\s+0\s+0/)
    const key = await keyFile(join(folders.dataDir, 'bdc.key')).load()
    const seen = ['cmdline', 'environ'].map((file) => readFileSync(`/proc/${serving.pid}/${file}`, 'latin1')).join('')
    expect(seen).not.toContain(key?.toString('hex'))
  })
})
