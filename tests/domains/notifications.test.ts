import { describe, expect, it } from 'vitest'
import { mintId } from '../../main/database/ids.ts'
import { AssessmentSettings } from '../../shared/contract/assessments.ts'
import type { NotificationType } from '../../shared/contract/notifications.ts'
import type { Client, TestApp } from '../support/app.ts'
import { testApp } from '../support/app.ts'
import { choice, essay, password, publishedAssessment, testCentre, testTrainer } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

/** An administrator, two trainers, and a learner of the first who signs in. */
async function centre(app: TestApp) {
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const tina = await testTrainer(app, admin, 'Tina Teacher')
  const { id: linaId } = await tom.beneficiaries.create({ name: 'Lina Learner', email: 'lina@example.org' })
  await tom.identity.setLearnerPassword({ beneficiaryId: linaId, password })
  const lina = app.visitor()
  await lina.identity.signIn({ email: 'lina@example.org', password })
  const trainers = await admin.beneficiaries.trainers()
  const tinaId = trainers.find(({ name }) => name === 'Tina Teacher')?.id ?? 0
  return { admin, tom, tina, lina, linaId, tinaId }
}

const toldTo = async (of: Client) => (await of.notifications.list({})).rows.map(({ told }) => told)
const countOf = async (of: Client) => (await of.notifications.unread()).notifications
const hour = { startTime: '2026-03-02T09:00:00.000Z', endTime: '2026-03-02T10:00:00.000Z' }
const before = () => testClock('2026-03-01T08:00:00.000Z')

async function handedIn(lina: Client, assessmentId: number, answers: Record<number, string>) {
  const { attemptId } = await lina.delivery.begin({ assessmentId })
  for (const [questionId, answer] of Object.entries(answers)) {
    await lina.delivery.saveAnswer({ attemptId, questionId: Number(questionId), answer, edit: 1 })
  }
  await lina.delivery.handIn({ attemptId })
  return attemptId
}

describe('a notification', () => {
  it('is read by its owner alone', async () => {
    await using app = await testApp()
    const { admin, tom, lina, linaId } = await centre(app)
    await publishedAssessment(tom, [choice], { beneficiaryId: linaId })
    const [row] = (await lina.notifications.list({})).rows
    const id = row?.id ?? 0
    for (const somebody of [tom, admin]) {
      expect(await refusalKey(somebody.notifications.markRead({ id }))).toBe('notification.notFound')
      expect(await somebody.notifications.list({})).toEqual({ rows: [], hasMore: false })
    }
    expect(await lina.notifications.unread()).toEqual({ notifications: 1, messages: 0, newest: id })
    await lina.notifications.markRead({ id })
    expect(await lina.notifications.unread()).toEqual({ notifications: 0, messages: 0, newest: id })
    expect((await lina.notifications.list({})).rows).toMatchObject([{ id, isRead: true }])
  })

  it('comes in pages, the latest first, and all of them can be marked as read', async () => {
    const clock = before()
    await using app = await testApp({ clock })
    const { tom, lina, linaId } = await centre(app)
    for (let count = 0; count < 60; count += 1) {
      clock.pass(1000)
      await tom.appointments.create({ title: `Number ${count}`, beneficiaryId: linaId, ...hour })
    }
    const first = await lina.notifications.list({})
    const second = await lina.notifications.list({ before: first.rows.at(-1)?.id })
    expect([first.hasMore, second.hasMore]).toEqual([true, false])
    const titles = [...first.rows, ...second.rows].map(({ told }) => told.type === 'appointment' && told.title)
    expect(titles).toEqual(Array.from({ length: 60 }, (_, count) => `Number ${59 - count}`))
    expect(await countOf(lina)).toBe(60)
    await lina.notifications.markAllRead()
    expect(await countOf(lina)).toBe(0)
  })

  it('is not made for what somebody has switched off, nor for whoever has no password', async () => {
    await using app = await testApp({ clock: before() })
    const { tom, lina, linaId } = await centre(app)
    const { id: nuraId } = await tom.beneficiaries.create({ name: 'Nura New' })
    await lina.notifications.setPreferences({ off: ['appointment'], isNative: true, quiet: null })
    for (const beneficiaryId of [linaId, nuraId]) await tom.appointments.create({ title: 'X', beneficiaryId, ...hour })
    await publishedAssessment(tom, [choice], { beneficiaryId: linaId })
    expect(await toldTo(lina)).toMatchObject([{ type: 'assessment' }])
    const kept = await app.withDatabase((db) => db.selectFrom('notifications').select(['type', 'data']).execute())
    expect(kept).toHaveLength(1)
  })

  it('keeps numbers and no words of what it tells', async () => {
    await using app = await testApp({ clock: before() })
    const { tom, lina, linaId } = await centre(app)
    await tom.appointments.create({ title: 'Canary', description: 'Canary', beneficiaryId: linaId, ...hour })
    const rows = await app.withDatabase((db) => db.selectFrom('notifications').selectAll().execute())
    expect(rows).toMatchObject([{ title: 'notifications.appointment', message: null, is_read: false }])
    expect(JSON.stringify(rows)).not.toContain('Canary')
    expect(await toldTo(lina)).toMatchObject([{ title: 'Canary' }])
  })

  it('is there exactly when what it tells is: a call that fails leaves none', async () => {
    await using app = await testApp({ clock: before() })
    const { tom, lina, linaId } = await centre(app)
    expect(
      await refusalKey(
        tom.appointments.create({ title: 'X', beneficiaryId: linaId, ...hour, endTime: hour.startTime }),
      ),
    ).toBe('appointment.endsTooEarly')
    expect(await toldTo(lina)).toEqual([])
  })
})

