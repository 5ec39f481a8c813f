import { describe, expect, it } from 'vitest'
import type { AppointmentFields } from '../../shared/contract/appointments.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { password, secondCentre, testCentre, testTrainer } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

const at = (time: string, day = '2026-03-02') => `${day}T${time}:00.000Z`
const hour = { startTime: at('09:00'), endTime: at('10:00') }
const week = { from: at('00:00'), until: at('00:00', '2026-03-09') }

/** An administrator, and two trainers with a learner each. */
async function staff(app: TestApp) {
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const tina = await testTrainer(app, admin, 'Tina Teacher')
  const { id: lina } = await tom.beneficiaries.create({ name: 'Lina Learner', email: 'lina@example.org' })
  const { id: omar } = await tina.beneficiaries.create({ name: 'Omar Other' })
  const trainers = await admin.beneficiaries.trainers()
  const idOf = (name: string) => trainers.find((trainer) => trainer.name === name)?.id ?? 0
  return { admin, tom, tina, lina, omar, tomId: idOf('Tom Trainer'), tinaId: idOf('Tina Teacher') }
}

describe('an appointment', () => {
  it('must end after it begins, within a week', async () => {
    await using app = await testApp()
    const { tom } = await staff(app)
    const create = (endTime: string) => tom.appointments.create({ title: 'Interview', ...hour, endTime })
    expect(await refusalKey(create(at('09:00')))).toBe('appointment.endsTooEarly')
    expect(await refusalKey(create(at('08:59')))).toBe('appointment.endsTooEarly')
    expect(await refusalKey(create(at('09:01', '2026-03-09')))).toBe('appointment.tooLong')
    expect(await refusalKey(tom.appointments.create({ title: ' ', ...hour }))).toBe('door.invalidInput')
    expect(await tom.appointments.list(week)).toEqual({ rows: [], isCut: false })
  })

  it('keeps every field', async () => {
    await using app = await testApp()
    const { tom, lina, tomId } = await staff(app)
    const fields: AppointmentFields = {
      ...hour,
      title: 'First interview',
      description: 'Bring your papers.',
      beneficiaryId: lina,
      trainerId: tomId,
      location: 'Room 2',
      type: 'Interview',
      status: 'completed',
      notes: 'Was nervous.',
      groupId: null,
      recurrence: null,
    }
    const { id } = await tom.appointments.create(fields)
    expect(await tom.appointments.get({ id })).toMatchObject({
      ...fields,
      beneficiaryName: 'Lina Learner',
      trainerName: 'Tom Trainer',
    })
  })

  it('is not overwritten, moved, marked or removed by somebody who saw an older version', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom, admin } = await staff(app)
    const old = await tom.appointments.create({ title: 'Interview', ...hour })
    const present = await tom.appointments.get(old)
    clock.pass(1000)
    await admin.appointments.update({ ...present, title: 'Talk' })
    const later = { startTime: at('11:00'), endTime: at('12:00') }
    const outdated = [
      tom.appointments.update({ ...present, title: 'Chat' }),
      tom.appointments.move({ ...old, ...later }),
      tom.appointments.setStatus({ ...old, status: 'cancelled' }),
      tom.appointments.remove(old),
    ]
    for (const call of outdated) expect(await refusalKey(call)).toBe('appointment.changedMeanwhile')
    expect(await tom.appointments.get(old)).toMatchObject({ title: 'Talk', status: 'scheduled', ...hour })
  })

  it('moves, is marked and goes, one version after the other', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom } = await staff(app)
    const { id, updatedAt } = await tom.appointments.create({ title: 'Interview', ...hour })
    clock.pass(1000)
    const later = { startTime: at('11:00'), endTime: at('12:30') }
    const moved = await tom.appointments.move({ id, updatedAt, ...later })
    clock.pass(1000)
    expect(await refusalKey(tom.appointments.move({ ...moved, ...later, endTime: at('11:00') }))).toBe(
      'appointment.endsTooEarly',
    )
    const marked = await tom.appointments.setStatus({ ...moved, status: 'completed' })
    expect(await tom.appointments.get({ id })).toMatchObject({
      ...later,
      updatedAt: marked.updatedAt,
      status: 'completed',
    })
    await tom.appointments.remove(marked)
    expect(await refusalKey(tom.appointments.get({ id }))).toBe('appointment.notFound')
  })

  it('wants another reminder only when it begins at another time', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom } = await staff(app)
    const { id } = await tom.appointments.create({ title: 'Interview', ...hour })
    const reminded = () =>
      app.withDatabase((db) =>
        db.selectFrom('appointments').select('reminder_sent as isSent').executeTakeFirstOrThrow(),
      )
    await app.withDatabase((db) => db.updateTable('appointments').set({ reminder_sent: true }).execute())
    const change = async (times: { startTime: string; endTime: string }) => {
      const present = await tom.appointments.get({ id })
      clock.pass(1000)
      await tom.appointments.move({ ...present, ...times })
    }
    await change({ startTime: at('09:00'), endTime: at('10:30') })
    expect(await reminded()).toEqual({ isSent: true })
    await change({ startTime: at('09:15'), endTime: at('10:30') })
    expect(await reminded()).toEqual({ isSent: false })
  })
})

