import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../main/app.ts'
import { readManifest } from '../../main/backup/manifest.ts'
import { keyOfBackup } from '../../main/backup/open-backup.ts'
import { prepareRestore } from '../../main/backup/restore.ts'
import { decideReplacement, finishReplacingFirst } from '../../main/database/replace.ts'
import { openFolderWithPassphrase } from '../../main/keys/openers.ts'
import { finishRestoredKeys, keepRestoredKeys } from '../../main/keys/restored-keys.ts'
import type { OpenedSlot } from '../../main/keys/slot-file.ts'
import { knownKey } from '../../main/unlock/known-key.ts'
import { unlockRouter } from '../../main/unlock/router.ts'
import { type Client, memoryCredentials, quickPasswords, type TestApp, testApp, visitorOf } from '../support/app.ts'
import { password, testCentre } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { temporaryFolder } from '../support/folder.ts'
import { refusalKey } from '../support/refusal.ts'

const passphrase = 'four words of my own'
const secret = { kind: 'passphrase', passphrase } as const

/** A centre elsewhere with a passphrase and a recovery code, and its backup on a stick. */
async function backupOfAnotherComputer() {
  await using app = await testApp()
  const { admin, email } = await testCentre(app, 'CANARY Centre')
  await admin.beneficiaries.create({ name: 'CANARY Lina' })
  await admin.keys.setPassphrase({ passphrase, use: 'start', insteadOf: null, password })
  const { groups } = await admin.keys.renewRecoveryCode({ password })
  const stick = temporaryFolder()
  await admin.backups.configure({ secondFolder: stick, every: 'day' })
  await admin.backups.begin()
  while ((await admin.backups.state()).running) await new Promise((resolve) => setTimeout(resolve, 20))
  const [name = ''] = readdirSync(stick)
  return { at: { folder: stick, name }, code: groups.join(' '), email }
}

async function namesIn(client: Client, email: string) {
  await client.identity.signIn({ email, password })
  return (await client.beneficiaries.list({ limit: 10 })).rows.map(({ name }) => name)
}

const asideIn = (folder: string) => readdirSync(folder).filter((name) => name.includes('before-restore'))

describe('a backup at the first start', { timeout: 60_000 }, () => {
  it('is for a computer in which there is nothing yet', async () => {
    const { at } = await backupOfAnotherComputer()
    await using app = await testApp()
    await testCentre(app)
    const anybody = app.visitor()
    expect(await refusalKey(anybody.setup.backupsIn({ folder: at.folder }))).toBe('setup.alreadyDone')
    expect(await refusalKey(anybody.setup.previewBackup({ ...at, secret }))).toBe('setup.alreadyDone')
    expect(await refusalKey(anybody.setup.restoreBackup({ ...at, secret }))).toBe('setup.alreadyDone')
  })

  it('says nothing of anybody before its passphrase fits, and slows down who guesses', async () => {
    const { at } = await backupOfAnotherComputer()
    const clock = testClock()
    await using app = await testApp({ clock })
    const anybody = app.visitor()
    const [found] = await anybody.setup.backupsIn({ folder: at.folder })
    expect(found).toMatchObject({ people: 1, isOwn: false, hasPassphrase: true, hasRecoveryCode: true })
    expect(JSON.stringify(found)).not.toContain('CANARY')
    expect(await refusalKey(anybody.setup.previewBackup({ ...at, secret: null }))).toBe('backups.secretNeeded')

    const guess = { kind: 'passphrase', passphrase: 'four words of hers' } as const
    for (let tried = 0; tried < 5; tried += 1) {
      const call = tried % 2 === 0 ? anybody.setup.previewBackup : anybody.setup.restoreBackup
      expect(await refusalKey(call({ ...at, secret: guess }))).toBe('keys.wrongPassphrase')
    }
    expect(await refusalKey(anybody.setup.previewBackup({ ...at, secret }))).toBe('keys.wait')
    clock.pass(2_000)
    expect(await anybody.setup.previewBackup({ ...at, secret })).toMatchObject({ organizations: ['CANARY Centre'] })
  })

  it('becomes the data with its recovery code, and its people sign in', async () => {
    const { at, code, email } = await backupOfAnotherComputer()
    await using app: TestApp = await testApp()
    await app.visitor().setup.restoreBackup({ ...at, secret: { kind: 'recovery', code } })
    await app.restart()
    const client = app.visitor()
    expect(await client.setup.status()).toMatchObject({ state: 'ready', organizationName: 'CANARY Centre' })
    expect(await namesIn(client, email)).toEqual(['CANARY Lina'])
    expect((await client.activity.list({ limit: 50 })).rows.map(({ action }) => action)).toContain('backups.restored')
    expect(await refusalKey(app.visitor().setup.restoreBackup({ ...at, secret }))).toBe('setup.alreadyDone')
  })
})

