import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import { pieceBytes } from '../../shared/contract/documents.ts'
import { type Client, type TestApp, testApp } from '../support/app.ts'
import { passDaysOfUse, password, secondCentre, testCentre, testTrainer } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { addDocument, contentOf, noise } from '../support/documents.ts'
import { refusalKey } from '../support/refusal.ts'

const day = 24 * 3_600_000
const letter = Buffer.from('Dear Lina')

/** A trainer with one learner who may sign in, and another trainer. */
async function roomFor(app: TestApp) {
  const { admin, email } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const tina = await testTrainer(app, admin, 'Tina Trainer')
  const { id: lina } = await tom.beneficiaries.create({ name: 'Lina Learner', email: 'lina@x.example' })
  await tom.identity.setLearnerPassword({ beneficiaryId: lina, password })
  const student = app.visitor()
  await student.identity.signIn({ email: 'lina@x.example', password })
  return { admin, email, tom, tina, lina, student }
}

async function accountOf(staff: Client, name: string) {
  const found = (await staff.documents.recipients({ search: name })).find((one) => one.name === name)
  if (!found) throw new Error(`Nobody here is called ${name}.`)
  return found.userId
}

const fieldsOf = { description: '', category: '', tags: [] as string[], isPublic: false }

async function change(staff: Client, id: number, fields: Partial<typeof fieldsOf> & { filename?: string }) {
  const { filename, updatedAt } = await staff.documents.get({ id })
  return staff.documents.update({ id, updatedAt, ...fieldsOf, filename, ...fields })
}

describe('whose a document is', () => {
  it('follows the person it is about: to their trainer, and away from the one before', async () => {
    await using app = await testApp()
    const { admin, tom, tina, lina } = await roomFor(app)
    const { id } = await addDocument(tom, letter, { filename: 'Letter.txt', beneficiaryId: lina })
    expect((await tina.documents.list({})).rows).toEqual([])
    for (const call of [tina.documents.get({ id }), tina.documents.piece({ id }), tina.documents.openings({ id })]) {
      expect(await refusalKey(call)).toBe('document.notFound')
    }
    expect(await refusalKey(addDocument(tina, letter, { beneficiaryId: lina }))).toBe('beneficiary.notFound')

    const { updatedAt, ...person } = await admin.beneficiaries.get({ id: lina })
    const trainerId = await accountOf(admin, 'Tina Trainer')
    await admin.beneficiaries.update({ ...person, updatedAt, trainerId })
    expect(await refusalKey(tom.documents.get({ id }))).toBe('document.notFound')
    expect(await tina.documents.get({ id })).toMatchObject({ mayManage: true, beneficiaryName: 'Lina Learner' })
  })

  it('is the one who brought it, where it is about nobody', async () => {
    await using app = await testApp()
    const { admin, tom, tina, student } = await roomFor(app)
    const { id } = await addDocument(tom, letter, { filename: 'Notes.txt' })
    expect(await refusalKey(tina.documents.get({ id }))).toBe('document.notFound')
    expect(await refusalKey(student.documents.piece({ id }))).toBe('document.notFound')
    expect(await admin.documents.get({ id })).toMatchObject({ mayManage: true })
    const elsewhere = await secondCentre(app)
    expect(await refusalKey(elsewhere.admin.documents.get({ id }))).toBe('document.notFound')
    expect(await refusalKey(elsewhere.admin.documents.piece({ id }))).toBe('document.notFound')
  })

  it('shows everybody what is for everybody, but never what is about a person', async () => {
    await using app = await testApp()
    const { tom, tina, lina, student } = await roomFor(app)
    const rules = await addDocument(tom, letter, { filename: 'Rules.txt' })
    const file = await addDocument(tom, noise(10), { beneficiaryId: lina })
    expect(await refusalKey(change(tom, file.id, { isPublic: true }))).toBe('document.aboutPerson')
    await change(tom, rules.id, { isPublic: true })
    await app.withDatabase((db) =>
      db.updateTable('documents').set({ is_public: true }).where('id', '=', file.id).execute(),
    )

    expect((await tina.documents.list({})).rows.map(({ id }) => id)).toEqual([rules.id])
    expect((await student.documents.mine()).map(({ id }) => id)).toEqual([rules.id])
    expect((await contentOf(student, rules.id)).equals(letter)).toBe(true)
    expect(await refusalKey(student.documents.piece({ id: file.id }))).toBe('document.notFound')
    expect(await refusalKey(change(tina, rules.id, { filename: 'Mine.txt' }))).toBe('document.viewOnly')
  })
})

