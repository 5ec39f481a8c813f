import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../../main/database/database.ts'
import { mintId } from '../../../main/database/ids.ts'
import { keyFile } from '../../../main/database/key.ts'
import { openConnection } from '../../../main/database/open.ts'
import { type Client, type TestApp, testApp } from '../../support/app.ts'
import {
  essay,
  password,
  publishedAssessment,
  seatedKiosk,
  secondCentre,
  testCentre,
  testTrainer,
} from '../../support/centre.ts'
import { runCli } from '../../support/cli.ts'
import { noticed } from '../../support/connected.ts'
import { refusalKey } from '../../support/refusal.ts'

const eraser = join(import.meta.dirname, '../../support/erase-until-killed.ts')

async function accountOf(app: TestApp, beneficiaryId: number) {
  const row = await app.withDatabase((db) =>
    db
      .selectFrom('beneficiaries')
      .select(['user_id as userId', 'organization_id as organizationId'])
      .where('id', '=', beneficiaryId)
      .executeTakeFirstOrThrow(),
  )
  return { userId: row.userId ?? 0, organizationId: row.organizationId }
}

/** Every page as it is when decrypted. */
async function bytesOf(app: TestApp): Promise<Buffer> {
  await app.pause()
  const database = await openDatabase(join(app.dataDir, 'bdc.db'), keyFile(join(app.dataDir, 'bdc.key')))
  const bytes = database.connection.serialize()
  await database.close()
  await app.resume()
  return bytes
}

/** What restores have put aside, with the logs that go with it. */
const asideIn = (app: TestApp) => readdirSync(app.dataDir).filter((name) => name.includes('.before-restore.'))

/** Every page of a database beside the present one, and of its log. */
async function pagesOf(app: TestApp, name: string): Promise<string> {
  const key = await keyFile(join(app.dataDir, 'bdc.key')).load()
  if (!key) throw new Error('There is no key.')
  const connection = openConnection(join(app.dataDir, name), key)
  const pages = connection.serialize().toString('latin1')
  connection.close()
  return pages
}