describe('whoever goes to another organization, or comes from one,', () => {
  it('is told of by name: with the file where it is the reader’s, without where it is gone', async () => {
    await using app = await testApp()
    const { admin, tom, tina, linaId } = await centre(app)
    await app.withDatabase(async (db) => {
      const { organization_id } = await db.selectFrom('beneficiaries').selectAll().executeTakeFirstOrThrow()
      const readers = await db.selectFrom('users').select('id').where('role', '!=', 'student').execute()
      const news = [
        { news: 'came', beneficiaryId: linaId },
        { news: 'came', beneficiaryId: linaId + 1 },
        { news: 'went', beneficiaryId: linaId + 1, name: 'Omar Omari' },
      ]
      for (const { id: user_id } of readers) {
        for (const [at, data] of news.entries()) {
          const id = await mintId(db, 'notifications')
          const created_at = `2026-03-02T09:00:0${at}.000Z`
          const row = { id, organization_id, user_id, type: 'crossing', title: 'notifications.crossing', created_at }
          await db
            .insertInto('notifications')
            .values({ ...row, data })
            .execute()
        }
      }
    })
    const went = { type: 'crossing', news: 'went', beneficiaryId: null, name: 'Omar Omari' }
    const gone = { type: 'crossing', news: 'came', beneficiaryId: null, name: null }
    const came = { ...gone, beneficiaryId: linaId, name: 'Lina Learner' }
    for (const reader of [admin, tom]) expect(await toldTo(reader)).toEqual([went, gone, came])
    expect(await toldTo(tina)).toEqual([went, gone, gone])
  })
})

