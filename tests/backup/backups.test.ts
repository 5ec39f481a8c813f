import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeBackup } from '../../main/backup/make.ts'
import { backupKey, dataFile, manifestFile, readManifest } from '../../main/backup/manifest.ts'
import { checkBackup, idsSkipped } from '../../main/backup/restore.ts'
import { keyFile } from '../../main/database/key.ts'
import { openConnection, openCopy } from '../../main/database/open.ts'
import { type Client, type TestApp, testApp } from '../support/app.ts'
import { password, publishedAssessment, testCentre, testTrainer } from '../support/centre.ts'
import { temporaryFolder } from '../support/folder.ts'
import { startsLikePlainSqlite } from '../support/migrations.ts'
import { refusalKey } from '../support/refusal.ts'

/** Waits until nothing is under way. */
async function idle(admin: Client) {
  for (;;) {
    const state = await admin.backups.state()
    if (!state.running) return state
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function madeBackup(admin: Client) {
  await admin.backups.begin()
  const { backups, lastFailure } = await idle(admin)
  const [newest] = backups
  if (!newest) throw new Error(`There is no backup: ${lastFailure?.reason}`)
  return newest
}

async function keyOf(app: TestApp) {
  const key = await keyFile(join(app.dataDir, 'bdc.key')).load()
  if (!key) throw new Error('There is no key.')
  return key
}

/** Restores, closes the app as its host does, and opens it again. */
async function restored(app: TestApp, admin: Client, input: Parameters<Client['backups']['restore']>[0]) {
  await admin.backups.restore(input)
  await app.restart()
}

const named = ({ folder, name }: { folder: string; name: string }) => ({ folder, name, secret: null })

describe('backups', { timeout: 60_000 }, () => {
  it('are for administrators', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const trainer = await testTrainer(app, admin)
    for (const visitor of [trainer, app.visitor()]) {
      const expected = visitor === trainer ? 'door.forbidden' : 'door.signInFirst'
      expect(await refusalKey(visitor.backups.state())).toBe(expected)
      expect(await refusalKey(visitor.backups.begin())).toBe(expected)
      expect(await refusalKey(visitor.backups.inFolder({ folder: '/' }))).toBe(expected)
    }
  })

  it.each<[string, (dataDir: string) => string, string]>([
    ['a path that is not whole', () => 'usb', 'backups.folderMissing'],
    ['a folder that is not there', (dataDir) => join(dataDir, '../nowhere/at/all'), 'backups.folderMissing'],
    ['a folder inside the data', (dataDir) => join(dataDir, 'backups'), 'backups.folderInData'],
    ['the data itself', (dataDir) => dataDir, 'backups.folderInData'],
    ['a file', (dataDir) => join(dataDir, '../bdc-file'), 'backups.folderMissing'],
  ])('are not sent to %s', async (_what, folderIn, refusal) => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    expect(await refusalKey(admin.backups.configure({ secondFolder: folderIn(app.dataDir), every: 'day' }))).toBe(
      refusal,
    )
    expect((await admin.backups.state()).secondFolder).toBeNull()
  })

  it('are checked, encrypted with a key of their own, readable by their owner only, and say how much is in them', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await admin.beneficiaries.create({ name: 'CANARY Lina' })
    await publishedAssessment(admin)
    const backup = await madeBackup(admin)
    expect(backup).toMatchObject({ people: 1, assessments: 1, answers: 0, isOwn: true, reason: 'asked' })

    const place = join(backup.folder, backup.name)
    expect(readdirSync(place).sort()).toEqual(['data.db', 'manifest.json'])
    expect(statSync(place).mode & 0o777).toBe(0o700)
    for (const file of [dataFile(place), manifestFile(place)]) {
      expect(statSync(file).mode & 0o777).toBe(0o600)
      expect(readFileSync(file).includes('CANARY')).toBe(false)
      expect(readFileSync(file).includes('Centre')).toBe(false)
    }
    expect(startsLikePlainSqlite(dataFile(place))).toBe(false)
    const key = await keyOf(app)
    expect(() => openConnection(dataFile(place), key, { readonly: true })).toThrow(/does not open/)
    const { salt } = readManifest(place)
    const copy = openCopy(dataFile(place), backupKey(key, salt))
    expect(copy.connection.prepare('SELECT name FROM users WHERE role = ?').pluck().all('student')).toEqual([
      'CANARY Lina',
    ])
    copy.close()
  })

  it('go to a second place too, and say when it is away', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const stick = temporaryFolder()
    await admin.backups.configure({ secondFolder: stick, every: 'day' })
    const backup = await madeBackup(admin)
    expect(readdirSync(stick)).toEqual([backup.name])
    checkBackup(join(stick, backup.name), await keyOf(app))
    expect((await admin.backups.state()).lastElsewhereAt).not.toBeNull()
    rmSync(stick, { recursive: true })
    await madeBackup(admin)
    expect(await admin.backups.state()).toMatchObject({ isSecondReachable: false, lastFailure: null })
  })

  it('are made one at a time, and what is cancelled leaves nothing', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await admin.backups.begin()
    expect(await refusalKey(admin.backups.begin())).toBe('backups.busy')
    await admin.backups.cancel()
    const { backups, ownFolder } = await idle(admin)
    expect(backups).toEqual([])
    expect(readdirSync(ownFolder)).toEqual([])
  })

  it.each<[string, (place: string) => void]>([
    ['one flipped bit in the data', (place) => flip(dataFile(place), 3 * 4096 + 77)],
    ['half of the data', (place) => writeFileSync(dataFile(place), readFileSync(dataFile(place)).subarray(0, 8192))],
    ['another count', (place) => rewrite(place, (text) => text.replace(/"users": \d+/, '"users": 77'))],
    ['another date', (place) => rewrite(place, (text) => text.replace(/"madeAt": "20/, '"madeAt": "19'))],
    ['another way in', (place) => rewrite(place, (text) => JSON.stringify({ ...JSON.parse(text), slots: [] }))],
  ])('with %s are found out by the test, the preview and the restore, and change nothing', async (_what, spoil) => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await admin.keys.renewRecoveryCode({ password })
    const backup = await madeBackup(admin)
    spoil(join(backup.folder, backup.name))
    const at = named(backup)
    expect(await refusalKey(admin.backups.test({ folder: at.folder, name: at.name }))).toBe('backups.damaged')
    expect((await admin.backups.state()).lastTest).toMatchObject({ isGood: false })
    expect(await refusalKey(admin.backups.preview(at))).toBe('backups.damaged')
    expect(await refusalKey(admin.backups.restore({ ...at, password }))).toBe('backups.damaged')
    await app.restart()
    expect(await admin.setup.status()).toMatchObject({ organizationName: 'Centre' })
    expect(readdirSync(app.dataDir).filter((name) => name.includes('restore'))).toEqual([])
  })

  it('pass a test that goes all the way of a restore and leaves nothing behind', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { folder, name } = await madeBackup(admin)
    const before = readdirSync(app.dataDir).sort()
    await admin.backups.test({ folder, name })
    expect((await admin.backups.state()).lastTest).toMatchObject({ isGood: true, name })
    expect(readdirSync(app.dataDir).filter((file) => !before.includes(file))).toEqual(['bdc.backups.json'])
  })

  it.each(['../bdc.db', 'bdc-backup-20260101T000000000Z', '', '/etc', '..'])('do not lead to %j', async (name) => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { ownFolder } = await admin.backups.state()
    mkdirSync(ownFolder, { recursive: true })
    const expected = name === '' ? 'door.invalidInput' : 'backups.notFound'
    expect(await refusalKey(admin.backups.preview({ folder: ownFolder, name, secret: null }))).toBe(expected)
    expect(await refusalKey(admin.backups.test({ folder: ownFolder, name }))).toBe(expected)
  })
})

