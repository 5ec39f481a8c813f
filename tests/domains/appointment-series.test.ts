import { describe, expect, it } from 'vitest'
import type { AppointmentRow } from '../../shared/contract/appointments.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { passDaysOfUse, secondCentre, testCentre, testTrainer } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

const spring = { from: '2026-03-01T00:00:00.000Z', until: '2026-05-01T00:00:00.000Z' }
const monday = { startTime: '2026-03-02T09:00:00.000Z', endTime: '2026-03-02T10:00:00.000Z' }
const weekly = { rule: 'FREQ=WEEKLY;COUNT=6', timeZone: 'Europe/Paris' }
type Client = Awaited<ReturnType<typeof testTrainer>>

async function staff(app: TestApp) {
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const tina = await testTrainer(app, admin, 'Tina Teacher')
  const { id: lina } = await tom.beneficiaries.create({ name: 'Lina Learner', email: 'lina@example.org' })
  return { admin, tom, tina, lina }
}

async function lessons(app: TestApp, recurrence = weekly) {
  const people = await staff(app)
  const made = await people.tom.appointments.create({ title: 'Lesson', ...monday, recurrence })
  return { ...people, made }
}

const planned = async (client: Client, span = spring) => (await client.appointments.list(span)).rows
const told = (rows: AppointmentRow[]) =>
  rows.map(({ title, startTime }) => `${title} ${startTime.slice(5, 16).replace('T', ' ')}`)
const one = async (client: Client, at: number) => {
  const row = (await planned(client))[at]
  if (!row) throw new Error('There is no such occurrence.')
  return row
}
const whole = async (client: Client, at: number) => client.appointments.get(await one(client, at))

const regular = [
  'Lesson 03-02 09:00',
  'Lesson 03-09 09:00',
  'Lesson 03-16 09:00',
  'Lesson 03-23 09:00',
  'Lesson 03-30 08:00',
  'Lesson 04-06 08:00',
]

describe('a series that is looked for', () => {
  it('is found with its next time, in the search and in the file of who comes', async () => {
    const clock = testClock('2026-03-04T08:00:00.000Z')
    await using app = await testApp({ clock })
    const { tom, lina } = await staff(app)
    const days = { rule: 'FREQ=WEEKLY;BYDAY=SU,MO,SA;COUNT=4', timeZone: 'Europe/Paris' }
    const { id } = await tom.appointments.create({ title: 'Lesson', ...monday, beneficiaryId: lina, recurrence: days })
    const saturday = '2026-03-07T09:00:00.000Z'
    const found = async () => (await tom.search.find({ text: 'lesson' })).appointments
    expect(await found()).toMatchObject([{ id, isSeries: true, startTime: saturday }])
    const inFile = async () => (await tom.beneficiaries.timeline({ id: lina, kinds: ['appointment'] })).rows
    expect(await inFile()).toMatchObject([{ at: monday.startTime, next: saturday }])
  })
})

