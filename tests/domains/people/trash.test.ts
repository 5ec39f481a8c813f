import { describe, expect, it } from 'vitest'
import { type Client, type TestApp, testApp } from '../../support/app.ts'
import {
  passDaysOfUse,
  password,
  publishedAssessment,
  seatedKiosk,
  secondCentre,
  shortAnswer,
  testCentre,
  testTrainer,
} from '../../support/centre.ts'
import { testClock } from '../../support/clock.ts'
import { addDocument } from '../../support/documents.ts'
import { refusalKey } from '../../support/refusal.ts'

const day = 86_400_000
const born = '2001-02-03'

/** Two trainers, and somebody of the first with a trace in everything that lists people. */
async function known(app: TestApp, now = Date.now()) {
  const { admin, email } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const tina = await testTrainer(app, admin, 'Tina Teacher')
  const add = async (name: string) => (await tom.beneficiaries.create({ name, dateOfBirth: born })).id
  const [zubayda, twin] = [await add('Zubayda Amrani'), await add('Zubaida Amrani')]
  const { id: groupId } = await tom.groups.create({ name: 'Class A' })
  await tom.groups.addMembers({ id: groupId, beneficiaryIds: [zubayda, twin] })
  const [startTime, endTime] = [new Date(now + 3_600_000).toISOString(), new Date(now + 2 * 3_600_000).toISOString()]
  await tom.appointments.create({ title: 'Interview', startTime, endTime, beneficiaryId: zubayda })
  await addDocument(tom, Buffer.from('CV'), { beneficiaryId: zubayda })
  await tom.links.create({ beneficiaryId: twin, otherId: zubayda, role: 'sibling' })
  const { id: assessmentId } = await publishedAssessment(admin, [shortAnswer])
  await tom.assessments.create({ title: 'For Zubayda', type: 'formative', beneficiaryId: zubayda })
  const kiosk = app.visitor()
  await kiosk.identity.signIn({ email, password })
  await kiosk.identity.openKiosk()
  await kiosk.delivery.sitDown({ beneficiaryId: zubayda })
  const { attemptId } = await kiosk.delivery.begin({ assessmentId })
  const offered = (await tom.beneficiaries.trainers()).find(({ name }) => name === 'Tina Teacher')?.id ?? 0
  return { admin, email, tom, tina, kiosk, zubayda, twin, groupId, assessmentId, attemptId, offered, startTime }
}

type Known = Awaited<ReturnType<typeof known>>

/** Where a name is shown to somebody of the staff. */
async function placesNaming(client: Client, { twin, groupId, assessmentId, startTime }: Known): Promise<string[]> {
  const span = { from: startTime, until: new Date(Date.parse(startTime) + day).toISOString() }
  const columns = [{ field: 'name', name: 'Name' }]
  const { base64 } = await client.beneficiaries.export({ format: 'csv', columns })
  const all = {
    list: await client.beneficiaries.list({}),
    export: Buffer.from(base64, 'base64').toString(),
    search: await client.search.find({ text: 'zubayda' }),
    group: await client.groups.get({ id: groupId }),
    calendar: await client.appointments.list(span),
    documents: await client.documents.list({}),
    links: await client.links.list({ beneficiaryId: twin }),
    assessments: await client.assessments.list({}),
    results: await client.results.list({ isPractice: false }),
    report: await client.reports.class({ assessmentId }),
    kiosk: await client.kiosk.credentials({}),
    group_kiosk: await client.kiosk.credentials({ groupId }),
    alike: await client.beneficiaries.alike({ name: 'Zubayda Amrani', dateOfBirth: born }),
    likely: await client.merges.likely(),
  }
  const named = Object.entries(all).filter(([, shown]) => JSON.stringify(shown).includes('Zubayda'))
  return named.map(([place]) => place)
}

const everywhere =
  'list export search group calendar documents links assessments results report kiosk group_kiosk alike likely'.split(
    ' ',
  )