async function madeBackup(admin: Client) {
  await admin.backups.begin()
  for (;;) {
    const { running, backups } = await admin.backups.state()
    const [newest] = backups
    if (!running && newest) return newest
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe('an erased person', { timeout: 60_000 }, () => {
  it('does not come back with a backup that was made before', async () => {
    await using app = await testApp()
    const { admin: before, email } = await testCentre(app)
    const { id } = await before.beneficiaries.create({ name: 'Maria Canary', notes: 'CANARY' })
    await before.beneficiaries.create({ name: 'Somebody Else' })
    const { folder, name } = await madeBackup(before)
    await before.privacy.erase({ person: { beneficiaryId: id }, name: 'Maria Canary' })

    await before.backups.restore({ folder, name, secret: null, password })
    await app.restart()
    // A restored database knows no session of before.
    const admin = app.visitor()
    await admin.identity.signIn({ email, password })

    expect((await admin.beneficiaries.list({})).rows.map((row) => row.name)).toEqual(['Somebody Else'])
    expect(await refusalKey(admin.beneficiaries.get({ id }))).toBe('beneficiary.notFound')
    expect(await admin.privacy.erasures()).toHaveLength(1)
    const actions = (await admin.activity.list({})).rows.map(({ action }) => action)
    expect(actions).toContain('privacy.eraseAgain')
    expect(await admin.activity.verify({})).toMatchObject({ problem: null })
    expect((await bytesOf(app)).toString('latin1')).not.toMatch(/canary/i)
  })

  it('is gone from log, copies and backups at the next start when the program was killed right after the commit', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Maria Canary' })
    const { userId, organizationId } = await accountOf(app, id)
    await app.pause()
    const before = readFileSync(join(app.dataDir, 'bdc.db'))
    const copy = join(app.dataDir, 'bdc.db.v0004.20260101T000000000Z.copy')
    writeFileSync(copy, before)

    const { signal } = spawnSync(process.execPath, [eraser, app.dataDir, String(userId), String(organizationId)])
    expect(signal).toBe('SIGKILL')
    expect(existsSync(join(app.dataDir, 'bdc.erasures'))).toBe(false)
    expect(statSync(join(app.dataDir, 'bdc.db-wal')).size).toBeGreaterThan(0)

    await app.resume()
    expect((await admin.beneficiaries.list({})).rows).toEqual([])
    expect(readdirSync(app.dataDir).filter((name) => name.endsWith('.copy'))).toEqual([])
    expect(JSON.parse(readFileSync(join(app.dataDir, 'bdc.erasures'), 'utf8'))).toMatchObject([{ personId: userId }])

    await app.pause()
    app.restore(before)
    await app.resume()
    expect((await admin.beneficiaries.list({})).rows).toEqual([])
  })

  it('is gone from what an earlier restore has put aside', async () => {
    await using app = await testApp()
    const { admin: before, email } = await testCentre(app)
    const { id } = await before.beneficiaries.create({ name: 'Maria Canary', notes: 'CANARY' })
    const at = await madeBackup(before)
    await before.backups.restore({ folder: at.folder, name: at.name, secret: null, password })
    await app.restart()
    const admin = app.visitor()
    await admin.identity.signIn({ email, password })
    expect(asideIn(app)).not.toEqual([])
    expect((await admin.backups.state()).lastRestore?.keptAside).toBe(asideIn(app)[0])

    await admin.privacy.erase({ person: { beneficiaryId: id }, name: 'Maria Canary' })
    expect(asideIn(app)).toEqual([])
    expect((await admin.backups.state()).lastRestore?.keptAside).toBeNull()
    expect((await bytesOf(app)).toString('latin1')).not.toMatch(/canary/i)
  })

  it('stays erased in what a later restore puts aside, which is kept', async () => {
    await using app = await testApp()
    const { admin: before } = await testCentre(app)
    const { id } = await before.beneficiaries.create({ name: 'Maria Canary', notes: 'CANARY' })
    const at = await madeBackup(before)
    await before.privacy.erase({ person: { beneficiaryId: id }, name: 'Maria Canary' })
    await before.beneficiaries.create({ name: 'Only aside' })
    await before.backups.restore({ folder: at.folder, name: at.name, secret: null, password })
    await app.restart()
    const [aside = ''] = asideIn(app)
    const pages = await pagesOf(app, aside)
    expect(pages).toContain('Only aside')
    expect(pages).not.toMatch(/canary/i)
  })

  it('stays erased when the program was killed right after the commit and an older backup is restored before a start', async () => {
    await using app = await testApp()
    const { admin, email } = await testCentre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Maria Canary', notes: 'CANARY' })
    const { userId, organizationId } = await accountOf(app, id)
    const at = await madeBackup(admin)
    await app.pause()
    const copy = join(app.dataDir, 'bdc.db.v0004.20260101T000000000Z.copy')
    writeFileSync(copy, readFileSync(join(app.dataDir, 'bdc.db')))
    const { signal } = spawnSync(process.execPath, [eraser, app.dataDir, String(userId), String(organizationId)])
    expect(signal).toBe('SIGKILL')
    expect(existsSync(join(app.dataDir, 'bdc.erasures'))).toBe(false)

    const { code, stderr } = await runCli('restore', '--data', app.dataDir, '--from', join(at.folder, at.name))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(existsSync(copy)).toBe(false)
    await app.resume()
    const again = app.visitor()
    await again.identity.signIn({ email, password })
    expect((await again.beneficiaries.list({})).rows).toEqual([])
    expect((await bytesOf(app)).toString('latin1')).not.toMatch(/canary/i)
    for (const aside of asideIn(app)) expect(await pagesOf(app, aside)).not.toMatch(/canary/i)
  })

  it('is nobody of another installation, whose number may be somebody else', async () => {
    await using elsewhere = await testApp()
    const { admin: owner, email } = await testCentre(elsewhere)
    const { id } = await owner.beneficiaries.create({ name: 'Somebody Else' })
    const other = await accountOf(elsewhere, id)
    const { groups } = await owner.keys.renewRecoveryCode({ password })
    const at = await madeBackup(owner)

    await using app = await testApp()
    const { admin } = await testCentre(app)
    const erased = await admin.beneficiaries.create({ name: 'Maria Canary' })
    expect(await accountOf(app, erased.id)).toEqual(other)
    await admin.privacy.erase({ person: { beneficiaryId: erased.id }, name: 'Maria Canary' })
    const secret = { kind: 'recovery', code: groups.join('') } as const
    await admin.backups.restore({ folder: at.folder, name: at.name, secret, password })
    await app.restart()
    const client = app.visitor()
    await client.identity.signIn({ email, password })
    expect((await client.beneficiaries.list({})).rows.map(({ name }) => name)).toEqual(['Somebody Else'])
  })

  it('is known to the pages of learners by the attempts alone, so that what those still keep can go', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id: assessmentId } = await publishedAssessment(admin, [essay])
    const { kiosk, beneficiaryId } = await seatedKiosk(app, admin)
    const { attemptId } = await kiosk.delivery.begin({ assessmentId })
    const asked = { attemptIds: [attemptId, attemptId + 1] }
    expect(await kiosk.delivery.erased(asked)).toEqual({ attemptIds: [] })

    await kiosk.delivery.standUp()
    await admin.privacy.erase({ person: { beneficiaryId }, name: 'Lina Learner' })
    expect(await kiosk.delivery.erased(asked)).toEqual({ attemptIds: [attemptId] })
    const { admin: stranger } = await secondCentre(app)
    const { kiosk: elsewhere } = await seatedKiosk(app, stranger)
    expect(await elsewhere.delivery.erased(asked)).toEqual({ attemptIds: [] })
  })

  it('takes the bytes of their documents along, and leaves those that somebody else has as well', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const maria = await admin.beneficiaries.create({ name: 'Maria' })
    const other = await admin.beneficiaries.create({ name: 'Other' })
    const { organizationId } = await accountOf(app, maria.id)
    const own = Buffer.from('%PDF-1.7 CANARY certificate of Maria')
    const shared = Buffer.from('%PDF-1.7 the rules of the house')
    const disputed = Buffer.from('%PDF-1.7 CANARY another certificate of Maria')
    await app.withDatabase(async (db) => {
      for (const [beneficiaryId, bytes] of [
        [maria.id, own],
        [maria.id, shared],
        [other.id, shared],
      ] as const) {
        const sha256 = createHash('sha256').update(bytes).digest('hex')
        await db
          .insertInto('document_contents')
          .values({ sha256, bytes, created_at: '2026-03-01T09:00:00.000Z' })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
        const file = { filename: 'scan.pdf', file_path: `content:${sha256}`, file_size: bytes.length }
        const id = await mintId(db, 'documents')
        await db
          .insertInto('documents')
          .values({ id, organization_id: organizationId, beneficiary_id: beneficiaryId, ...file })
          .execute()
        if (bytes !== own) continue
        // What another computer brought at the same time, and nobody has chosen yet.
        const lost = createHash('sha256').update(disputed).digest('hex')
        await db.insertInto('document_contents').values({ sha256: lost, bytes: disputed }).execute()
        const values = { lost_values: JSON.stringify({ file_path: `content:${lost}` }), kept_values: null }
        await noticed(db, { table: 'documents', rowId: id, organizationId, ...values })
      }
    })
    expect((await bytesOf(app)).includes('CANARY certificate')).toBe(true)
    expect((await bytesOf(app)).includes('CANARY another')).toBe(true)
    await admin.privacy.erase({ person: { beneficiaryId: maria.id }, name: 'Maria' })
    const after = await bytesOf(app)
    expect(after.includes('CANARY certificate')).toBe(false)
    expect(after.includes('CANARY another')).toBe(false)
    expect(after.includes('the rules of the house')).toBe(true)
  })
})

