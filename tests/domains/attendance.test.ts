import { expect, it } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import { secondCentre, testCentre, testTrainer } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

const hour = { startTime: '2026-03-02T09:00:00.000Z', endTime: '2026-03-02T10:00:00.000Z' }
const weekly = { rule: 'FREQ=WEEKLY', timeZone: 'Europe/Paris' }
const week = 7 * 24 * 60

/** A trainer with two people in a group, one of somebody else in it, and a lesson of the group that comes every week. */
async function lesson(app: TestApp) {
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const tina = await testTrainer(app, admin, 'Tina Teacher')
  const enrol = async (client: typeof tom, name: string) => (await client.beneficiaries.create({ name })).id
  const people = { lina: await enrol(tom, 'Lina'), lou: await enrol(tom, 'Lou'), omar: await enrol(tina, 'Omar') }
  const { id: groupId } = await admin.groups.create({ name: 'Mornings' })
  await admin.groups.addMembers({ id: groupId, beneficiaryIds: Object.values(people) })
  const { id } = await tom.appointments.create({ title: 'Lesson', ...hour, groupId, recurrence: weekly })
  return { admin, tom, tina, ...people, groupId, id }
}

const names = (people: { name: string; status: string | null }[]) =>
  people.map(({ name, status }) => `${name} ${status}`)

it('is refused for people who are not there, and for an appointment of somebody else', async () => {
  await using app = await testApp()
  const { tom, tina, id, omar, lina } = await lesson(app)
  const stranger = (await secondCentre(app)).admin
  const mark = (beneficiaryId: number) => ({ id, marks: [{ beneficiaryId, status: 'late' as const }] })
  expect(await refusalKey(tina.attendance.note(mark(omar)))).toBe('appointment.notFound')
  expect(await refusalKey(stranger.attendance.list({ id }))).toBe('appointment.notFound')
  expect(await refusalKey(tom.attendance.note(mark(omar)))).toBe('beneficiary.notFound')
  expect(await refusalKey(tom.attendance.ofPerson({ beneficiaryId: omar }))).toBe('beneficiary.notFound')
  expect(await refusalKey(stranger.attendance.ofPerson({ beneficiaryId: lina }))).toBe('beneficiary.notFound')
  expect(names(await tom.attendance.list({ id }))).toEqual(['Lina null', 'Lou null'])
})

it('is noted for one of a series, which was held then, and is written over and taken away', async () => {
  const clock = testClock('2026-03-09T10:00:00.000Z')
  await using app = await testApp({ clock })
  const { tom, admin, id, lina, lou, omar, groupId } = await lesson(app)
  const second = { id, occurrence: week }
  const both = [lina, lou].map((beneficiaryId) => ({ beneficiaryId, status: 'present' as const }))
  await tom.attendance.note({ ...second, marks: both })
  clock.pass(1000)
  await admin.attendance.note({ ...second, marks: [{ beneficiaryId: lou, status: 'absent' }] })
  await admin.attendance.note({ id, occurrence: 2 * week, marks: [{ beneficiaryId: lou, status: 'excused' }] })
  expect(names(await tom.attendance.list(second))).toEqual(['Lina present', 'Lou absent'])
  expect(names(await admin.attendance.list({ id, occurrence: 0 }))).toEqual(['Lina null', 'Lou null', 'Omar null'])

  const { rows } = await tom.appointments.list({ from: hour.startTime, until: '2026-03-23T00:00:00.000Z' })
  expect(rows.map(({ status }) => status)).toEqual(['scheduled', 'completed', 'scheduled'])
  expect(await tom.attendance.ofPerson({ beneficiaryId: lou })).toMatchObject({ present: 0, excused: 1, absent: 1 })
  expect((await admin.attendance.ofGroup({ groupId })).map(({ present, absent }) => present + absent)).toEqual([
    1, 1, 0,
  ])
  const { rows: events } = await tom.beneficiaries.timeline({ id: lou, kinds: ['attendance'] })
  expect(events.map(({ at, title, state, byName }) => [at.slice(0, 10), title, state, byName])).toEqual([
    ['2026-03-16', 'Lesson', 'excused', 'Ada Admin'],
    ['2026-03-09', 'Lesson', 'absent', 'Ada Admin'],
  ])

  await tom.attendance.note({ ...second, marks: [{ beneficiaryId: lina, status: null }] })
  expect(names(await tom.attendance.list(second))).toEqual(['Lina null', 'Lou absent'])
  expect(omar).toBeGreaterThan(0)
})

it('counts once what two machines noted of the same one, as it was noted last, and nothing of what was deleted', async () => {
  const clock = testClock('2026-03-09T10:00:00.000Z')
  await using app = await testApp({ clock })
  const { tom, id, lina } = await lesson(app)
  const second = { id, occurrence: week }
  await tom.attendance.note({ ...second, marks: [{ beneficiaryId: lina, status: 'absent' }] })
  await app.withDatabase(async (db) => {
    const row = await db
      .selectFrom('appointments')
      .selectAll()
      .where('series_id', 'is not', null)
      .executeTakeFirstOrThrow()
    const mark = await db.selectFrom('attendance').selectAll().executeTakeFirstOrThrow()
    await db
      .updateTable('id_counters')
      .set({ next: 100 })
      .where('table_name', 'in', ['appointments', 'attendance'])
      .execute()
    const later = '2027-01-01T00:00:00.000Z'
    await db
      .insertInto('appointments')
      .values({ ...row, id: 50, updated_at: later })
      .execute()
    await db
      .insertInto('attendance')
      .values({ ...mark, id: 51, appointment_id: 50, status: 'late', updated_at: later })
      .execute()
  })
  expect(names(await tom.attendance.list(second))).toEqual(['Lina late', 'Lou null'])
  expect(await tom.attendance.ofPerson({ beneficiaryId: lina })).toMatchObject({ late: 1, absent: 0 })
  const shown = await tom.appointments.get(second)
  await tom.appointments.remove({ ...shown, reach: 'all' })
  expect(await tom.attendance.ofPerson({ beneficiaryId: lina })).toMatchObject({ late: 0, absent: 0 })
})

it('shows a lesson of a group to its members, also by name', async () => {
  await using app = await testApp()
  const { tom, lina, groupId } = await lesson(app)
  await tom.beneficiaries.create({ name: 'Lea', email: 'lea@example.org' })
  const { rows } = await tom.appointments.list({
    from: hour.startTime,
    until: '2026-03-10T00:00:00.000Z',
    beneficiaryId: lina,
  })
  expect(rows.map(({ title, groupName }) => `${title} ${groupName}`)).toEqual(['Lesson Mornings', 'Lesson Mornings'])
  expect(await tom.appointments.conflicts({ ...hour, groupId })).toMatchObject([{ causes: ['trainer', 'group'] }])
})