describe('a series', () => {
  it('is refused by a rule nobody can follow, in a place without clocks, or from a day that it never falls on', async () => {
    await using app = await testApp()
    const { tom } = await staff(app)
    const create = (recurrence: typeof weekly) => tom.appointments.create({ title: 'Lesson', ...monday, recurrence })
    for (const rule of [
      'every Monday',
      'FREQ=SECONDLY',
      'FREQ=DAILY;COUNT=5000',
      'FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2',
    ]) {
      expect(await refusalKey(create({ ...weekly, rule }))).toBe('appointment.badRule')
    }
    expect(await refusalKey(create({ ...weekly, timeZone: 'Europe/Atlantis' }))).toBe('appointment.badRule')
    expect(await refusalKey(create({ ...weekly, rule: 'FREQ=WEEKLY;BYDAY=TU' }))).toBe('appointment.startOffRule')
    expect(await planned(tom)).toEqual([])
  })

  it('goes by the clocks of its place, also over the night in which they are put forward', async () => {
    await using app = await testApp()
    const { tom } = await lessons(app)
    expect(told(await planned(tom))).toEqual(regular)
    const late = { from: '2026-03-30T08:30:00.000Z', until: '2026-03-30T08:31:00.000Z' }
    expect(told(await planned(tom, late))).toEqual(['Lesson 03-30 08:00'])
  })

  it.each([
    ['FREQ=DAILY', ['04-27', '04-28', '04-29', '04-30']],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20260428', ['04-27', '04-28']],
    ['FREQ=WEEKLY;INTERVAL=2', ['04-27']],
    ['FREQ=WEEKLY;BYDAY=MO', ['04-27']],
    ['FREQ=MONTHLY', []],
  ])('by %s falls on the days that the rule says', async (rule, days) => {
    await using app = await testApp()
    const { tom } = await lessons(app, { ...weekly, rule })
    const rows = await planned(tom, { from: '2026-04-27T00:00:00.000Z', until: spring.until })
    expect(rows.map(({ startTime }) => startTime.slice(5, 10))).toEqual(days)
  })

  it('goes on for ever where it has no end, and is found in a week far away', async () => {
    await using app = await testApp()
    const { tom } = await lessons(app, { ...weekly, rule: 'FREQ=MONTHLY' })
    const later = { from: '2051-06-01T00:00:00.000Z', until: '2051-07-01T00:00:00.000Z' }
    expect(told(await planned(tom, later))).toEqual(['Lesson 06-02 08:00'])
  })

  it('is seen with all it will take up before it is saved', async () => {
    await using app = await testApp()
    const { tom } = await staff(app)
    await tom.appointments.create({
      title: 'Visit',
      startTime: '2026-04-06T08:30:00.000Z',
      endTime: '2026-04-06T09:30:00.000Z',
    })
    expect(await tom.appointments.conflicts({ ...monday, recurrence: null })).toEqual([])
    expect(await tom.appointments.conflicts({ ...monday, recurrence: weekly })).toMatchObject([{ title: 'Visit' }])
    const { id } = await tom.appointments.create({ title: 'Lesson', ...monday, recurrence: weekly })
    expect(await tom.appointments.conflicts({ ...monday, recurrence: weekly, exceptId: id })).toMatchObject([
      { title: 'Visit' },
    ])
  })
})

describe('one of a series', () => {
  it('is changed, moved, marked and taken out alone, each once, and put back by one undo', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom } = await lessons(app)
    clock.pass(1000)
    const moved = await tom.appointments.move({
      ...(await one(tom, 1)),
      startTime: '2026-03-10T14:00:00.000Z',
      endTime: '2026-03-10T15:00:00.000Z',
    })
    await tom.appointments.setStatus({ ...(await one(tom, 2)), status: 'completed' })
    await tom.appointments.update({ ...(await whole(tom, 3)), title: 'Exam' })
    await tom.appointments.remove(await one(tom, 4))
    expect(told(await planned(tom))).toEqual([
      'Lesson 03-02 09:00',
      'Lesson 03-10 14:00',
      'Lesson 03-16 09:00',
      'Exam 03-23 09:00',
      'Lesson 04-06 08:00',
    ])
    expect((await planned(tom)).map(({ status }) => status)[2]).toBe('completed')
    // Somebody else has written in this series since.
    expect(await refusalKey(tom.appointments.undo(moved))).toBe('appointment.changedSince')
  })

  it('is taken back as it was, and only once', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom, admin } = await lessons(app)
    for (const reach of ['this', 'following', 'all'] as const) {
      clock.pass(1000)
      const { undo } = await tom.appointments.remove({ ...(await one(tom, 2)), reach })
      expect((await planned(tom)).length).toBe({ this: 5, following: 2, all: 0 }[reach])
      expect(await refusalKey(admin.appointments.undo({ undo }))).toBe('appointment.tooLateToUndo')
      clock.pass(1000)
      await tom.appointments.undo({ undo })
      expect(told(await planned(tom))).toEqual(regular)
      expect(await refusalKey(tom.appointments.undo({ undo }))).toBe('appointment.tooLateToUndo')
    }
  })

  it('is not overwritten by somebody who saw it before it was changed', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom, admin } = await lessons(app)
    const old = await one(tom, 2)
    clock.pass(1000)
    await admin.appointments.setStatus({ ...old, status: 'cancelled' })
    expect(await refusalKey(tom.appointments.setStatus({ ...old, status: 'completed' }))).toBe(
      'appointment.changedMeanwhile',
    )
    expect(await refusalKey(tom.appointments.get({ id: old.id, occurrence: 77 }))).toBe('appointment.notFound')
  })

  it('of somebody else is missing, and one that was given away is not shown by its series', async () => {
    await using app = await testApp()
    const { tom, tina, admin } = await lessons(app)
    const third = await whole(admin, 2)
    const stranger = (await secondCentre(app)).admin
    for (const client of [tina, stranger]) {
      expect(await refusalKey(client.appointments.remove({ ...third, reach: 'all' }))).toBe('appointment.notFound')
    }
    const trainers = await admin.beneficiaries.trainers()
    const tinaId = trainers.find(({ name }) => name === 'Tina Teacher')?.id ?? 0
    await admin.appointments.update({ ...third, trainerId: tinaId })
    expect(told(await planned(tom))).toEqual(regular.filter((_, at) => at !== 2))
    expect(told(await planned(tina))).toEqual([regular[2]])
    expect(told(await planned(admin))).toEqual(regular)
  })
})