/** Data that only a passphrase opens, and what its computer answers while it is locked. */
async function lockedComputer() {
  const app = await testApp()
  const { admin } = await testCentre(app, 'Locked Centre')
  await admin.keys.setPassphrase({ passphrase: 'quite another one', use: 'start', insteadOf: null, password })
  const file = (await admin.keys.ofComputer()).slots.find(({ kind }) => kind === 'file')
  await admin.keys.revoke({ id: file?.id ?? '', password })
  await app.pause()
  const clock = testClock()
  let opened: OpenedSlot | undefined
  const router = unlockRouter({ dataDir: app.dataDir, clock, onUnlocked: (slot) => (opened = slot) })
  const context = { credentials: memoryCredentials(), ipAddress: '', userAgent: '' }
  const { unlock } = createRouterClient(router, { context })
  return { app, clock, unlock, opened: () => opened, dataDir: app.dataDir }
}

describe('a backup at a locked computer', { timeout: 60_000 }, () => {
  it('says nothing of anybody before its passphrase fits, counts guesses with those at the lock, and changes nothing', async () => {
    const { at } = await backupOfAnotherComputer()
    const { unlock, clock, dataDir, opened } = await lockedComputer()
    const before = readdirSync(dataDir).sort()
    expect(JSON.stringify(await unlock.backupsIn({ folder: at.folder }))).not.toContain('CANARY')
    const wrong = { kind: 'passphrase', passphrase: 'four words of hers' } as const
    for (let tried = 0; tried < 2; tried += 1) {
      expect(await refusalKey(unlock.previewBackup({ ...at, secret: wrong }))).toBe('keys.wrongPassphrase')
      expect(await refusalKey(unlock.restoreBackup({ ...at, secret: wrong }))).toBe('keys.wrongPassphrase')
    }
    expect(await refusalKey(unlock.withPassphrase({ passphrase: wrong.passphrase }))).toBe('keys.wrongPassphrase')
    expect(await refusalKey(unlock.restoreBackup({ ...at, secret }))).toBe('keys.wait')
    clock.pass(2_000)
    expect(await unlock.previewBackup({ ...at, secret })).toMatchObject({ organizations: ['CANARY Centre'] })
    expect(opened()).toBeUndefined()
    expect(readdirSync(dataDir).sort()).toEqual(before)
  })

  it('opens in the place of the locked data, which is kept aside with its keys', async () => {
    const { at, email } = await backupOfAnotherComputer()
    const { unlock, dataDir, opened } = await lockedComputer()
    await unlock.restoreBackup({ ...at, secret })
    const key = opened()
    if (!key) throw new Error('Nothing was opened.')
    const app = await createApp({ dataDir, keys: knownKey(key), passwords: quickPasswords })
    expect(await namesIn(visitorOf(app), email)).toEqual(['CANARY Lina'])
    await app.close()

    expect(await openFolderWithPassphrase(dataDir, passphrase)).toBeDefined()
    expect(existsSync(join(dataDir, 'bdc.key'))).toBe(false)
    expect(asideIn(dataDir)).toHaveLength(1)
    expect(readdirSync(dataDir).filter((name) => /^bdc\.keys.*\.aside$/.test(name))).toHaveLength(2)
  })

  it('takes its keys along: those that count are always those of the database that is decided upon', async () => {
    const { at } = await backupOfAnotherComputer()
    const { dataDir } = await lockedComputer()
    const path = join(dataDir, 'bdc.db')
    const from = join(at.folder, at.name)
    const fromKey = await keyOfBackup(from, { ownKey: undefined, secret })
    const restoredAt = '2026-03-01T09:00:00.000Z'
    const { slots } = readManifest(from)
    const prepare = () => {
      prepareRestore({ from, fromKey, databasePath: path, toKey: fromKey, restoredAt })
      keepRestoredKeys({ dataDir, slots, databaseKey: fromKey, restoredAt, hasKeyFile: false })
    }
    prepare()
    finishRestoredKeys(dataDir, false)
    expect(await openFolderWithPassphrase(dataDir, 'quite another one')).toBeDefined()
    expect(readdirSync(dataDir).filter((name) => name.includes('aside') || name.includes('keys.return'))).toEqual([])

    prepare()
    decideReplacement(path, 'bdc.db.before-restore.20260301T090000000Z')
    expect(await openFolderWithPassphrase(dataDir, 'quite another one')).toBeDefined()
    finishReplacingFirst(path)
    const opened = await openFolderWithPassphrase(dataDir, passphrase)
    expect(opened?.databaseKey).toEqual(fromKey)
    expect(readdirSync(dataDir).filter((name) => name.includes('.return'))).toEqual([])
  })
})