describe('sharing', () => {
  it('is refused for strangers, with a day that is over, and for editing by learners', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom, tina, lina, admin } = await roomFor(app)
    const { id: documentId } = await addDocument(tom, letter, { beneficiaryId: lina })
    const userId = await accountOf(tom, 'Lina Learner')
    expect(await refusalKey(tom.documents.share({ documentId, userId: 999 }))).toBe('user.notFound')
    const over = clock.now().toISOString()
    expect(await refusalKey(tom.documents.share({ documentId, userId, expiresAt: over }))).toBe('document.shareIsOver')
    expect(await refusalKey(tom.documents.share({ documentId, userId, permission: 'edit' }))).toBe(
      'document.learnersView',
    )
    expect((await tina.documents.recipients({})).map(({ name }) => name)).toEqual(['Ada Admin', 'Tom Trainer'])
    const own = await addDocument(tina, letter)
    expect(await refusalKey(tina.documents.share({ documentId: own.id, userId }))).toBe('user.notFound')
    expect((await admin.documents.get({ id: documentId })).sharedWith).toEqual([])
  })

  it('tells whoever shared it of the first opening, once, unless they do not want to know', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom, tina, lina, student } = await roomFor(app)
    const userId = await accountOf(tom, 'Lina Learner')
    const share = async (filename: string) => {
      const { id } = await addDocument(tom, letter, { filename, beneficiaryId: lina })
      await tom.documents.share({ documentId: id, userId })
      return id
    }
    const told = async () => (await tom.notifications.list({})).rows.map((row) => row.told)
    const id = await share('Letter.txt')
    await contentOf(tom, id)
    expect(await told()).toEqual([])
    await contentOf(student, id)
    clock.pass(2 * 60_000)
    await contentOf(student, id)
    expect(await told()).toEqual([{ type: 'opened', documentId: id, filename: 'Letter.txt', from: 'Lina Learner' }])
    expect((await tina.notifications.list({})).rows).toEqual([])

    await tom.notifications.setPreferences({ off: ['opened'], isNative: true, quiet: null })
    await contentOf(student, await share('Second.txt'))
    expect(await told()).toHaveLength(1)
  })

  it('lets a learner open what is shared with them until the day it ends, and says who opened it', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom, lina, student } = await roomFor(app)
    const { id } = await addDocument(tom, noise(pieceBytes + 5), { filename: 'Letter.pdf', beneficiaryId: lina })
    expect(await student.documents.mine()).toEqual([])
    expect(await refusalKey(student.documents.piece({ id }))).toBe('document.notFound')
    const userId = await accountOf(tom, 'Lina Learner')
    const expiresAt = new Date(clock.now().getTime() + 60_000).toISOString()
    await tom.documents.share({ documentId: id, userId, expiresAt })

    expect(await student.documents.mine()).toMatchObject([{ id, filename: 'Letter.pdf', sharedByName: 'Tom Trainer' }])
    expect(await contentOf(student, id)).toHaveLength(pieceBytes + 5)
    expect(await refusalKey(student.documents.get({ id }))).toBe('door.forbidden')
    expect((await tom.documents.openings({ id })).map(({ name }) => name)).toEqual(['Lina Learner'])
    clock.pass(60_001)
    expect(await student.documents.mine()).toEqual([])
    expect(await refusalKey(student.documents.piece({ id }))).toBe('document.notFound')
    expect((await tom.documents.get({ id })).sharedWith).toEqual([])
  })

  it('for editing lets a colleague change it and bring a version, but not share or remove it, until it is taken back', async () => {
    await using app = await testApp()
    const { tom, tina, student } = await roomFor(app)
    const { id } = await addDocument(tom, letter, { filename: 'Plan.txt' })
    const userId = await accountOf(tom, 'Tina Trainer')
    await tom.documents.share({ documentId: id, userId })
    expect(await refusalKey(change(tina, id, { category: 'Plans' }))).toBe('document.viewOnly')
    expect(await refusalKey(addDocument(tina, noise(3), { documentId: id }))).toBe('document.viewOnly')
    await tom.documents.share({ documentId: id, userId, permission: 'edit' })
    await change(tina, id, { category: 'Plans' })
    await addDocument(tina, noise(3), { documentId: id, filename: 'Plan 2.txt' })

    const { updatedAt, mayManage, sharedWith } = await tina.documents.get({ id })
    expect({ mayManage, sharedWith }).toEqual({ mayManage: false, sharedWith: [] })
    expect(await refusalKey(tina.documents.remove({ id, updatedAt }))).toBe('document.notYours')
    expect(await refusalKey(change(tina, id, { isPublic: true }))).toBe('document.notYours')
    expect(await refusalKey(tina.documents.share({ documentId: id, userId }))).toBe('document.notYours')
    expect(await refusalKey(student.documents.piece({ id }))).toBe('document.notFound')
    const [share] = (await tom.documents.get({ id })).sharedWith
    expect(share).toMatchObject({ permission: 'edit', name: 'Tina Trainer' })
    expect(await refusalKey(tina.documents.revoke({ id: share?.id ?? 0 }))).toBe('document.notYours')
    await tom.documents.revoke({ id: share?.id ?? 0 })
    expect(await refusalKey(tina.documents.get({ id }))).toBe('document.notFound')
  })
})