describe('this one and the following ones', () => {
  it('move together, and one that had a time of its own keeps it', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom } = await lessons(app)
    clock.pass(1000)
    const times = { startTime: '2026-03-24T15:00:00.000Z', endTime: '2026-03-24T16:00:00.000Z' }
    await tom.appointments.move({ ...(await one(tom, 3)), ...times })
    await tom.appointments.setStatus({ ...(await one(tom, 0)), status: 'completed' })
    clock.pass(1000)
    const { startTime } = await one(tom, 2)
    const later = { startTime: startTime.replace('16T09', '17T10'), endTime: startTime.replace('16T09', '17T11') }
    await tom.appointments.move({ ...(await one(tom, 2)), ...later, reach: 'following' })
    expect(told(await planned(tom))).toEqual([
      'Lesson 03-02 09:00',
      'Lesson 03-09 09:00',
      'Lesson 03-17 10:00',
      'Lesson 03-24 15:00',
      'Lesson 03-31 09:00',
      'Lesson 04-07 09:00',
    ])
  })

  it('take other words, another rule or an end', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom } = await lessons(app)
    clock.pass(1000)
    await tom.appointments.update({ ...(await whole(tom, 2)), title: 'French', reach: 'following' })
    expect(told(await planned(tom)).map((words) => words.split(' ')[0])).toEqual(
      'Lesson Lesson French French French French'.split(' '),
    )
    clock.pass(1000)
    const rule = 'FREQ=WEEKLY;INTERVAL=2;COUNT=2'
    await tom.appointments.update({
      ...(await whole(tom, 3)),
      recurrence: { ...weekly, rule },
      reach: 'following',
    })
    expect(told(await planned(tom)).slice(2)).toEqual([
      'French 03-16 09:00',
      'French 03-23 09:00',
      'French 04-06 08:00',
    ])
    clock.pass(1000)
    const last = await whole(tom, 3)
    expect(
      await refusalKey(
        tom.appointments.update({ ...last, recurrence: { ...weekly, rule: 'FREQ=DAILY' }, reach: 'all' }),
      ),
    ).toBe('appointment.chooseFollowing')
    await tom.appointments.update({ ...last, recurrence: null, reach: 'following' })
    expect(told(await planned(tom)).slice(2)).toEqual(['French 03-16 09:00', 'French 03-23 09:00'])
    expect((await whole(tom, 3)).recurrence).toBeNull()
  })
})