describe('the calendar', () => {
  it('shows a trainer what they hold, an administrator everything of the centre, and nobody more', async () => {
    await using app = await testApp()
    const { admin, tom, tina, tomId, tinaId } = await staff(app)
    const stranger = (await secondCentre(app)).admin
    const { id } = await tom.appointments.create({ title: 'Of Tom', ...hour })
    await tina.appointments.create({ title: 'Of Tina', ...hour })
    await stranger.appointments.create({ title: 'Elsewhere', ...hour })
    expect(await refusalKey(tina.appointments.get({ id }))).toBe('appointment.notFound')
    expect(await refusalKey(stranger.appointments.get({ id }))).toBe('appointment.notFound')
    const titles = async (client: typeof tom, filter = {}) =>
      (await client.appointments.list({ ...week, ...filter })).rows.map(({ title }) => title)
    expect(await titles(tom)).toEqual(['Of Tom'])
    expect(await titles(tom, { trainerId: tinaId })).toEqual([])
    expect(await titles(admin)).toEqual(['Of Tom', 'Of Tina'])
    expect(await titles(admin, { trainerId: tomId })).toEqual(['Of Tom'])
    expect(await titles(stranger)).toEqual(['Elsewhere'])
  })

  it('has whatever touches the time that is asked for, in the order of time', async () => {
    await using app = await testApp()
    const { tom } = await staff(app)
    const create = (title: string, startTime: string, endTime: string) =>
      tom.appointments.create({ title, startTime, endTime })
    await create('until it begins', at('08:00'), at('09:00'))
    await create('from its end', at('10:00'), at('11:00'))
    await create('within', at('09:20'), at('09:40'))
    await create('for a week', at('09:30', '2026-02-23'), at('09:30'))
    await create('across', at('08:30'), at('11:00'))
    const { rows } = await tom.appointments.list({ from: at('09:00'), until: at('10:00') })
    expect(rows.map(({ title }) => title)).toEqual(['for a week', 'across', 'within'])
  })

  it('lets a trainer meet their own people only, and leaves giving away to administrators', async () => {
    await using app = await testApp()
    const { admin, tom, tina, omar, tinaId } = await staff(app)
    const meeting = { title: 'Meeting', ...hour }
    expect(await refusalKey(tom.appointments.create({ ...meeting, beneficiaryId: omar }))).toBe('beneficiary.notFound')
    expect(await refusalKey(tom.appointments.create({ ...meeting, trainerId: tinaId }))).toBe(
      'appointment.trainerByAdmin',
    )
    expect(await refusalKey(admin.appointments.create({ ...meeting, trainerId: 999 }))).toBe('user.notFound')
    const { id } = await admin.appointments.create({ ...meeting, trainerId: tinaId, beneficiaryId: omar })
    expect(await tina.appointments.get({ id })).toMatchObject({ beneficiaryName: 'Omar Other' })
  })

  it('shows learners their own appointments without the notes of the staff', async () => {
    await using app = await testApp()
    const { tom, tina, lina, omar } = await staff(app)
    await tom.identity.setLearnerPassword({ beneficiaryId: lina, password })
    const learner = app.visitor()
    await learner.identity.signIn({ email: 'lina@example.org', password })
    const texts = { description: 'Bring papers.', notes: 'Was late twice.' }
    await tom.appointments.create({ title: 'With Lina', ...hour, ...texts, beneficiaryId: lina })
    await tina.appointments.create({ title: 'With Omar', ...hour, beneficiaryId: omar })
    const mine = await learner.appointments.mine(week)
    expect(mine).toMatchObject([{ title: 'With Lina', description: 'Bring papers.', trainerName: 'Tom Trainer' }])
    expect(JSON.stringify(mine)).not.toContain('late twice')
    expect(await refusalKey(learner.appointments.list(week))).toBe('door.forbidden')
    expect(await refusalKey(tom.appointments.mine(week))).toBe('door.forbidden')
  })
})

