import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../main/app.ts'
import { keyFile } from '../../main/database/key.ts'
import { visitorOf } from '../support/app.ts'
import { password } from '../support/centre.ts'
import { runCli, serveCli } from '../support/cli.ts'
import { clientAt, testFolders } from '../support/host.ts'

const email = 'ada@example.org'
const passphrase = 'only for backups!'

let folder: string
let original: string
let backup: string
let code: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bdc-cli-'))
  original = join(folder, 'original')
  const app = await createApp({ dataDir: original, keys: keyFile(join(original, 'bdc.key')) })
  const admin = visitorOf(app)
  await admin.setup.createCentre({ organizationName: 'Kept', adminName: 'Ada', email, password })
  await admin.beneficiaries.create({ name: 'CANARY Lina' })
  await admin.keys.setPassphrase({ passphrase, use: 'backups', insteadOf: null, password })
  code = (await admin.keys.renewRecoveryCode({ password })).groups.join('-')
  await app.close()
  const made = await runCli('backup', '--data', original, '--to', join(folder, 'backups'))
  expect(made).toMatchObject({ code: 0, stderr: '' })
  backup = made.stdout.trim()
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

let data: string
let count = 0
beforeEach(() => {
  count += 1
  data = join(folder, `data-${count}`)
})

function written(text: string): string {
  const path = join(folder, `secret-${count}`)
  writeFileSync(path, `${text}\n`, { mode: 0o600 })
  return path
}

const copyOfOriginal = () => cpSync(original, data, { recursive: true })

/** The names of learners, and the actions in the log, as the program shows them. */
async function contentsOf(dataDir: string) {
  const app = await createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')) })
  try {
    const admin = visitorOf(app)
    await admin.identity.signIn({ email, password })
    const { rows } = await admin.beneficiaries.list({})
    const { rows: lines } = await admin.activity.list({ limit: 100 })
    const { lastRestore } = await admin.backups.state()
    return { names: rows.map(({ name }) => name), actions: lines.map(({ action }) => action), lastRestore }
  } finally {
    await app.close()
  }
}

async function addPerson(dataDir: string, name: string) {
  const app = await createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')) })
  const admin = visitorOf(app)
  await admin.identity.signIn({ email, password })
  await admin.beneficiaries.create({ name })
  await app.close()
}

describe('backup', { timeout: 60_000 }, () => {
  it('prints the folder it made, whose files are readable by their owner only and show nothing', () => {
    expect(backup).toMatch(/bdc-backup-\d{8}T\d{9}Z$/)
    for (const file of readdirSync(backup)) {
      expect(statSync(join(backup, file)).mode & 0o077).toBe(0)
      expect(readFileSync(join(backup, file)).includes('CANARY')).toBe(false)
    }
  })

  it('is refused with 3 while BDC uses the data, and makes nothing', async () => {
    copyOfOriginal()
    using folders = testFolders()
    await using _serving = await serveCli('--data', data, '--renderer', folders.rendererDir, '--port', '0')
    const refused = await runCli('backup', '--data', data, '--to', join(folder, 'none'))
    expect(refused).toMatchObject({ code: 3, stdout: '' })
    expect(readdirSync(folder)).not.toContain('none')
  })

  it('goes beside the data unless told otherwise', async () => {
    copyOfOriginal()
    const { stdout } = await runCli('backup', '--data', data)
    expect(stdout.startsWith(join(data, 'backups'))).toBe(true)
  })
})