describe('all of a series', () => {
  it('change where one has nothing of its own, in every part of it, and what was held stays', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom, lina } = await lessons(app)
    clock.pass(1000)
    await tom.appointments.setStatus({ ...(await one(tom, 0)), status: 'completed' })
    await tom.appointments.update({ ...(await whole(tom, 1)), title: 'Exam' })
    await tom.appointments.update({ ...(await whole(tom, 3)), location: 'Room 2', reach: 'following' })
    clock.pass(1000)
    const last = await whole(tom, 5)
    const moved = { startTime: '2026-04-06T07:30:00.000Z', endTime: '2026-04-06T09:00:00.000Z' }
    await tom.appointments.update({ ...last, ...moved, title: 'French', beneficiaryId: lina, reach: 'all' })
    const rows = await planned(tom)
    expect(told(rows)).toEqual([
      'Lesson 03-02 09:00',
      'Exam 03-09 08:30',
      'French 03-16 08:30',
      'French 03-23 08:30',
      'French 03-30 07:30',
      'French 04-06 07:30',
    ])
    expect(rows.map(({ beneficiaryId }) => beneficiaryId === lina)).toEqual([false, true, true, true, true, true])
    expect(rows.map(({ location }) => location)).toEqual(['', '', '', 'Room 2', 'Room 2', 'Room 2'])
  })

  it('stay on the days that the rule names', async () => {
    await using app = await testApp()
    const { tom } = await lessons(app, { ...weekly, rule: 'FREQ=WEEKLY;BYDAY=MO,TH;COUNT=4' })
    const day = { startTime: '2026-03-03T09:00:00.000Z', endTime: '2026-03-03T10:00:00.000Z' }
    expect(await refusalKey(tom.appointments.move({ ...(await one(tom, 0)), ...day, reach: 'all' }))).toBe(
      'appointment.ruleFixesDay',
    )
    const hour = { startTime: '2026-03-02T11:00:00.000Z', endTime: '2026-03-02T12:00:00.000Z' }
    await tom.appointments.move({ ...(await one(tom, 0)), ...hour, reach: 'all' })
    expect(told(await planned(tom)).at(-1)).toBe('Lesson 03-12 11:00')
  })

  it('end on the day they ended on when they are moved by a day, and none is added or lost', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom } = await lessons(app, { ...weekly, rule: 'FREQ=WEEKLY;UNTIL=20260316' })
    clock.pass(1000)
    const day = { startTime: '2026-03-03T09:00:00.000Z', endTime: '2026-03-03T10:00:00.000Z' }
    await tom.appointments.move({ ...(await one(tom, 0)), ...day, reach: 'all' })
    expect(told(await planned(tom))).toEqual(['Lesson 03-03 09:00', 'Lesson 03-10 09:00', 'Lesson 03-17 09:00'])
  })
})

it('shows each of a series once, whatever two machines did to it without knowing of each other', async () => {
  const clock = testClock()
  await using app = await testApp({ clock })
  const { tom } = await lessons(app)
  clock.pass(1000)
  await tom.appointments.update({ ...(await whole(tom, 2)), title: 'First split', reach: 'following' })
  await tom.appointments.setStatus({ ...(await one(tom, 1)), status: 'cancelled' })
  // The other machine cut the same series later, moved all of it, and changed the same one: its rows arrive as they are.
  await app.withDatabase(async (db) => {
    const rows = await db.selectFrom('appointments').selectAll().orderBy('id').execute()
    const [root, part, exception] = rows
    if (!root || !part || !exception) throw new Error('The series is not there.')
    await db
      .updateTable('appointments')
      .set({ recurrence: 'FREQ=WEEKLY;COUNT=6', series_end: '2026-05-01T00:00:00.000Z' })
      .where('id', '=', root.id)
      .execute()
    const counter = { next: 100 }
    await db.updateTable('id_counters').set(counter).where('table_name', '=', 'appointments').execute()
    const later = '2027-01-01T00:00:00.000Z'
    const minutes = 4 * 7 * 24 * 60
    await db
      .insertInto('appointments')
      .values([
        {
          ...part,
          id: 50,
          title: 'Later split',
          series_end: '2026-04-20T09:00:00.000Z',
          series_minutes: minutes,
          start_time: '2026-03-30T08:00:00.000Z',
          end_time: '2026-03-30T09:00:00.000Z',
          updated_at: later,
        },
        { ...exception, id: 51, title: 'Newest', updated_at: later },
      ])
      .execute()
  })
  expect(told(await planned(tom))).toEqual([
    'Lesson 03-02 09:00',
    'Newest 03-09 09:00',
    'First split 03-16 09:00',
    'First split 03-23 09:00',
    'Later split 03-30 08:00',
    'Later split 04-06 08:00',
    'Later split 04-13 08:00',
    'Later split 04-20 08:00',
  ])
})