describe('a restore', { timeout: 60_000 }, () => {
  it('asks for the own password', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const backup = await madeBackup(admin)
    expect(await refusalKey(admin.backups.restore({ ...named(backup), password: 'no' }))).toBe('identity.wrongPassword')
    expect(existsSync(join(app.dataDir, 'bdc.db.return'))).toBe(false)
  })

  it('brings back what was, keeps aside what is, takes no write in between, and stands in the log', async () => {
    await using app = await testApp()
    const { admin, email } = await testCentre(app)
    await admin.beneficiaries.create({ name: 'Before' })
    const backup = await madeBackup(admin)
    await admin.beneficiaries.create({ name: 'After' })
    expect(await admin.backups.preview(named(backup))).toMatchObject({ organizations: ['Centre'], people: 1 })

    await admin.backups.restore({ ...named(backup), password })
    expect(await refusalKey(admin.beneficiaries.create({ name: 'Too late' }))).toBe('backups.restarting')
    await app.restart()
    expect(await refusalKey(admin.beneficiaries.list({}))).toBe('door.signInFirst')
    await admin.identity.signIn({ email, password })
    const { rows } = await admin.beneficiaries.list({})
    expect(rows.map(({ name }) => name)).toEqual(['Before'])

    const { lastRestore } = await admin.backups.state()
    const aside = openConnection(join(app.dataDir, lastRestore?.keptAside ?? ''), await keyOf(app), { readonly: true })
    const names = aside.prepare<[], string>(`SELECT name FROM users WHERE role = 'student'`).pluck().all()
    aside.close()
    expect(names).toEqual(['Before', 'After'])
    const logged = await app.withDatabase((db) =>
      db.selectFrom('activity_logs').select(['action', 'user_id']).where('action', '=', 'backups.restored').execute(),
    )
    expect(logged).toEqual([{ action: 'backups.restored', user_id: expect.any(Number) }])
  })

  it('never gives an id again that was given out after the backup, and begins another life of the database', async () => {
    await using app = await testApp()
    const { admin, email } = await testCentre(app)
    const backup = await madeBackup(admin)
    const { id: given } = await admin.beneficiaries.create({ name: 'On paper' })
    await restored(app, admin, { ...named(backup), password })
    await admin.identity.signIn({ email, password })
    const { id: next } = await admin.beneficiaries.create({ name: 'Somebody else' })
    expect(next).toBeGreaterThanOrEqual(given + idsSkipped)
    const site = await app.withDatabase((db) =>
      db.selectFrom('local_site').select(['epoch', 'restored_at']).executeTakeFirst(),
    )
    expect(site).toEqual({ epoch: expect.stringMatching(/^[0-9a-f-]{36}$/), restored_at: expect.any(String) })
  })

  it('ends every session, so that one which was revoked after the backup does not come back with it', async () => {
    await using app = await testApp()
    const { admin, email } = await testCentre(app)
    const trainer = await testTrainer(app, admin)
    const backup = await madeBackup(admin)
    const tom = (await admin.identity.listUsers()).find(({ role }) => role === 'trainer')
    if (!tom) throw new Error('There is no trainer.')
    await admin.identity.setUserActive({ id: tom.id, isActive: false })
    await restored(app, admin, { ...named(backup), password })
    expect(await refusalKey(trainer.beneficiaries.list({}))).toBe('door.signInFirst')
    expect(await refusalKey(admin.beneficiaries.list({}))).toBe('door.signInFirst')
    await admin.identity.signIn({ email, password })
    expect((await admin.beneficiaries.list({})).rows).toEqual([])
  })

  it('of another computer takes a passphrase or a recovery code of that time, and then opens with the key of this one', async () => {
    await using elsewhere = await testApp()
    const { admin: other, email } = await testCentre(elsewhere, 'Elsewhere')
    await other.keys.setPassphrase({ passphrase: 'only for backups!', use: 'backups', insteadOf: null, password })
    const { groups } = await other.keys.renewRecoveryCode({ password })
    const backup = await madeBackup(other)

    await using app = await testApp()
    const { admin } = await testCentre(app, 'Here')
    const at = { folder: backup.folder, name: backup.name }
    expect(await admin.backups.inFolder({ folder: backup.folder })).toMatchObject([
      { isOwn: false, hasPassphrase: true },
    ])
    const preview = (secret: Parameters<Client['backups']['preview']>[0]['secret']) =>
      admin.backups.preview({ ...at, secret })
    expect(await refusalKey(preview(null))).toBe('backups.secretNeeded')
    expect(await refusalKey(preview({ kind: 'passphrase', passphrase: 'wrong' }))).toBe('keys.wrongPassphrase')
    const code = groups.join('-')
    expect(await refusalKey(preview({ kind: 'recovery', code: code.replace(/^./, 'U') }))).toBe('keys.wrongGroup')
    expect(await preview({ kind: 'recovery', code })).toMatchObject({ organizations: ['Elsewhere'] })
    const secret = { kind: 'passphrase', passphrase: 'only for backups!' } as const
    await restored(app, admin, { ...at, secret, password })
    expect(await admin.setup.status()).toMatchObject({ organizationName: 'Elsewhere' })
    const ada = app.visitor()
    await ada.identity.signIn({ email, password })
    const { rows } = await ada.activity.list({ limit: 100 })
    // The account here that asked for it has the number of somebody else there.
    expect(rows.find(({ action }) => action === 'backups.restored')).toMatchObject({ userName: null })
  })
})

it('keeps no unfinished backup of a program that died', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const key = await keyOf(app)
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'bdc-backup-20260101T000000000Z.part'))
  const job = {
    databasePath: join(app.dataDir, 'bdc.db'),
    databaseKey: key,
    folder,
    reason: 'asked',
    app: '1',
    slots: [],
  }
  const name = makeBackup({ ...job, reason: 'asked', madeAt: '2026-03-01T09:00:00.000Z' })
  expect(readdirSync(folder)).toEqual([name])
  expect((await admin.backups.state()).running).toBeNull()
})

function flip(path: string, at: number) {
  const bytes = readFileSync(path)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  writeFileSync(path, bytes)
}

function rewrite(place: string, change: (text: string) => string) {
  const text = readFileSync(manifestFile(place), 'utf8')
  expect(change(text)).not.toBe(text)
  writeFileSync(manifestFile(place), change(text))
}