describe('putting somebody in the trash', () => {
  it('is refused for people of somebody else, and while they take an assessment', async () => {
    await using app = await testApp()
    const { admin, tom, tina, zubayda, kiosk, attemptId } = await known(app)
    expect(await refusalKey(tom.peopleTrash.put({ id: zubayda }))).toBe('trash.running')
    expect(await refusalKey(tom.peopleTrash.goesAlong({ id: zubayda }))).toBe('trash.running')
    await kiosk.delivery.handIn({ attemptId })
    expect(await refusalKey(tina.peopleTrash.put({ id: zubayda }))).toBe('beneficiary.notFound')
    expect(await refusalKey(tom.peopleTrash.restore({ id: zubayda }))).toBe('trash.notFound')
    const { admin: bea } = await secondCentre(app)
    expect(await refusalKey(bea.peopleTrash.put({ id: zubayda }))).toBe('beneficiary.notFound')
    await app.withDatabase((db) =>
      db.updateTable('users').set({ role: 'trainer' }).where('name', 'like', 'Zubayda%').execute(),
    )
    expect(await refusalKey(admin.peopleTrash.put({ id: zubayda }))).toBe('trash.isStaff')
    expect(await admin.peopleTrash.list()).toEqual([])
  })

  it('takes them out of every list and brings them back to every list, as they were', async () => {
    await using app = await testApp()
    const world = await known(app)
    const { admin, tom, tina, kiosk, zubayda, twin, groupId, attemptId, offered } = world
    await kiosk.delivery.handIn({ attemptId })
    await tom.handovers.offer({ beneficiaryId: zubayda, toTrainerId: offered })
    const before = await tom.beneficiaries.get({ id: zubayda })
    const [ofTom, ofAdmin] = [await placesNaming(tom, world), await placesNaming(admin, world)]
    expect(ofTom).toEqual(everywhere)
    expect(ofAdmin).toEqual(everywhere)
    expect(await tom.peopleTrash.goesAlong({ id: zubayda })).toEqual({ appointments: 1, groups: 1, sessions: 1 })

    const [addressee] = (await tom.messages.people({ search: 'Zubayda' })).people
    const letter = {
      name: 'a',
      edit: 1,
      subject: 'Hello',
      content: 'You',
      recipients: { people: [addressee?.id ?? 0] },
    }
    await tom.messages.saveDraft(letter)

    await tom.peopleTrash.put({ id: zubayda })
    expect(await placesNaming(tom, world)).toEqual([])
    expect(await placesNaming(admin, world)).toEqual([])
    expect(await tom.groups.list()).toMatchObject([{ memberCount: 1 }])
    expect((await admin.documents.list({})).rows).toEqual([])
    expect(await refusalKey(tom.messages.send({ name: 'a', edit: 1 }))).toBe('message.recipientNotFound')
    expect(await refusalKey(tom.beneficiaries.get({ id: zubayda }))).toBe('beneficiary.notFound')
    expect(await refusalKey(admin.results.attempt({ attemptId }))).toBe('attempt.notFound')
    expect(await refusalKey(kiosk.delivery.menu())).toBe('kiosk.nobodySeated')
    expect((await kiosk.delivery.roster({})).people.map(({ name }) => name)).toEqual(['Zubaida Amrani'])
    expect(await refusalKey(kiosk.delivery.sitDown({ beneficiaryId: zubayda }))).toBe('beneficiary.notFound')
    expect(await tina.handovers.list()).toEqual([])
    expect(await tina.peopleTrash.list()).toEqual([])
    expect(await tom.peopleTrash.list()).toMatchObject([
      { id: zubayda, name: 'Zubayda Amrani', byName: 'Tom Trainer', daysLeft: 30, isHeld: false },
    ])
    expect(await refusalKey(tom.peopleTrash.put({ id: zubayda }))).toBe('beneficiary.notFound')
    expect(await refusalKey(tina.peopleTrash.restore({ id: zubayda }))).toBe('trash.notFound')

    await app.restart()
    await admin.identity.signIn({ email: world.email, password })
    await admin.peopleTrash.restore({ id: zubayda })
    expect(await placesNaming(admin, world)).toEqual(everywhere)
    const { updatedAt: _, ...after } = await admin.beneficiaries.get({ id: zubayda })
    expect(before).toMatchObject(after)
    expect(await admin.peopleTrash.list()).toEqual([])
    expect((await admin.groups.get({ id: groupId })).members.map(({ beneficiaryId }) => beneficiaryId)).toEqual([
      twin,
      zubayda,
    ])
    const { rows } = await admin.beneficiaries.timeline({ id: zubayda, kinds: ['change'] })
    expect(rows.map(({ title, byName }) => `${title} ${byName}`).slice(0, 2)).toEqual([
      'peopleTrash.restore Ada Admin',
      'peopleTrash.put Tom Trainer',
    ])
  })

  it('empties the seat of whom another computer has put in the trash, until they are back', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { kiosk, beneficiaryId: id } = await seatedKiosk(app, admin)
    const deleted = new Date().toISOString()
    await app.withDatabase((db) =>
      db.updateTable('beneficiaries').set({ deleted_at: deleted }).where('id', '=', id).execute(),
    )
    expect(await refusalKey(kiosk.delivery.menu())).toBe('kiosk.nobodySeated')
    await admin.peopleTrash.restore({ id })
    expect(await kiosk.delivery.menu()).toEqual([])
  })

  it('lets the trainer bring them back to whom they were given, and nobody else', async () => {
    await using app = await testApp()
    const { admin, tom, tina, zubayda, kiosk, attemptId, offered } = await known(app)
    await kiosk.delivery.handIn({ attemptId })
    await tom.handovers.offer({ beneficiaryId: zubayda, toTrainerId: offered })
    const [offer] = await tina.handovers.list()
    await tina.handovers.accept({ id: offer?.id ?? 0 })
    await admin.peopleTrash.put({ id: zubayda })
    expect(await tom.peopleTrash.list()).toEqual([])
    expect(await refusalKey(tom.peopleTrash.restore({ id: zubayda }))).toBe('trash.notFound')
    await tina.peopleTrash.restore({ id: zubayda })
    expect(await tina.beneficiaries.get({ id: zubayda })).toMatchObject({ name: 'Zubayda Amrani' })
  })

  it('ends what somebody is signed in to, and signs them in again when they are back', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Lina Learner', email: 'lina@example.org' })
    const { password_hash } = await app.withDatabase((db) =>
      db.selectFrom('users').select('password_hash').where('role', '=', 'super_admin').executeTakeFirstOrThrow(),
    )
    await app.withDatabase((db) =>
      db
        .updateTable('users')
        .set({ password_hash, is_verified: true })
        .where('email', '=', 'lina@example.org')
        .execute(),
    )
    const lina = app.visitor()
    await lina.identity.signIn({ email: 'lina@example.org', password })
    expect(await admin.peopleTrash.goesAlong({ id })).toMatchObject({ sessions: 1 })
    await admin.peopleTrash.put({ id })
    expect(await refusalKey(lina.delivery.menu())).toBe('door.signInFirst')
    expect(await refusalKey(lina.identity.signIn({ email: 'lina@example.org', password }))).toBe(
      'identity.wrongCredentials',
    )
    await admin.peopleTrash.restore({ id })
    expect(await refusalKey(lina.delivery.menu())).toBe('door.signInFirst')
    await lina.identity.signIn({ email: 'lina@example.org', password })
    expect(await lina.delivery.menu()).toEqual([])
  })
})

