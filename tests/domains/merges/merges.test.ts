import { describe, expect, it } from 'vitest'
import { mintId } from '../../../main/database/ids.ts'
import { insertMembers } from '../../../main/domains/groups/queries.ts'
import { type Client, type TestApp, testApp } from '../../support/app.ts'
import {
  passDaysOfUse,
  password,
  publishedAssessment,
  secondCentre,
  shortAnswer,
  testCentre,
  testTrainer,
} from '../../support/centre.ts'
import { testClock } from '../../support/clock.ts'
import { addDocument } from '../../support/documents.ts'
import { squareJpeg } from '../../support/pictures.ts'
import { refusalKey } from '../../support/refusal.ts'

const day = 86_400_000

async function twoFiles(app: TestApp) {
  const { admin, email } = await testCentre(app)
  const { id: one } = await admin.beneficiaries.create({
    name: 'Mohammed Ali',
    phone: '77 123 45 67',
    city: 'Dakar',
    notes: 'Comes by bus.',
  })
  const { id: other } = await admin.beneficiaries.create({
    name: 'محمد علي',
    phone: '+221 77 123 45 67',
    dateOfBirth: '2001-02-03',
    email: 'ali@example.org',
    city: 'Thiès',
    notes: 'Reads Arabic.',
  })
  return { admin, email, one, other }
}

async function versions(client: Client, one: number, other: number) {
  const [kept, merged] = [await client.beneficiaries.get({ id: one }), await client.beneficiaries.get({ id: other })]
  return { kept: { id: kept.id, updatedAt: kept.updatedAt }, merged: { id: merged.id, updatedAt: merged.updatedAt } }
}

async function handsIn(kiosk: Client, beneficiaryId: number, assessmentId: number) {
  await kiosk.delivery.sitDown({ beneficiaryId })
  const { attemptId } = await kiosk.delivery.begin({ assessmentId })
  await kiosk.delivery.handIn({ attemptId })
  return attemptId
}