it('has no date with somebody who is in the trash, in the calendar, a file or as the next one, until they are back', async () => {
  await using app = await testApp({ clock: testClock() })
  const { tom, lina, made } = await lessons(app)
  const changed = await tom.appointments.update({ ...(await whole(tom, 0)), beneficiaryId: lina, reach: 'this' })
  const place = { id: made.id, occurrence: 0 }
  const next = async () => (await tom.appointments.get({ id: made.id })).startTime.slice(5, 10)
  const exdates = async () => (await tom.appointments.file({ id: made.id })).text.match(/EXDATE[^\r]*/g)
  expect(await tom.attendance.list(place)).toMatchObject([{ beneficiaryId: lina }])
  await tom.attendance.note({ ...place, marks: [{ beneficiaryId: lina, status: 'excused' }] })
  expect([await next(), await exdates()]).toEqual(['03-02', null])

  await tom.peopleTrash.put({ id: lina })
  expect(told(await planned(tom))).toEqual(regular.slice(1))
  expect([await next(), await exdates()]).toEqual(['03-09', ['EXDATE;TZID=Europe/Paris:20260302T100000']])
  for (const gone of [place, { id: changed.id }]) {
    expect(await refusalKey(tom.appointments.get(gone))).toBe('appointment.notFound')
    expect(await refusalKey(tom.attendance.list(gone))).toBe('appointment.notFound')
  }
  expect(await tom.appointments.trash()).toEqual([])

  await tom.peopleTrash.restore({ id: lina })
  expect(told(await planned(tom))).toEqual(regular)
  expect(await tom.attendance.list(place)).toMatchObject([{ beneficiaryId: lina, status: 'excused' }])
  expect([await next(), await exdates()]).toEqual(['03-02', null])
})

it('opens at the next date that is there when the one before it was taken out', async () => {
  await using app = await testApp({ clock: testClock() })
  const { tom, made } = await lessons(app)
  await tom.appointments.remove({ ...(await one(tom, 0)), reach: 'this' })
  expect(await tom.appointments.get({ id: made.id })).toMatchObject({ startTime: '2026-03-09T09:00:00.000Z' })
  const { appointments } = await tom.search.find({ text: 'Lesson' })
  expect(appointments).toMatchObject([{ startTime: '2026-03-09T09:00:00.000Z' }])
})

describe('the trash', () => {
  const inTrash = async (client: Client) =>
    (await client.appointments.trash()).map(({ title, startTime }) => `${title} ${startTime.slice(5, 10)}`)

  it('brings back one, the following ones or all that were deleted together, for whoever may see them', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom, tina } = await lessons(app)
    for (const [reach, first] of [
      ['this', 'Lesson 03-16'],
      ['following', 'Lesson 03-16'],
      ['all', 'Lesson 03-02'],
    ] as const) {
      clock.pass(1000)
      await tom.appointments.remove({ ...(await one(tom, 2)), reach })
      expect(await inTrash(tom)).toEqual([first])
      expect(await inTrash(tina)).toEqual([])
      const [{ id } = { id: 0 }] = await tom.appointments.trash()
      expect(await refusalKey(tina.appointments.restore({ id }))).toBe('appointment.notFound')
      clock.pass(1000)
      await tom.appointments.restore({ id })
      expect(told(await planned(tom))).toEqual(regular)
      expect(await refusalKey(tom.appointments.restore({ id }))).toBe('appointment.notFound')
    }
  })

  it('is emptied after a month, of what is whole, and a series never shows again what was taken out of it', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom } = await lessons(app, { ...weekly, rule: 'FREQ=WEEKLY;COUNT=60' })
    const single = await tom.appointments.create({ title: 'Visit', ...monday })
    await tom.appointments.remove({ ...single })
    await tom.appointments.remove(await one(tom, 1))
    const left = () =>
      app.withDatabase(async (db) =>
        (await db.selectFrom('appointments').select('title').orderBy('id').execute()).map(({ title }) => title),
      )
    clock.pass(29 * 86_400_000)
    await app.restart()
    expect(await left()).toEqual(['Lesson', 'Visit', 'Lesson'])
    clock.pass(2 * 86_400_000)
    await app.restart()
    expect(await left(), 'a clock that jumps empties no trash').toEqual(['Lesson', 'Visit', 'Lesson'])
    await passDaysOfUse(app, clock, 3)
    await app.restart()
    expect(await left()).toEqual(['Lesson', 'Lesson'])
  })

  it('keeps a series of which somebody else still holds one', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom, admin } = await lessons(app)
    const trainers = await admin.beneficiaries.trainers()
    const tinaId = trainers.find(({ name }) => name === 'Tina Teacher')?.id ?? 0
    await admin.appointments.update({ ...(await whole(admin, 2)), trainerId: tinaId })
    await tom.appointments.remove({ ...(await one(tom, 0)), reach: 'all' })
    clock.pass(31 * 86_400_000)
    await passDaysOfUse(app, clock, 3)
    await app.restart()
    const kept = await app.withDatabase((db) => db.selectFrom('appointments').select('trainer_id').execute())
    expect(kept.filter(({ trainer_id }) => trainer_id === tinaId)).toHaveLength(1)
  })
})