describe('a document', () => {
  it('is not overwritten by somebody who has not seen the newest', async () => {
    await using app = await testApp()
    const { tom } = await roomFor(app)
    const { id } = await addDocument(tom, letter, { filename: 'Plan.txt' })
    const { updatedAt } = await tom.documents.get({ id })
    await change(tom, id, { description: 'Second' })
    const late = tom.documents.update({ id, updatedAt, ...fieldsOf, filename: 'Plan.txt' })
    expect(await refusalKey(late)).toBe('document.changedMeanwhile')
    expect(await refusalKey(tom.documents.remove({ id, updatedAt }))).toBe('document.changedMeanwhile')
    expect(await tom.documents.get({ id })).toMatchObject({ description: 'Second' })
  })

  it('keeps every older version, for those who may edit it', async () => {
    await using app = await testApp()
    const { tom, tina, admin } = await roomFor(app)
    const { id } = await addDocument(tom, letter, { filename: 'Plan.txt' })
    await change(tom, id, { tags: ['plan'], isPublic: true })
    const newer = noise(pieceBytes + 1)
    await addDocument(admin, newer, { documentId: id, filename: 'Plan, corrected.bin' })
    await addDocument(tom, noise(9), { documentId: id, filename: 'Plan, last.bin' })

    const { versions, ...now } = await tom.documents.get({ id })
    expect(now).toMatchObject({ filename: 'Plan, last.bin', tags: ['plan'], size: 9, uploadedByName: 'Tom Trainer' })
    expect(versions).toMatchObject([
      { filename: 'Plan, corrected.bin', uploadedByName: 'Ada Admin' },
      { filename: 'Plan.txt', mimeType: 'text/plain', uploadedByName: 'Tom Trainer' },
    ])
    const [second, first] = versions
    expect((await contentOf(tom, id, first?.id)).equals(letter)).toBe(true)
    expect((await contentOf(tom, id, second?.id)).equals(newer)).toBe(true)
    expect((await tom.documents.list({})).rows).toHaveLength(1)
    expect((await tina.documents.get({ id })).versions).toEqual([])
    expect(await refusalKey(tina.documents.piece({ id, versionId: first?.id ?? 0 }))).toBe('document.notFound')
    expect(await refusalKey(tom.documents.get({ id: first?.id ?? 0 }))).toBe('document.notFound')
  })

  it('comes back within thirty days of its removal, and is gone from every list until then', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom, student, admin, lina, email } = await roomFor(app)
    const { id } = await addDocument(tom, letter, { beneficiaryId: lina })
    await tom.documents.share({ documentId: id, userId: await accountOf(tom, 'Lina Learner') })
    const { updatedAt } = await tom.documents.get({ id })
    const removed = await tom.documents.remove({ id, updatedAt })
    expect((await tom.documents.list({})).rows).toEqual([])
    expect(await student.documents.mine()).toEqual([])
    expect(await refusalKey(student.documents.piece({ id }))).toBe('document.notFound')
    expect((await tom.documents.list({ view: 'deleted' })).rows).toMatchObject([{ id }])
    await tom.documents.restore({ id, ...removed })
    expect(await student.documents.mine()).toMatchObject([{ id }])

    const again = await tom.documents.get({ id })
    await tom.documents.remove({ id, updatedAt: again.updatedAt })
    await admin.privacy.placeHold({ person: { beneficiaryId: lina }, reason: 'A dispute' })
    clock.pass(31 * day)
    await passDaysOfUse(app, clock, 3)
    await app.restart()
    await admin.identity.signIn({ email, password })
    expect((await admin.documents.list({ view: 'deleted' })).rows).toMatchObject([{ id }])
  })

  it('is found by any word of it in any script, by category, tag and person', async () => {
    await using app = await testApp()
    const { tom, lina } = await roomFor(app)
    const one = await addDocument(tom, letter, { filename: 'Évaluation.txt', beneficiaryId: lina })
    const two = await addDocument(tom, noise(4), { filename: 'شهادة.pdf' })
    await change(tom, one.id, { tags: ['2026'], category: 'Reports' })
    const found = async (filter: object) => (await tom.documents.list(filter)).rows.map(({ id }) => id)
    expect(await found({ search: 'lina evaluation' })).toEqual([one.id])
    expect(await found({ search: 'شهاده' })).toEqual([two.id])
    expect(await found({ search: '50%' })).toEqual([])
    expect(await found({ tag: '2026' })).toEqual([one.id])
    expect(await found({ category: 'Reports' })).toEqual([one.id])
    expect(await found({ beneficiaryId: lina })).toEqual([one.id])
    expect(await found({})).toEqual([two.id, one.id])
    expect(await tom.documents.choices()).toEqual({ categories: ['Reports'], tags: ['2026'] })
  })
})