describe('putting two files of one person together', () => {
  it('is refused for one file, for the team, for people of somebody else and of another centre', async () => {
    await using app = await testApp()
    const { admin, one, other } = await twoFiles(app)
    const both = await versions(admin, one, other)
    expect(await refusalKey(admin.merges.merge({ kept: both.kept, merged: both.kept }))).toBe('merge.same')
    const tom = await testTrainer(app, admin)
    expect(await refusalKey(tom.merges.merge(both))).toBe('beneficiary.notFound')
    const { admin: bea } = await secondCentre(app)
    expect(await refusalKey(bea.merges.preview({ keptId: one, mergedId: other }))).toBe('beneficiary.notFound')
    await app.withDatabase((db) =>
      db.updateTable('users').set({ role: 'trainer' }).where('email', '=', 'ali@example.org').execute(),
    )
    expect(await refusalKey(admin.merges.merge(both))).toBe('merge.isStaff')
  })

  it('stands in the timeline once, and what it wrote over can be restored field by field', async () => {
    await using app = await testApp()
    const { admin, one, other } = await twoFiles(app)
    await admin.merges.merge({ ...(await versions(admin, one, other)), taken: ['city'] })
    expect(await admin.beneficiaries.get({ id: one })).toMatchObject({ city: 'Thiès' })
    const { rows: events } = await admin.beneficiaries.timeline({ id: one, kinds: ['change'] })
    expect(events.filter(({ title }) => title === 'merges.merge')).toHaveLength(1)
    const { rows } = await admin.beneficiaries.history({ id: one })
    const city = rows.find(({ field }) => field === 'city')
    expect(city).toMatchObject({ before: 'Dakar', after: 'Thiès', byName: 'Ada Admin' })
    const { updatedAt } = await admin.beneficiaries.get({ id: one })
    await admin.beneficiaries.restoreField({ id: one, updatedAt, activityId: city?.activityId ?? 0, field: 'city' })
    expect(await admin.beneficiaries.get({ id: one })).toMatchObject({ city: 'Dakar' })
  })

  it('is refused when somebody has written since, when one is on hold, and while an assessment is taken', async () => {
    await using app = await testApp()
    const { admin, one, other } = await twoFiles(app)
    const both = await versions(admin, one, other)
    await admin.privacy.placeHold({ person: { beneficiaryId: other }, reason: 'A complaint' })
    expect(await refusalKey(admin.merges.merge(both))).toBe('privacy.held')
    const [hold] = await admin.privacy.holds()
    await admin.privacy.liftHold({ id: hold?.id ?? 0 })
    const { id: assessmentId } = await publishedAssessment(admin, [shortAnswer])
    const kiosk = await testTrainer(app, admin)
    await kiosk.identity.openKiosk()
    await kiosk.delivery.sitDown({ beneficiaryId: other })
    const { attemptId } = await kiosk.delivery.begin({ assessmentId })
    expect(await refusalKey(admin.merges.preview({ keptId: one, mergedId: other }))).toBe('merge.running')
    await kiosk.delivery.handIn({ attemptId })
    await admin.beneficiaries.setStatus({ id: other, status: 'inactive' })
    expect(await refusalKey(admin.merges.merge(both))).toBe('beneficiary.changedMeanwhile')
    expect(await admin.beneficiaries.list({})).toMatchObject({ total: 2 })
  })

  it('brings everything to the file that stays, and the other one is in no list any more', async () => {
    await using app = await testApp()
    const { admin, one, other } = await twoFiles(app)
    const { id: assessmentId } = await publishedAssessment(admin, [shortAnswer], { attemptsAllowed: 5 })
    const kiosk = await testTrainer(app, admin)
    await kiosk.identity.openKiosk()
    await handsIn(kiosk, one, assessmentId)
    await handsIn(kiosk, other, assessmentId)
    const { id: group } = await admin.groups.create({ name: 'Mornings' })
    await admin.groups.addMembers({ id: group, beneficiaryIds: [one, other] })
    await admin.appointments.create({
      title: 'Talk',
      beneficiaryId: other,
      startTime: '2030-01-01T09:00:00.000Z',
      endTime: '2030-01-01T10:00:00.000Z',
    })
    const texts = await admin.privacy.writeConsentText({ topic: 'Photos', text: 'Yes?' })
    await admin.privacy.recordConsent({ beneficiaryId: other, textId: texts.id, kind: 'given' })

    await admin.photos.set({ beneficiaryId: other, base64: squareJpeg.toString('base64') })
    await addDocument(admin, Buffer.from('kept'), { filename: 'Kept.txt', beneficiaryId: other })
    const { id: gone } = await addDocument(admin, Buffer.from('gone'), { filename: 'Gone.txt', beneficiaryId: other })
    const { updatedAt } = await admin.documents.get({ id: gone })
    await admin.documents.remove({ id: gone, updatedAt })

    expect(await admin.merges.preview({ keptId: one, mergedId: other })).toEqual({
      moves: [
        { kind: 'attempts', count: 1 },
        { kind: 'appointments', count: 1 },
        { kind: 'photos', count: 1 },
        { kind: 'documents', count: 1 },
        { kind: 'groups', count: 1 },
        { kind: 'consents', count: 1 },
      ],
      joined: [],
    })
    const both = await versions(admin, one, other)
    await admin.merges.merge({ ...both, taken: ['dateOfBirth', 'email'], joinsNotes: true })

    expect(await admin.beneficiaries.get({ id: one })).toMatchObject({
      name: 'Mohammed Ali',
      city: 'Dakar',
      dateOfBirth: '2001-02-03',
      email: 'ali@example.org',
      notes: 'Comes by bus.\n\nReads Arabic.',
    })
    expect(await refusalKey(admin.beneficiaries.get({ id: other }))).toBe('beneficiary.notFound')
    expect(await refusalKey(kiosk.delivery.sitDown({ beneficiaryId: other }))).toMatch(/notFound/)
    expect(await admin.beneficiaries.list({ search: 'محمد' })).toMatchObject({ total: 0 })
    expect(await admin.beneficiaries.list({})).toMatchObject({ total: 1 })
    expect(await admin.groups.get({ id: group })).toMatchObject({ members: [{ beneficiaryId: one }] })
    const events = await admin.beneficiaries.timeline({ id: one })
    const kinds = events.rows.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'attempt')).toHaveLength(2)
    expect(kinds).toEqual(expect.arrayContaining(['appointment', 'consent', 'group']))
    await app.restart()
    expect(await admin.beneficiaries.list({})).toMatchObject({ total: 1 })
  })

  it('is undone for thirty days: each has again what was theirs, and what was changed since stays', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin, email, one, other } = await twoFiles(app)
    const { id: assessmentId } = await publishedAssessment(admin, [shortAnswer], { attemptsAllowed: 5 })
    const kiosk = await testTrainer(app, admin)
    await kiosk.identity.openKiosk()
    await handsIn(kiosk, one, assessmentId)
    await handsIn(kiosk, other, assessmentId)
    const before = {
      one: await admin.beneficiaries.get({ id: one }),
      other: await admin.beneficiaries.get({ id: other }),
    }
    await admin.merges.merge({ ...(await versions(admin, one, other)), taken: ['dateOfBirth', 'email', 'city'] })
    const present = await admin.beneficiaries.get({ id: one })
    await admin.beneficiaries.update({ ...present, city: 'Kaolack' })

    await admin.merges.undo({ id: other })
    expect(await admin.beneficiaries.get({ id: one })).toMatchObject({
      ...before.one,
      city: 'Kaolack',
      updatedAt: expect.any(String),
    })
    expect(await admin.beneficiaries.get({ id: other })).toMatchObject({
      ...before.other,
      updatedAt: expect.any(String),
    })
    expect(await admin.beneficiaries.list({ search: 'محمد' })).toMatchObject({ total: 1 })
    for (const id of [one, other]) {
      const { rows } = await admin.beneficiaries.timeline({ id, kinds: ['attempt'] })
      expect(rows).toHaveLength(1)
    }
    expect(await refusalKey(admin.merges.undo({ id: other }))).toBe('merge.notFound')

    await admin.merges.merge(await versions(admin, one, other))
    clock.pass(31 * day)
    const owner = app.visitor()
    await owner.identity.signIn({ email, password })
    expect(await owner.merges.list()).toMatchObject([{ id: other, keptId: one, canUndo: false, late: 0 }])
    expect(await refusalKey(owner.merges.undo({ id: other }))).toBe('merge.tooLate')
  })

  it('takes the way to sign in along with the address, and gives it back', async () => {
    await using app = await testApp()
    const { admin, one, other } = await twoFiles(app)
    await app.withDatabase(async (db) => {
      const { passwordHash } = await db
        .selectFrom('users')
        .select('password_hash as passwordHash')
        .where('role', '=', 'super_admin')
        .executeTakeFirstOrThrow()
      await db
        .updateTable('users')
        .set({ password_hash: passwordHash, is_verified: true })
        .where('email', '=', 'ali@example.org')
        .execute()
    })
    const learner = app.visitor()
    await learner.identity.signIn({ email: 'ali@example.org', password })
    await admin.merges.merge({ ...(await versions(admin, one, other)), taken: ['email'] })
    expect(await refusalKey(learner.messages.threads({}))).toBe('door.signInFirst')
    await learner.identity.signIn({ email: 'ali@example.org', password })
    await admin.merges.undo({ id: other })
    await learner.identity.signIn({ email: 'ali@example.org', password })
    const { rows } = await admin.beneficiaries.list({})
    expect(rows).toMatchObject([
      { id: one, email: null },
      { id: other, email: 'ali@example.org' },
    ])
  })

  it('brings over what another machine wrote later for the file that is put away', async () => {
    await using app = await testApp()
    const { admin, one, other } = await twoFiles(app)
    const { id: group } = await admin.groups.create({ name: 'Mornings' })
    await admin.merges.merge(await versions(admin, one, other))
    await app.withDatabase(async (db) => {
      const { organizationId } = await db
        .selectFrom('beneficiaries')
        .select('organization_id as organizationId')
        .where('id', '=', one)
        .executeTakeFirstOrThrow()
      await insertMembers(db, organizationId, group, [other], new Date().toISOString())
    })
    expect(await admin.merges.list()).toMatchObject([{ id: other, late: 1 }])
    await admin.merges.bringOver({ id: other })
    expect(await admin.merges.list()).toMatchObject([{ id: other, late: 0 }])
    expect(await admin.groups.get({ id: group })).toMatchObject({ members: [{ beneficiaryId: one }] })
    await admin.merges.undo({ id: other })
    expect(await admin.groups.get({ id: group })).toMatchObject({ members: [{ beneficiaryId: other }] })
  })

  it('erases both files when the person is erased', async () => {
    await using app = await testApp()
    const { admin, one, other } = await twoFiles(app)
    await admin.merges.merge(await versions(admin, one, other))
    await admin.privacy.erase({ person: { beneficiaryId: one }, name: 'Mohammed Ali' })
    const left = await app.withDatabase((db) =>
      db.selectFrom('users').select('name').where('role', '=', 'student').execute(),
    )
    expect(left).toHaveLength(2)
    expect(left.every(({ name }) => name.startsWith('Erased person'))).toBe(true)
    expect(await admin.merges.list()).toEqual([])
    expect(await admin.beneficiaries.list({})).toMatchObject({ total: 0 })
  })
})