describe('a colleague', () => {
  it('can be given a copy of their data and be erased, but not by themselves and not as the last administrator', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const trainer = await testTrainer(app, admin, 'Tom Canary')
    const learner = await trainer.beneficiaries.create({ name: 'Maria' })
    const staff = await admin.identity.listUsers()
    const tom = staff.find(({ name }) => name === 'Tom Canary')?.id ?? 0
    const ada = staff.find(({ name }) => name === 'Ada Admin')?.id ?? 0

    expect(await refusalKey(trainer.privacy.erase({ person: { userId: ada }, name: 'Ada Admin' }))).toBe(
      'door.forbidden',
    )
    expect(await refusalKey(admin.privacy.erase({ person: { userId: ada }, name: 'Ada Admin' }))).toBe(
      'privacy.notYourself',
    )
    expect(await refusalKey(admin.privacy.export({ userId: tom + 1000 }))).toBe('user.notFound')
    const { fileName } = await admin.privacy.export({ userId: tom })
    expect(fileName).toMatch(/\.zip$/)

    await admin.privacy.erase({ person: { userId: tom }, name: 'Tom Canary' })
    expect(await refusalKey(trainer.beneficiaries.list({}))).toBe('door.signInFirst')
    expect((await admin.identity.listUsers()).map(({ id }) => id)).not.toContain(tom)
    expect(await refusalKey(admin.identity.setUserActive({ id: tom, isActive: true }))).toBe('user.notFound')
    expect(await admin.beneficiaries.get({ id: learner.id })).toMatchObject({ name: 'Maria', trainerId: null })
    const { rows } = await admin.activity.list({})
    expect(rows.find(({ action }) => action === 'beneficiaries.create')?.userName).toBe(`Erased person ${tom}`)
    expect(await admin.activity.verify({})).toMatchObject({ problem: null })
    expect((await bytesOf(app)).toString('latin1')).not.toMatch(/Tom Canary/i)
  })
})