describe('preferences', () => {
  it('refuse a time that is none, and stand beside whatever else a profile keeps', async () => {
    await using app = await testApp()
    const { lina, tom } = await centre(app)
    const unset = { off: [], isNative: true, quiet: null }
    expect(await tom.notifications.preferences()).toEqual(unset)
    for (const from of ['24:00', '9:00', '']) {
      const odd = { ...unset, quiet: { from, until: '07:00' } }
      expect(await refusalKey(tom.notifications.setPreferences(odd))).toBe('door.invalidInput')
    }
    await app.withDatabase((db) =>
      db
        .updateTable('profiles')
        .set({ preferences: { theme: 'dark' } })
        .execute(),
    )
    const wanted = {
      off: ['message' as NotificationType],
      isNative: false,
      quiet: { from: '21:00', until: '07:00' },
    }
    for (const somebody of [tom, lina, tom]) {
      await somebody.notifications.setPreferences(wanted)
      expect(await somebody.notifications.preferences()).toEqual(wanted)
    }
    const kept = await app.withDatabase((db) => db.selectFrom('profiles').select('preferences').execute())
    expect(kept.filter(({ preferences }) => JSON.stringify(preferences).includes('theme'))).toMatchObject([
      { preferences: { theme: 'dark', notifications: wanted } },
    ])
  })
})

describe('an appointment', () => {
  it('tells those concerned, not whoever made it, and of what is over nobody', async () => {
    await using app = await testApp({ clock: before() })
    const { admin, tom, tina, lina, linaId, tinaId } = await centre(app)
    const past = { startTime: '2026-02-02T09:00:00.000Z', endTime: '2026-02-02T10:00:00.000Z' }
    await admin.appointments.create({ title: 'Past', beneficiaryId: linaId, trainerId: tinaId, ...past })
    await admin.appointments.create({ title: 'Held', beneficiaryId: linaId, ...hour, status: 'completed' })
    const { id } = await admin.appointments.create({ title: 'Talk', beneficiaryId: linaId, trainerId: tinaId, ...hour })
    const told = {
      type: 'appointment',
      news: 'made',
      appointmentId: id,
      title: 'Talk',
      startTime: hour.startTime,
      occurrence: null,
    }
    expect([await toldTo(tina), await toldTo(lina)]).toEqual([[told], [told]])
    expect([await toldTo(admin), await toldTo(tom)]).toEqual([[], []])
  })

  it('tells of a change once, of notes never, and of one that was called off', async () => {
    const clock = before()
    await using app = await testApp({ clock })
    const { tom, lina, linaId } = await centre(app)
    const { id } = await tom.appointments.create({ title: 'Talk', beneficiaryId: linaId, ...hour })
    const change = async (fields: object) => {
      clock.pass(1000)
      await tom.appointments.update({ ...(await tom.appointments.get({ id })), ...fields })
    }
    await change({ location: 'Room 2' })
    expect(await toldTo(lina)).toMatchObject([{ news: 'made' }])
    await lina.notifications.markAllRead()
    await change({ notes: 'Was nervous.' })
    expect(await toldTo(lina)).toMatchObject([{ news: 'made' }])
    await change({ location: 'Room 3' })
    await change({ title: 'Long talk' })
    expect(await toldTo(lina)).toMatchObject([{ news: 'changed', title: 'Long talk' }, { news: 'made' }])
    clock.pass(1000)
    await tom.appointments.setStatus({ ...(await tom.appointments.get({ id })), status: 'cancelled' })
    expect(await toldTo(lina)).toMatchObject([{ news: 'cancelled', title: 'Long talk' }, { news: 'made' }])
    await tom.appointments.remove(await tom.appointments.get({ id }))
    expect(await toldTo(lina)).toMatchObject([
      { news: 'cancelled', appointmentId: null, title: null },
      { news: 'made' },
    ])
  })

  it('is called off for whoever it is no longer with, without telling them what it is now', async () => {
    const clock = before()
    await using app = await testApp({ clock })
    const { admin, tina, linaId, tinaId } = await centre(app)
    const { id } = await admin.appointments.create({ title: 'Talk', trainerId: tinaId, ...hour })
    await tina.notifications.markAllRead()
    clock.pass(1000)
    const present = await admin.appointments.get({ id })
    await admin.appointments.update({ ...present, title: 'Secret', trainerId: null, beneficiaryId: linaId })
    const [told] = await toldTo(tina)
    expect(told).toEqual({
      type: 'appointment',
      news: 'cancelled',
      appointmentId: null,
      title: null,
      ...start,
      occurrence: null,
    })
  })

  it('that nobody heard of yet goes without a word', async () => {
    await using app = await testApp({ clock: before() })
    const { tom, lina, linaId } = await centre(app)
    const made = await tom.appointments.create({ title: 'Talk', beneficiaryId: linaId, ...hour })
    await tom.appointments.remove(made)
    expect(await toldTo(lina)).toEqual([])
  })
})
const start = { startTime: hour.startTime }