describe('the search for people who are written down twice', () => {
  it('finds them across scripts, by phone and number, and within reach alone', async () => {
    await using app = await testApp()
    const { admin, one, other } = await twoFiles(app)
    const tom = await testTrainer(app, admin)
    await tom.beneficiaries.create({ name: 'Awa Diop', phone: '70 000 00 01', dateOfBirth: '2000-01-01' })
    await tom.beneficiaries.create({ name: 'Fatou Diop', phone: '70 000 00 01', dateOfBirth: '2003-05-05' })
    await admin.beneficiaries.create({ name: 'Quite Different', number: 'N-7' })
    await admin.beneficiaries.create({ name: 'Somebody Else', number: 'n-7' })
    expect(await tom.merges.likely()).toEqual({ pairs: [], hasMore: false })
    const { pairs } = await admin.merges.likely()
    expect(pairs).toMatchObject([
      { first: { id: one }, second: { id: other }, causes: ['phone', 'name'] },
      { first: { name: 'Quite Different' }, second: { name: 'Somebody Else' }, causes: ['number'] },
    ])
    await admin.merges.merge(await versions(admin, one, other))
    expect((await admin.merges.likely()).pairs).toHaveLength(1)
  })
})

describe('a file that was put into another one, when that cannot be undone any more', () => {
  async function merged(app: TestApp) {
    const files = await twoFiles(app)
    const { admin, one, other } = files
    await admin.merges.merge({ ...(await versions(admin, one, other)), joinsNotes: true })
    return files
  }
  const wordsOf = (app: TestApp, fileId: number) =>
    app.withDatabase(async (db) => {
      const file = await db.selectFrom('beneficiaries').selectAll().where('id', '=', fileId).executeTakeFirstOrThrow()
      const rows = [
        file,
        await db
          .selectFrom('profiles')
          .selectAll()
          .where('user_id', '=', file.user_id ?? 0)
          .execute(),
        await db
          .selectFrom('users')
          .selectAll()
          .where('id', '=', file.user_id ?? 0)
          .execute(),
      ]
      return JSON.stringify(rows)
    })

  it('holds nothing but which file has it all, after the days of undo and not before', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin, email, one, other } = await merged(app)
    const comesLate = (title: string) =>
      app.withDatabase(async (db) => {
        const { organization_id } = await db
          .selectFrom('beneficiaries')
          .select('organization_id')
          .where('id', '=', other)
          .executeTakeFirstOrThrow()
        const [start_time, end_time] = ['2030-01-01T09:00:00.000Z', '2030-01-01T10:00:00.000Z']
        const id = await mintId(db, 'appointments')
        await db
          .insertInto('appointments')
          .values({ id, organization_id, beneficiary_id: other, title, start_time, end_time })
          .execute()
      })
    clock.pass(29 * day)
    await app.restart()
    expect(await wordsOf(app, other)).toMatch(/محمد علي.*|Reads Arabic/)
    await comesLate('Late')
    clock.pass(2 * day)
    await passDaysOfUse(app, clock, 3)
    await app.restart()
    await expect.poll(() => wordsOf(app, other)).not.toMatch(/محمد|Arabic|Thi|221|2001/)
    await comesLate('Later still')
    await app.restart()
    await admin.identity.signIn({ email, password })
    const events = () => admin.beneficiaries.timeline({ id: one, kinds: ['appointment'] })
    await expect
      .poll(async () => (await events()).rows.map(({ title }) => title).sort())
      .toEqual(['Late', 'Later still'])
    expect(await admin.merges.list()).toEqual([])
    expect(await refusalKey(admin.merges.undo({ id: other }))).toBe('merge.tooLate')
    expect(await admin.beneficiaries.get({ id: one })).toMatchObject({ notes: 'Comes by bus.\n\nReads Arabic.' })
    expect(await admin.beneficiaries.list({})).toMatchObject({ total: 1 })
  })

  it('stays as it was while a legal hold lasts', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin, one, other } = await merged(app)
    await admin.privacy.placeHold({ person: { beneficiaryId: one }, reason: 'A dispute' })
    clock.pass(60 * day)
    await app.restart()
    await app.restart()
    expect(await wordsOf(app, other)).toMatch(/محمد علي/)
  })
})