describe('the trash', () => {
  it('is emptied after thirty days by an erasure, but of nobody whom a legal hold keeps', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin, email } = await testCentre(app)
    const add = async (name: string) => (await admin.beneficiaries.create({ name })).id
    const [gone, kept] = [await add('Gone Soon'), await add('Held Back')]
    for (const id of [gone, kept]) await admin.peopleTrash.put({ id })
    await admin.privacy.placeHold({ person: { beneficiaryId: kept }, reason: 'A dispute' })
    const again = async () => {
      await app.restart()
      await app.restart()
      await admin.identity.signIn({ email, password })
      return (await admin.peopleTrash.list()).map(({ name, daysLeft, isHeld }) => `${name} ${daysLeft} ${isHeld}`)
    }
    clock.pass(29 * day + 1000)
    expect(await again()).toEqual(['Held Back 1 true', 'Gone Soon 1 false'])
    clock.pass(day)
    expect(await again(), 'a clock that jumps erases nobody').toEqual(['Held Back 0 true', 'Gone Soon 0 false'])
    await passDaysOfUse(app, clock, 3)
    expect(await again()).toEqual(['Held Back 0 true'])
    expect(await refusalKey(admin.peopleTrash.restore({ id: gone }))).toBe('trash.notFound')
    expect(await admin.privacy.erasures()).toMatchObject([{ erasedBy: null }])
    await app.withDatabase(async (db) => {
      const names = await db.selectFrom('users').select('name').where('role', '=', 'student').orderBy('id').execute()
      expect(names.map(({ name }) => name)).toEqual([expect.stringMatching(/^Erased person/), 'Held Back'])
    })
  })

  it('gives somebody their data, and erases them, while they lie in it', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Lina Learner' })
    await admin.peopleTrash.put({ id })
    expect(await admin.privacy.export({ beneficiaryId: id })).toMatchObject({ mimeType: 'application/zip' })
    await admin.privacy.erase({ person: { beneficiaryId: id }, name: 'Lina Learner' })
    expect(await admin.peopleTrash.list()).toEqual([])
  })
})