describe('double booking', () => {
  it('is told of the trainer, the learner and the room, and nothing of what is not the caller’s to see', async () => {
    await using app = await testApp()
    const { admin, tom, tina, lina, omar, tomId } = await staff(app)
    const own = await tom.appointments.create({ title: 'Of Tom', ...hour, beneficiaryId: lina })
    await tina.appointments.create({ title: 'Of Tina', ...hour, location: 'ROOM  É' })
    expect(await refusalKey(tom.appointments.conflicts({ ...hour, beneficiaryId: omar }))).toBe('beneficiary.notFound')
    expect(await tom.appointments.conflicts({ ...hour, beneficiaryId: lina, location: 'room é' })).toEqual([
      { ...hour, id: own.id, title: 'Of Tom', causes: ['trainer', 'beneficiary'] },
      { ...hour, id: null, title: null, causes: ['location'] },
    ])
    expect(await admin.appointments.conflicts({ ...hour, trainerId: tomId, location: 'Room e' })).toMatchObject([
      { title: 'Of Tom', causes: ['trainer'] },
      { title: 'Of Tina', causes: ['location'] },
    ])
    expect(await admin.appointments.conflicts(hour)).toEqual([])
  })

  it('is no reason to refuse, and none of what was called off, touches only, or is being changed', async () => {
    await using app = await testApp()
    const { tom } = await staff(app)
    const first = await tom.appointments.create({ title: 'First', ...hour })
    const second = await tom.appointments.create({ title: 'Second', ...hour })
    expect(await tom.appointments.conflicts({ ...hour, exceptId: first.id })).toMatchObject([{ title: 'Second' }])
    await tom.appointments.setStatus({ ...second, status: 'cancelled' })
    expect(await tom.appointments.conflicts({ ...hour, exceptId: first.id })).toEqual([])
    expect(await tom.appointments.conflicts({ startTime: at('10:00'), endTime: at('11:00') })).toEqual([])
  })
})

it('names the learner of an appointment in the activity log, whatever was done with it', async () => {
  await using app = await testApp()
  const { admin, tom, lina } = await staff(app)
  const made = await tom.appointments.create({ title: 'Interview', ...hour, beneficiaryId: lina })
  await tom.appointments.get(made)
  await tom.appointments.remove(made)
  const { rows } = await admin.activity.list({ beneficiaryId: lina })
  expect(rows.map(({ action }) => action)).toEqual([
    'appointments.remove',
    'appointments.look',
    'appointments.create',
    'beneficiaries.create',
  ])
})