describe('an erased person', () => {
  it('takes their documents along, older versions and what was on its way in, and leaves what others have too', async () => {
    await using app = await testApp()
    const { admin, tom, lina } = await roomFor(app)
    const canary = Buffer.from('CANARY'.repeat(200_000))
    const shared = noise(pieceBytes + 7)
    const { id } = await addDocument(tom, canary, { beneficiaryId: lina })
    await addDocument(tom, shared, { documentId: id })
    const other = await addDocument(tom, shared)
    const file = { filename: 'CANARY.txt', size: pieceBytes * 2, beneficiaryId: lina }
    const { uploadId } = await tom.documents.beginUpload(file)
    const piece = Buffer.concat([Buffer.from('CANARY-ON-ITS-WAY'), noise(pieceBytes)]).subarray(0, pieceBytes)
    await tom.documents.sendPiece({ uploadId, position: 0, base64: piece.toString('base64') })

    const copy = unzipSync(Buffer.from((await admin.privacy.export({ beneficiaryId: lina })).base64, 'base64'))
    const files = Object.keys(copy).filter((name) => name.startsWith('documents/'))
    expect(files).toHaveLength(2)
    expect(files.map((name) => Buffer.from(copy[name] ?? []).length).sort((a, b) => a - b)).toEqual([
      shared.length,
      canary.length,
    ])

    await admin.privacy.erase({ person: { beneficiaryId: lina }, name: 'Lina Learner' })
    expect((await contentOf(tom, other.id)).equals(shared)).toBe(true)
    await app.pause()
    const database = await openDatabase(join(app.dataDir, 'bdc.db'), keyFile(join(app.dataDir, 'bdc.key')))
    const bytes = database.connection.serialize()
    await database.close()
    await app.resume()
    expect(bytes.includes('CANARY')).toBe(false)
    expect(await tom.documents.uploads()).toEqual([])
  })
})

describe('the notice of a share', () => {
  it('comes to whom it is shared with and nobody else, once for what they have not read, and not to whom it is switched off', async () => {
    await using app = await testApp()
    const { admin, tom, tina, student, lina } = await roomFor(app)
    const { id } = await addDocument(tom, letter, { filename: 'Letter.txt', beneficiaryId: lina })
    const [tinaId, linaId] = [await accountOf(tom, 'Tina Trainer'), await accountOf(tom, 'Lina Learner')]
    await student.notifications.setPreferences({ off: ['share'], isNative: true, quiet: null })
    for (const userId of [tinaId, linaId]) await tom.documents.share({ documentId: id, userId })
    await tom.documents.share({ documentId: id, userId: tinaId, permission: 'edit' })
    const told = async (who: Client) => (await who.notifications.list({})).rows.map((row) => row.told)
    const shared = { type: 'share', documentId: id, filename: 'Letter.txt', from: 'Tom Trainer' }
    expect(await told(tina)).toEqual([shared])
    for (const other of [student, tom, admin]) expect(await told(other)).toEqual([])
  })

  it('goes when the share is taken back unread, and keeps no name of what is not shared any more', async () => {
    await using app = await testApp()
    const { tom, tina, lina } = await roomFor(app)
    const { id } = await addDocument(tom, letter, { filename: 'Letter.txt', beneficiaryId: lina })
    const userId = await accountOf(tom, 'Tina Trainer')
    const take = async () => {
      const [share] = (await tom.documents.get({ id })).sharedWith
      await tom.documents.revoke({ id: share?.id ?? 0 })
    }
    await tom.documents.share({ documentId: id, userId })
    await take()
    expect((await tina.notifications.list({})).rows).toEqual([])
    expect((await tina.notifications.unread()).notifications).toBe(0)
    await tom.documents.share({ documentId: id, userId })
    await tina.notifications.markAllRead()
    await take()
    expect((await tina.notifications.list({})).rows.map(({ told }) => told)).toEqual([
      { type: 'share', documentId: null, filename: null, from: 'Tom Trainer' },
    ])
  })
})