describe('an assessment', () => {
  it('tells the learners it is for, and takes that back when it is withdrawn', async () => {
    await using app = await testApp()
    const { admin, tom, lina, linaId } = await centre(app)
    const { id: otherGroup } = await admin.groups.create({ name: 'Others' })
    await publishedAssessment(tom, [choice], { groupId: otherGroup })
    expect(await toldTo(lina)).toEqual([])
    const { id: groupId } = await admin.groups.create({ name: 'Class A' })
    await admin.groups.addMembers({ id: groupId, beneficiaryIds: [linaId] })
    const { id: forGroup } = await publishedAssessment(tom, [choice], { groupId, title: 'For the class' })
    await publishedAssessment(tom, [choice], { title: 'For all' })
    expect(await toldTo(lina)).toMatchObject([{ title: 'For all' }, { title: 'For the class' }])
    await tom.assessments.unpublish({ id: forGroup })
    expect(await toldTo(lina)).toMatchObject([{ title: 'For all' }])
    expect(await countOf(lina)).toBe(1)
  })
})

describe('a result', () => {
  it('tells the learner when somebody marks an answer, and when the result is there', async () => {
    await using app = await testApp()
    const { tom, lina, linaId } = await centre(app)
    const other = { ...essay, text: 'How?' }
    const { id, questionIds } = await publishedAssessment(tom, [essay, other], {
      beneficiaryId: linaId,
      title: 'Essays',
    })
    await lina.notifications.markAllRead()
    const [first = 0, second = 0] = questionIds
    const attemptId = await handedIn(lina, id, { [first]: 'So.', [second]: 'Thus.' })
    expect(await countOf(lina)).toBe(0)
    const { answers } = await tom.results.attempt({ attemptId })
    const [one = 0, two = 0] = answers.map(({ responseId }) => responseId ?? 0)
    await tom.results.grade({ responseId: one, points: 3 })
    expect(await toldTo(lina)).toMatchObject([{ type: 'graded', attemptId, title: 'Essays' }, { type: 'assessment' }])
    await tom.results.grade({ responseId: two, points: 3 })
    expect(await toldTo(lina)).toMatchObject([{ type: 'result', attemptId }, { type: 'assessment' }])
    await lina.notifications.markAllRead()
    await tom.results.override({ attemptId, score: 4, reason: 'Was ill.' })
    expect(await countOf(lina)).toBe(1)
    expect(await countOf(tom)).toBe(0)
  })

  it('is not announced where learners are not to see it', async () => {
    await using app = await testApp()
    const { tom, lina, linaId } = await centre(app)
    const settings = AssessmentSettings.parse({ review: 'nothing' })
    const { id, questionIds } = await publishedAssessment(tom, [essay], { beneficiaryId: linaId, settings })
    const attemptId = await handedIn(lina, id, { [questionIds[0] ?? 0]: 'So.' })
    const { answers } = await tom.results.attempt({ attemptId })
    await tom.results.grade({ responseId: answers[0]?.responseId ?? 0, points: 3 })
    expect(await toldTo(lina)).toMatchObject([{ type: 'assessment' }])
  })
})