describe('restore', { timeout: 60_000 }, () => {
  it.each<[string, () => string[], RegExp]>([
    ['nothing that opens it', () => [], /give --backup-passphrase-file or --recovery-code-file/],
    ['another passphrase', () => ['--backup-passphrase-file', written('not this one')], /passphrase does not open/],
    ['a typing mistake', () => ['--recovery-code-file', written(code.replace(/^./, 'U'))], /typing mistake/],
    ['half a code', () => ['--recovery-code-file', written(code.slice(0, 12))], /has 35 letters and digits/],
  ])('into an empty folder is refused with %s, and leaves nothing there', async (_what, secret, sentence) => {
    const refused = await runCli('restore', '--data', data, '--from', backup, ...secret())
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(sentence)
    expect(readdirSync(data).filter((name) => name !== 'bdc.db.lock')).toEqual([])
  })

  it('of a damaged backup is refused, and changes nothing', async () => {
    copyOfOriginal()
    const damaged = join(folder, 'bdc-backup-20200101T000000000Z')
    cpSync(backup, damaged, { recursive: true })
    const bytes = readFileSync(join(damaged, 'data.db'))
    bytes.writeUInt8(bytes.readUInt8(9000) ^ 1, 9000)
    writeFileSync(join(damaged, 'data.db'), bytes)
    const before = readFileSync(join(data, 'bdc.db'))
    const refused = await runCli('restore', '--data', data, '--from', damaged)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/is not what was written/)
    expect(readFileSync(join(data, 'bdc.db')).equals(before)).toBe(true)
  })

  it.each<[string, () => string[]]>([
    ['a passphrase', () => ['--backup-passphrase-file', written(passphrase)]],
    ['the recovery code', () => ['--recovery-code-file', written(code.toLowerCase())]],
  ])('makes a new computer out of an empty folder with %s, which then starts by itself', async (_what, secret) => {
    const done = await runCli('restore', '--data', data, '--from', backup, ...secret())
    expect(done).toMatchObject({ code: 0, stderr: '', stdout: `Restored ${backup} into ${data}.\n` })
    expect(await contentsOf(data)).toMatchObject({
      names: ['CANARY Lina'],
      actions: expect.arrayContaining(['backups.restored']),
      lastRestore: { keptAside: null },
    })
    expect(await runCli('audit', 'verify', '--data', data)).toMatchObject({ code: 0, stderr: '' })
    expect((await runCli('doctor', '--data', data)).code).toBe(0)
  })

  it('on the same computer needs nothing more, and keeps aside what was there', async () => {
    copyOfOriginal()
    await addPerson(data, 'After the backup')
    const done = await runCli('restore', '--data', data, '--from', backup)
    expect(done).toMatchObject({ code: 0, stderr: '' })
    const [, aside = ''] = /is kept as (\S+)\.\n$/.exec(done.stdout) ?? []
    expect(readdirSync(data)).toContain(aside)
    expect(await contentsOf(data)).toMatchObject({ names: ['CANARY Lina'], lastRestore: { keptAside: aside } })
  })

  it('gives up data whose keys are lost only when told to, and keeps those keys', async () => {
    copyOfOriginal()
    rmSync(join(data, 'bdc.key'))
    const secret = ['--backup-passphrase-file', written(passphrase)]
    const refused = await runCli('restore', '--data', data, '--from', backup, ...secret)
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toMatch(/--replace-keys yes/)
    expect(readdirSync(data).filter((name) => name.includes('aside') || name.includes('before-restore'))).toEqual([])

    const done = await runCli('restore', '--data', data, '--from', backup, ...secret, '--replace-keys', 'yes')
    expect(done).toMatchObject({ code: 0, stderr: '' })
    expect(await contentsOf(data)).toMatchObject({ names: ['CANARY Lina'] })
    const kept = readdirSync(data).filter((name) => name.includes('aside') || name.includes('before-restore'))
    expect(kept.some((name) => name.startsWith('bdc.keys'))).toBe(true)
    expect(kept.some((name) => name.startsWith('bdc.db.before-restore'))).toBe(true)
  })
})

describe('serve --passphrase-file', { timeout: 60_000 }, () => {
  const secret = 'four words of my own'

  it('refuses a passphrase that is short for new data, or a file that is not there or empty, and makes no database', async () => {
    using folders = testFolders()
    const start = (file: string) =>
      runCli('serve', '--data', data, '--renderer', folders.rendererDir, '--port', '0', '--passphrase-file', file)
    expect(await start(written('short'))).toMatchObject({ code: 2, stderr: expect.stringMatching(/12 characters/) })
    expect(await start(join(folder, 'nowhere'))).toMatchObject({ code: 2, stderr: expect.stringMatching(/not there/) })
    expect(await start(written(''))).toMatchObject({ code: 2, stderr: expect.stringMatching(/is empty/) })
    expect(() => statSync(join(data, 'bdc.db'))).toThrow(/ENOENT/)
  })

  it('makes data without a key file, opens it again with the passphrase, and with no other', async () => {
    using folders = testFolders()
    const options = ['--data', data, '--renderer', folders.rendererDir, '--port', '0', '--passphrase-file']
    const first = await serveCli(...options, written(secret))
    await clientAt(first.url).setup.createCentre({ organizationName: 'Locked', adminName: 'Ada', email, password })
    await first.stop('SIGTERM')
    expect(readdirSync(data)).not.toContain('bdc.key')
    const files = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) => !name.endsWith('.lock'))
    for (const name of files) expect(readFileSync(join(data, name)).includes(secret)).toBe(false)

    const refused = await runCli('serve', ...options, written('four words of hers'))
    expect(refused).toMatchObject({ code: 5, stdout: '' })
    expect(refused.stderr).toMatch(/This passphrase does not open/)

    await using again = await serveCli(...options, written(secret))
    expect(await clientAt(again.url).setup.status()).toMatchObject({ organizationName: 'Locked' })
    const seen = readFileSync(`/proc/${again.pid}/cmdline`, 'latin1')
    expect(seen).not.toContain(secret)
  })

  it('backs up and restores such data under its passphrase', async () => {
    using folders = testFolders()
    const file = written(secret)
    const options = ['--data', data, '--renderer', folders.rendererDir, '--port', '0', '--passphrase-file', file]
    const first = await serveCli(...options)
    await clientAt(first.url).setup.createCentre({ organizationName: 'Locked', adminName: 'Ada', email, password })
    await first.stop('SIGTERM')
    const made = await runCli('backup', '--data', data, '--passphrase-file', file)
    expect(made).toMatchObject({ code: 0, stderr: '' })
    const from = made.stdout.trim()
    const restored = await runCli('restore', '--data', data, '--from', from, '--passphrase-file', file)
    expect(restored).toMatchObject({ code: 0, stderr: '' })
    expect(await runCli('audit', 'verify', '--data', data, '--passphrase-file', file)).toMatchObject({ code: 0 })

    const fresh = join(folder, `fresh-${count}`)
    const elsewhere = await runCli('restore', '--data', fresh, '--from', from, '--backup-passphrase-file', file)
    expect(elsewhere).toMatchObject({ code: 0, stderr: '' })
  })
})
