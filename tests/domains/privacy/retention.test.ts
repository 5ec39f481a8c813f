import { describe, expect, it } from 'vitest'
import { readSettings } from '../../../main/backup/settings.ts'
import { mintId } from '../../../main/database/ids.ts'
import { monthsBefore } from '../../../main/domains/privacy/retention/rules.ts'
import type { RetentionSubject } from '../../../shared/contract/privacy.ts'
import { anyNetwork } from '../../support/any-network.ts'
import { type Client, type TestApp, testApp } from '../../support/app.ts'
import { publishedAssessment, secondCentre, shortAnswer, testCentre, testTrainer } from '../../support/centre.ts'
import { testClock } from '../../support/clock.ts'
import { refusalKey } from '../../support/refusal.ts'

const year = 365 * 24 * 3_600_000

async function planOf(admin: Client, subject: RetentionSubject) {
  const plan = (await admin.privacy.retention()).find((one) => one.subject === subject)
  if (!plan) throw new Error(`There is no plan for ${subject}.`)
  return plan
}

/** The administrator's session does not last for years. */
async function backAfter(app: TestApp, email: string) {
  const admin = app.visitor()
  await admin.identity.signIn({ email, password: 'correct horse' })
  return admin
}

/** Two people who finished six years ago, one who did not, and one of another centre. */
async function yearsLater() {
  const clock = testClock('2020-03-01T09:00:00.000Z')
  const app = await testApp({ clock })
  const { admin, email } = await testCentre(app)
  const [maria, held, active] = await Promise.all(
    ['Maria Canary', 'Hilde Held', 'Arno Active'].map((name) => admin.beneficiaries.create({ name })),
  )
  if (!maria || !held || !active) throw new Error('Nobody was registered.')
  for (const { id } of [maria, held]) await admin.beneficiaries.setStatus({ id, status: 'completed' })
  clock.pass(6 * year)
  return {
    app,
    maria: maria.id,
    held: held.id,
    admin: await backAfter(app, email),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}

describe('retention', { timeout: 30_000 }, () => {
  it.each([
    ['2026-03-31T10:00:00.000Z', 1, '2026-02-28T10:00:00.000Z'],
    ['2028-03-31T10:00:00.000Z', 1, '2028-02-29T10:00:00.000Z'],
    ['2026-01-15T00:00:00.000Z', 13, '2024-12-15T00:00:00.000Z'],
  ])('counts %s less %d months as %s', (now, months, expected) => {
    expect(monthsBefore(now, months)).toBe(expected)
  })

  it('is for administrators', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const trainer = await testTrainer(app, admin)
    expect(await refusalKey(trainer.privacy.retention())).toBe('door.forbidden')
    const agreed = [{ subject: 'files' as const, rows: 1 }]
    expect(await refusalKey(trainer.privacy.carryOutRetention({ agreed }))).toBe('door.forbidden')
  })

  it('shows what would go and whose, and takes it only when the numbers are agreed to', async () => {
    await using world = await yearsLater()
    const { admin, maria, held } = world
    await admin.privacy.placeHold({ person: { beneficiaryId: held }, reason: 'Complaint 12/2026' })

    expect(await planOf(admin, 'files')).toMatchObject({
      months: 60,
      rows: 1,
      held: 1,
      isMore: false,
      people: [{ name: 'Maria Canary', rows: 1 }],
      morePeople: 0,
    })
    const wrong = [{ subject: 'files' as const, rows: 2 }]
    expect(await refusalKey(admin.privacy.carryOutRetention({ agreed: wrong }))).toBe('privacy.numbersChanged')
    expect((await admin.beneficiaries.list({})).rows).toHaveLength(3)

    await admin.privacy.carryOutRetention({ agreed: [{ subject: 'files', rows: 1 }] })
    expect(await refusalKey(admin.beneficiaries.get({ id: maria }))).toBe('beneficiary.notFound')
    expect((await admin.beneficiaries.list({})).rows.map(({ name }) => name).toSorted()).toEqual([
      'Arno Active',
      'Hilde Held',
    ])
    expect((await admin.activity.list({})).rows[0]).toMatchObject({
      action: 'privacy.carryOutRetention',
      notes: { files: 1 },
    })
    expect(await planOf(admin, 'files')).toMatchObject({ rows: 0, held: 1 })
    expect(readSettings(world.app.dataDir).lastForgottenAt).not.toBeNull()
    expect(await admin.privacy.erasures()).toHaveLength(1)
    expect(await admin.activity.verify({})).toMatchObject({ problem: null })
  })

  it('leaves a person alone while a hold lasts, and an erasure is refused with its reason', async () => {
    await using world = await yearsLater()
    const { admin, held } = world
    const person = { beneficiaryId: held }
    const hold = await admin.privacy.placeHold({ person, reason: 'Complaint 12/2026' })
    expect(await refusalKey(admin.privacy.placeHold({ person, reason: 'Twice' }))).toBe('privacy.isHeldAlready')
    expect(await refusalKey(admin.privacy.erase({ person, name: 'Hilde Held' }))).toBe('privacy.held')
    expect(await admin.privacy.holds()).toMatchObject([
      { person: { name: 'Hilde Held' }, reason: 'Complaint 12/2026', placedBy: 'Ada Admin', liftedAt: null },
    ])
    expect(await planOf(admin, 'files')).toMatchObject({ rows: 1, held: 1 })

    await admin.privacy.liftHold(hold)
    expect(await refusalKey(admin.privacy.liftHold(hold))).toBe('privacy.holdLifted')
    expect(await planOf(admin, 'files')).toMatchObject({ rows: 2, held: 0 })
    await admin.privacy.erase({ person, name: 'Hilde Held' })
    expect(await refusalKey(admin.beneficiaries.get({ id: held }))).toBe('beneficiary.notFound')
  })

  it('follows the rules of each organization and knows nothing of others', async () => {
    await using world = await yearsLater()
    const { admin, app } = world
    await admin.privacy.setRetention({ rules: { files: 120, errors: 6, messages: null } })
    expect(await planOf(admin, 'files')).toMatchObject({ months: 120, defaultMonths: 60, rows: 0 })
    expect(await planOf(admin, 'messages')).toMatchObject({ months: null, rows: 0 })
    const { admin: other } = await secondCentre(app)
    expect(await planOf(other, 'files')).toMatchObject({ months: 60, rows: 0, held: 0 })
  })

  it('takes appointments that are over, but not those of somebody under a hold, and classroom sessions that have ended', async () => {
    const clock = testClock('2020-03-01T09:00:00.000Z')
    await using app = await testApp({ clock, roomListener: anyNetwork })
    const { admin, email } = await testCentre(app)
    const { id: assessmentId } = await publishedAssessment(admin, [shortAnswer])
    await admin.classroom.start({ assessmentIds: [assessmentId], address: '127.0.0.1', port: 4190 })
    await admin.classroom.end()
    const [maria, held] = await Promise.all(['Maria', 'Hilde'].map((name) => admin.beneficiaries.create({ name })))
    const hour = { startTime: '2020-03-01T10:00:00.000Z', endTime: '2020-03-01T11:00:00.000Z' }
    for (const person of [maria, held])
      await admin.appointments.create({ title: 'Talk', beneficiaryId: person?.id, ...hour })
    clock.pass(2 * year)

    const later = await backAfter(app, email)
    await later.privacy.placeHold({ person: { beneficiaryId: held?.id ?? 0 }, reason: 'Complaint' })
    expect(await planOf(later, 'appointments')).toMatchObject({ months: null, rows: 0 })
    await later.privacy.setRetention({ rules: { appointments: 12 } })
    expect(await planOf(later, 'appointments')).toMatchObject({ rows: 1, held: 1, people: [{ name: 'Maria' }] })
    expect(await planOf(later, 'rooms')).toMatchObject({ months: 12, rows: 1, held: 0 })

    const agreed = [
      { subject: 'appointments' as const, rows: 1 },
      { subject: 'rooms' as const, rows: 1 },
    ]
    await later.privacy.carryOutRetention({ agreed })
    expect(await planOf(later, 'appointments')).toMatchObject({ rows: 0, held: 1 })
    expect(await planOf(later, 'rooms')).toMatchObject({ rows: 0, held: 0 })
  })

  it('takes the answers of graded attempts and leaves the marks', async () => {
    const clock = testClock('2020-03-01T09:00:00.000Z')
    await using app = await testApp({ clock })
    const { admin, email } = await testCentre(app)
    const trainer = await testTrainer(app, admin)
    const { id } = await admin.beneficiaries.create({ name: 'Maria' })
    const assessment = await publishedAssessment(admin, [shortAnswer])
    await trainer.identity.openKiosk()
    await trainer.delivery.sitDown({ beneficiaryId: id })
    const { attemptId } = await trainer.delivery.begin({ assessmentId: assessment.id })
    const questionId = assessment.questionIds[0] ?? 0
    await trainer.delivery.saveAnswer({ attemptId, questionId, answer: 'CANARY', edit: 1 })
    await trainer.delivery.handIn({ attemptId })
    const score = (await admin.results.attempt({ attemptId })).score
    clock.pass(2 * year)
    const later = await backAfter(app, email)
    expect(await planOf(later, 'answers')).toMatchObject({ months: null, rows: 0 })
    await later.privacy.setRetention({ rules: { answers: 12 } })
    expect(await planOf(later, 'answers')).toMatchObject({ rows: 1, people: [{ name: 'Maria' }] })
    await later.privacy.carryOutRetention({ agreed: [{ subject: 'answers', rows: 1 }] })
    const attempt = await later.results.attempt({ attemptId })
    expect(attempt.answers[0]?.answer).toBe('')
    expect(attempt.score).toBe(score)
    const edits = await app.withDatabase((db) => db.selectFrom('answer_edits').selectAll().execute())
    expect(edits).toEqual([])
  })

  it('empties old lines of the log, which still proves itself, and deletes old sessions', async () => {
    const clock = testClock('2010-03-01T09:00:00.000Z')
    await using app = await testApp({ clock })
    const { admin, email } = await testCentre(app)
    await admin.beneficiaries.create({ name: 'Maria Canary' })
    clock.pass(11 * year)
    const later = await backAfter(app, email)
    await app.withDatabase(async (db) => {
      const user = await db.selectFrom('users').select('id').executeTakeFirstOrThrow()
      const id = await mintId(db, 'sessions')
      await db.insertInto('sessions').values({ id, user_id: user.id, expires_at: '2015-03-01T09:00:00.000Z' }).execute()
    })
    const { rows } = await planOf(later, 'activity')
    expect(rows).toBeGreaterThan(1)
    const sessions = await planOf(later, 'sessions')
    expect(sessions.rows).toBe(1)
    await later.privacy.carryOutRetention({
      agreed: [
        { subject: 'activity', rows },
        { subject: 'sessions', rows: sessions.rows },
      ],
    })
    expect((await planOf(later, 'activity')).rows).toBe(0)
    expect(await later.activity.verify({})).toMatchObject({ problem: null })
    const created = (await later.activity.list({})).rows.find(({ action }) => action === 'beneficiaries.create')
    expect(created).toMatchObject({ userName: 'Ada Admin', ipAddress: null, notes: { isErased: true } })
    expect(JSON.stringify(created?.changes)).not.toContain('Canary')
  })
})