describe('a reminder', () => {
  const weekly = { rule: 'FREQ=WEEKLY', timeZone: 'Europe/Paris' }
  /** Whom the program reminded by the time it is closed, which waits for what is under way. */
  const reminded = (app: TestApp) =>
    app.withDatabase(async (db) => {
      const rows = await db
        .selectFrom('notifications')
        .innerJoin('users', 'users.id', 'notifications.user_id')
        .select(['users.name', 'data'])
        .where('type', '=', 'appointment')
        .orderBy('notifications.id')
        .execute()
      const soon = rows.filter(({ data }) => Object(data).news === 'soon')
      return soon.map(({ name, data }) => `${name.split(' ')[0]} ${Object(data).startTime.slice(5, 16)}`)
    })

  it('comes half an hour before, to all concerned and once, and late where the machine slept', async () => {
    const clock = testClock('2026-03-02T08:29:00.000Z')
    await using app = await testApp({ clock })
    const { tom, linaId } = await centre(app)
    await tom.appointments.create({ title: 'Interview', ...hour, beneficiaryId: linaId })
    await tom.appointments.create({ title: 'Slept over', ...hour, startTime: '2026-03-02T09:30:00.000Z' })
    await tom.appointments.create({
      title: 'Over by then',
      ...hour,
      startTime: '2026-03-02T09:10:00.000Z',
      endTime: '2026-03-02T09:15:00.000Z',
    })
    expect(await reminded(app)).toEqual([])
    clock.pass(60_000)
    await app.restart()
    expect((await reminded(app)).toSorted()).toEqual(['Lina 03-02T09:00', 'Tom 03-02T09:00'])
    expect(await reminded(app)).toHaveLength(2)
    clock.setWall('2026-03-02T09:40:00.000Z')
    await app.restart()
    expect((await reminded(app)).slice(2)).toEqual(['Tom 03-02T09:30'])
  })

  it('comes for each one of a series, not for one that was called off, and not for those who want none', async () => {
    const clock = testClock('2026-03-02T08:40:00.000Z')
    await using app = await testApp({ clock })
    const { tom, lina, linaId } = await centre(app)
    await lina.notifications.setPreferences({ off: ['appointment'], isNative: false, quiet: null })
    const lesson = { title: 'Lesson', ...hour, beneficiaryId: linaId }
    const { id } = await tom.appointments.create({ ...lesson, recurrence: weekly })
    const third = await tom.appointments.get({ id, occurrence: 2 * 7 * 24 * 60 })
    await tom.appointments.setStatus({ ...third, status: 'cancelled' })
    for (const day of ['02', '09', '16']) {
      clock.setWall(`2026-03-${day}T08:40:00.000Z`)
      await app.restart()
      // Before the clock goes on: what is under way reads it too.
      await reminded(app)
    }
    expect(await reminded(app)).toEqual(['Tom 03-02T09:00', 'Tom 03-09T09:00'])
  })

  it('leads to the one it is about, and stands once where two machines reminded before they met', async () => {
    const clock = testClock('2026-03-02T08:40:00.000Z')
    await using app = await testApp({ clock })
    const { tom } = await centre(app)
    const { id } = await tom.appointments.create({ title: 'Lesson', ...hour, recurrence: weekly })
    await app.restart()
    expect(await reminded(app)).toHaveLength(1)
    await app.withDatabase(async (db) => {
      const note = await db.selectFrom('notifications').selectAll().executeTakeFirstOrThrow()
      await db.updateTable('id_counters').set({ next: 100 }).where('table_name', '=', 'notifications').execute()
      await db
        .insertInto('notifications')
        .values({ ...note, id: 50, data: Object(note.data) })
        .execute()
      await db.updateTable('appointments').set({ reminded_until: null }).execute()
    })
    await app.restart()
    expect(await reminded(app)).toHaveLength(1)
    expect(await toldTo(tom)).toMatchObject([{ news: 'soon', appointmentId: id, occurrence: 0, title: 'Lesson' }])
    expect(await countOf(tom)).toBe(1)
  })
})
