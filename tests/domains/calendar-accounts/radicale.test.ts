import { fork } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, testApp } from '../../support/app.ts'
import { testCentre, testTrainer } from '../../support/centre.ts'
import { testClock } from '../../support/clock.ts'
import {
  calendarUser,
  type Radicale,
  type RemoteCalendar,
  radicaleMissing,
  startRadicale,
} from '../../support/radicale.ts'
import { refusalKey } from '../../support/refusal.ts'

const skipReason = await radicaleMissing()
const march = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' }
const hour = { startTime: '2026-03-10T09:00:00.000Z', endTime: '2026-03-10T10:00:00.000Z' }
const telling = { tellsWords: true, word: 'Appointment' }

const calendar = (...lines: string[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Other//EN',
    'BEGIN:VEVENT',
    ...lines,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')

const dentist = (...more: string[]) =>
  calendar(
    'UID:dentist',
    'DTSTAMP:20260301T000000Z',
    'SUMMARY:Dentist',
    'DESCRIPTION:Bring the card',
    'DTSTART:20260310T093000Z',
    'DTEND:20260310T110000Z',
    ...more,
  )
/** Three times: one left out, one different. */
const sport = calendar(
  'UID:sport',
  'DTSTAMP:20260301T000000Z',
  'SUMMARY:Sport',
  'DTSTART:20260311T180000Z',
  'DTEND:20260311T190000Z',
  'RRULE:FREQ=DAILY;COUNT=3',
  'EXDATE:20260312T180000Z',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:sport',
  'DTSTAMP:20260301T000000Z',
  'SUMMARY:Match',
  'RECURRENCE-ID:20260313T180000Z',
  'DTSTART:20260313T200000Z',
  'DTEND:20260313T210000Z',
)

describe('a calendar on a CalDAV server', { skip: skipReason !== undefined, meta: { skipReason } }, () => {
  let server: Radicale
  let count = 0

  beforeAll(async () => {
    server = await startRadicale()
  })
  afterAll(() => server?.[Symbol.asyncDispose]())

  /** A trainer with an account, and the calendar that it is of. */
  async function connected(options: Partial<typeof telling> = {}) {
    const clock = testClock()
    const app = await testApp({ clock })
    const { admin } = await testCentre(app)
    const trainer = await testTrainer(app, admin)
    server.onRequest(() => 'pass')
    const there = await server.calendar(`cal${count++}`)
    const { id } = await trainer.calendarAccounts.addCaldav({
      ...calendarUser,
      ...telling,
      ...options,
      address: there.address,
      calendarName: 'Work',
    })
    await trainer.calendarAccounts.agreeNow({ id })
    return { app, admin, trainer, there, id, clock, agree: () => trainer.calendarAccounts.agreeNow({ id }) }
  }

  const titles = async (trainer: Client) => (await trainer.appointments.list(march)).rows.map(({ title }) => title)
  const texts = async (there: RemoteCalendar) => [...(await there.events()).values()]
  const state = async (trainer: Client) => (await trainer.calendarAccounts.list()).accounts[0]
  const noticesOf = async (trainer: Client) => (await trainer.calendarAccounts.list()).notices

  it('is found by the address of the server, and not with a wrong password, unencrypted, or where there is none', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await server.calendar('found')
    const find = (part: object) =>
      admin.calendarAccounts.findCalendars({ ...calendarUser, address: server.address, ...part })
    expect(await refusalKey(find({ password: 'wrong' }))).toBe('calendar.wrongPassword')
    expect(await refusalKey(find({ address: 'http://calendar.example.org' }))).toBe('calendar.notSecure')
    expect(await refusalKey(find({ address: 'http://127.0.0.1:9' }))).toBe('calendar.unreachable')
    expect(await find({})).toContainEqual({ address: `${server.address}/tom/found/`, name: 'tom/found' })
  })

  it('says in its row that the password is wrong or the calendar gone, and goes on when that is put right', async () => {
    const { app, trainer, there, id, agree } = await connected()
    await using _ = app
    await trainer.calendarAccounts.setPassword({ id, password: 'wrong' })
    await agree()
    expect(await state(trainer)).toMatchObject({ problem: 'wrongPassword' })
    await trainer.calendarAccounts.setPassword({ id, password: calendarUser.password })
    await agree()
    expect(await state(trainer)).toMatchObject({ problem: null, agreedAt: '2026-03-01T09:00:00.000Z' })
    await there.drop()
    await trainer.appointments.create({ title: 'Kept', ...hour })
    await agree()
    expect(await state(trainer)).toMatchObject({ problem: 'calendarGone' })
    expect(await titles(trainer)).toEqual(['Kept'])
  })

  it('gets what is made here, changed and deleted, and only what is the trainer’s own', async () => {
    const { app, admin, trainer, there, agree } = await connected()
    await using _ = app
    await admin.appointments.create({ title: 'Of nobody', ...hour })
    const { id, updatedAt } = await trainer.appointments.create({ title: 'Ours', location: 'Room 1', ...hour })
    await agree()
    expect(await texts(there)).toEqual([
      expect.stringMatching(/SUMMARY:Ours[\s\S]*LOCATION:Room 1|LOCATION:Room 1[\s\S]*SUMMARY:Ours/),
    ])
    const moved = { startTime: '2026-03-10T11:00:00.000Z', endTime: '2026-03-10T12:00:00.000Z' }
    const { updatedAt: later } = await trainer.appointments.move({ id, updatedAt, ...moved })
    await agree()
    expect(await texts(there)).toEqual([expect.stringContaining('DTSTART:20260310T110000Z')])
    await trainer.appointments.remove({ id, updatedAt: later })
    await agree()
    expect(await texts(there)).toEqual([])
  })

  it('is told a word alone where the person did not allow more, and keeps the words that stand there', async () => {
    const { app, admin, trainer, there, agree, id: account } = await connected({ tellsWords: false })
    await using _ = app
    const mine = (await admin.identity.listUsers()).find(({ role }) => role === 'trainer')
    const { id: beneficiaryId } = await admin.beneficiaries.create({ name: 'Lea Secret', trainerId: mine?.id ?? null })
    const { id, updatedAt } = await trainer.appointments.create({
      title: 'Debts of Lea',
      description: 'Secret too',
      location: 'At Lea’s',
      notes: 'Secret as well',
      type: 'Debts',
      beneficiaryId,
      ...hour,
    })
    await agree()
    const [text = ''] = await texts(there)
    expect(text).toContain('SUMMARY:Appointment')
    expect(text).not.toMatch(/Lea|Secret|Debts/)
    await there.edit((before) => before.replace('SUMMARY:Appointment', 'SUMMARY:My word'))
    await agree()
    expect(await titles(trainer)).toEqual(['Debts of Lea'])
    await trainer.appointments.move({
      id,
      updatedAt,
      startTime: '2026-03-10T12:00:00.000Z',
      endTime: '2026-03-10T13:00:00.000Z',
    })
    await agree()
    expect(await texts(there)).toEqual([expect.stringMatching(/SUMMARY:My word/)])
    expect(await texts(there)).toEqual([expect.stringMatching(/DTSTART:20260310T120000Z/)])
    await trainer.calendarAccounts.setTelling({ id: account, tellsWords: true, word: 'Appointment' })
    await agree()
    expect(await texts(there)).toEqual([expect.stringMatching(/SUMMARY:Debts of Lea/)])
    await trainer.calendarAccounts.setTelling({ id: account, tellsWords: false, word: 'Appointment' })
    await agree()
    expect((await texts(there)).join()).not.toMatch(/Lea|Secret|Debts/)
  })

  it('brings what was changed and deleted there, and keeps alarms and guests that others wrote', async () => {
    const { app, trainer, there, agree } = await connected()
    await using _ = app
    const { id } = await trainer.appointments.create({ title: 'Ours', ...hour })
    await agree()
    const extra =
      'X-OTHER:kept\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Soon\r\nTRIGGER:-PT10M\r\nEND:VALARM\r\nEND:VEVENT'
    await there.edit((text) => text.replace('SUMMARY:Ours', 'SUMMARY:Theirs').replace('END:VEVENT', extra))
    await agree()
    expect(await titles(trainer)).toEqual(['Theirs'])
    const { updatedAt } = await trainer.appointments.get({ id })
    await trainer.appointments.move({
      id,
      updatedAt,
      startTime: '2026-03-10T12:00:00.000Z',
      endTime: '2026-03-10T13:00:00.000Z',
    })
    await agree()
    expect((await texts(there))[0]).toMatch(/X-OTHER:kept/)
    expect((await texts(there))[0]).toMatch(/BEGIN:VALARM/)
    await there.clear()
    await agree()
    expect(await titles(trainer)).toEqual([])
    expect(await trainer.appointments.trash()).toMatchObject([{ title: 'Theirs' }])
    expect(await noticesOf(trainer)).toEqual([])
  })

  it('has nothing of somebody in the trash, and what was planned with them again when they are back', async () => {
    const { app, trainer, there, agree } = await connected()
    await using _ = app
    const { id: beneficiaryId } = await trainer.beneficiaries.create({ name: 'Lea Learner' })
    await trainer.appointments.create({ title: 'With Lea', beneficiaryId, ...hour })
    await trainer.appointments.create({ title: 'Alone', ...hour })
    await agree()
    const titlesThere = async () => (await texts(there)).map((text) => /SUMMARY:(.*)\r/.exec(text)?.[1]).sort()
    expect(await titlesThere()).toEqual(['Alone', 'With Lea'])
    await trainer.peopleTrash.put({ id: beneficiaryId })
    await agree()
    expect(await titlesThere()).toEqual(['Alone'])
    expect(await titles(trainer)).toEqual(['Alone'])
    expect(await trainer.appointments.trash()).toEqual([])
    await trainer.peopleTrash.restore({ id: beneficiaryId })
    await agree()
    expect(await titlesThere()).toEqual(['Alone', 'With Lea'])
    expect((await titles(trainer)).sort()).toEqual(['Alone', 'With Lea'])
    expect(await noticesOf(trainer)).toEqual([])
  })

  it('and this one merge what both changed while apart: ours stays where both changed the same, and theirs can be taken', async () => {
    const { app, trainer, there, agree } = await connected()
    await using _ = app
    const { id, updatedAt } = await trainer.appointments.create({ title: 'Before', location: 'Room 1', ...hour })
    await agree()
    const present = await trainer.appointments.get({ id })
    await trainer.appointments.update({ ...present, updatedAt, title: 'Ours', description: 'From here' })
    await there.edit((text) =>
      text.replace('SUMMARY:Before', 'SUMMARY:Theirs').replace('LOCATION:Room 1', 'LOCATION:Room 2'),
    )
    await agree()
    expect(await trainer.appointments.get({ id })).toMatchObject({
      title: 'Ours',
      description: 'From here',
      location: 'Room 2',
    })
    expect((await texts(there))[0]).toMatch(/SUMMARY:Ours/)
    const [notice, ...others] = await noticesOf(trainer)
    expect(others).toEqual([])
    expect(notice).toMatchObject({ kind: 'kept', field: 'title', ours: { text: 'Ours' }, theirs: { text: 'Theirs' } })
    await trainer.calendarAccounts.takeTheirs({ id: notice?.id ?? 0 })
    await agree()
    expect(await titles(trainer)).toEqual(['Theirs'])
    expect((await texts(there))[0]).toMatch(/SUMMARY:Theirs/)
    expect(await noticesOf(trainer)).toEqual([])
  })

  it('keeps what is written there between looking and sending', async () => {
    const { app, trainer, there, agree } = await connected()
    await using _ = app
    const { id, updatedAt } = await trainer.appointments.create({ title: 'Before', ...hour })
    await agree()
    const present = await trainer.appointments.get({ id })
    await trainer.appointments.update({ ...present, updatedAt, description: 'From here' })
    let isEdited = false
    server.onRequest(
      () => 'pass',
      async (method) => {
        if (method !== 'REPORT' || isEdited) return
        isEdited = true
        await there.edit((text) => text.replace('SUMMARY:Before', 'SUMMARY:In between'))
      },
    )
    await agree()
    expect(isEdited).toBe(true)
    expect(await trainer.appointments.get({ id })).toMatchObject({ title: 'In between', description: 'From here' })
    expect(await texts(there)).toEqual([expect.stringMatching(/In between/)])
    expect(await texts(there)).toEqual([expect.stringMatching(/From here/)])
  })

  it('and this one hold an edit worth more than a deletion, on either side', async () => {
    const { app, trainer, there, agree } = await connected()
    await using _ = app
    const { id, updatedAt } = await trainer.appointments.create({ title: 'Before', ...hour })
    await agree()
    await trainer.appointments.remove({ id, updatedAt })
    await there.edit((text) => text.replace('SUMMARY:Before', 'SUMMARY:Edited there'))
    await agree()
    expect(await titles(trainer)).toEqual(['Edited there'])
    expect(await noticesOf(trainer)).toMatchObject([{ kind: 'cameBackHere', title: 'Edited there' }])
    const present = await trainer.appointments.get({ id })
    await there.clear()
    await trainer.appointments.update({ ...present, title: 'Edited here' })
    await agree()
    expect((await texts(there))[0]).toMatch(/SUMMARY:Edited here/)
    expect(await titles(trainer)).toEqual(['Edited here'])
    expect((await noticesOf(trainer)).map(({ kind }) => kind)).toEqual(['cameBackThere', 'cameBackHere'])
  })

  it('has a series as a whole, with what is different and left out in it, from both sides', async () => {
    const { app, trainer, there, agree } = await connected()
    await using _ = app
    const recurrence = { rule: 'FREQ=WEEKLY;COUNT=4', timeZone: 'Europe/Paris' }
    const { id } = await trainer.appointments.create({ title: 'Weekly', ...hour, recurrence })
    const second = await trainer.appointments.get({ id, occurrence: 7 * 24 * 60 })
    await trainer.appointments.update({ ...second, title: 'Different', reach: 'this' })
    await agree()
    const [text = ''] = await texts(there)
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2)
    expect(text).toMatch(/RRULE:FREQ=WEEKLY;COUNT=4/)
    expect(text).toMatch(/RECURRENCE-ID;TZID=Europe\/Paris:20260317T100000/)
    await there.edit((before) =>
      before
        .replace(/RRULE:/, 'EXDATE;TZID=Europe/Paris:20260324T100000\r\nRRULE:')
        .replace('SUMMARY:Different', 'SUMMARY:Otherwise'),
    )
    await agree()
    expect(
      (await trainer.appointments.list({ ...march, until: '2026-04-10T00:00:00.000Z' })).rows.map(
        ({ title, startTime }) => [title, startTime.slice(5, 13)],
      ),
    ).toEqual([
      ['Weekly', '03-10T09'],
      ['Otherwise', '03-17T09'],
      ['Weekly', '03-31T08'],
    ])
    expect(await noticesOf(trainer)).toEqual([])
  })

  it('shows what else stands there as busy, and in double bookings, without its words to others', async () => {
    const { app, admin, trainer, there, agree } = await connected()
    await using _ = app
    await there.put(
      'dentist.ics',
      calendar(
        'UID:dentist',
        'DTSTAMP:20260301T000000Z',
        'SUMMARY:Dentist',
        'DTSTART:20260310T093000Z',
        'DTEND:20260310T110000Z',
      ),
    )
    await there.put(
      'free.ics',
      calendar(
        'UID:free',
        'DTSTAMP:20260301T000000Z',
        'SUMMARY:Birthday',
        'DTSTART;VALUE=DATE:20260310',
        'TRANSP:TRANSPARENT',
      ),
    )
    await there.put(
      'sport.ics',
      calendar(
        'UID:sport',
        'DTSTAMP:20260301T000000Z',
        'SUMMARY:Sport',
        'DTSTART:20260311T180000Z',
        'DTEND:20260311T190000Z',
        'RRULE:FREQ=DAILY;COUNT=3',
        'EXDATE:20260312T180000Z',
      ),
    )
    await agree()
    const busy = async (client: Client) =>
      (await client.calendarAccounts.busy(march)).map(({ title, startTime }) => [title, startTime.slice(8, 13)])
    expect(await busy(trainer)).toEqual([
      ['Dentist', '10T09'],
      ['Sport', '11T18'],
      ['Sport', '13T18'],
    ])
    expect(await busy(admin)).toEqual([])
    expect(await titles(trainer)).toEqual([])
    const mine = (await admin.identity.listUsers()).find(({ role }) => role === 'trainer')
    const question = { ...hour, trainerId: mine?.id ?? null }
    expect(await trainer.appointments.conflicts(question)).toMatchObject([
      { id: null, title: 'Dentist', causes: ['trainer'] },
    ])
    expect(await admin.appointments.conflicts(question)).toMatchObject([{ id: null, title: null, causes: ['trainer'] }])
    await there.remove('dentist.ics')
    await agree()
    expect(await trainer.appointments.conflicts(question)).toEqual([])
  })

  it('keeps an event elsewhere as an appointment by one action, once, with its series and its words, and nobody else’s', async () => {
    const { app, admin, trainer, there, id: accountId, agree } = await connected()
    await using _ = app
    await there.put('dentist.ics', dentist('ATTENDEE:mailto:x@example.org', 'CATEGORIES:Health,Home'))
    await there.put('sport.ics', sport)
    await there.put(
      'odd.ics',
      calendar(
        'UID:odd',
        'DTSTAMP:20260301T000000Z',
        'DTSTART:20260320T090000Z',
        'DURATION:PT1H',
        'RDATE:20260321T090000Z',
      ),
    )
    await agree()
    const blocks = await trainer.calendarAccounts.busy(march)
    const eventOf = (title: string) => {
      const { href = '' } = blocks.find((one) => one.title === title) ?? {}
      return { accountId, href }
    }
    const event = eventOf('Dentist')
    const fields = { ...(await trainer.calendarAccounts.event(event)), event, notes: 'Here alone' }
    expect(await refusalKey(admin.calendarAccounts.event(event))).toBe('calendarAccount.eventNotFound')
    expect(await refusalKey(admin.calendarAccounts.takeUp(fields))).toBe('calendarAccount.eventNotFound')
    expect(blocks.find(({ title }) => title === '—')).toMatchObject({ isKeepable: false })
    expect(await refusalKey(trainer.calendarAccounts.takeUp({ ...fields, event: eventOf('—') }))).toBe(
      'calendarAccount.eventNotKeepable',
    )
    expect(await titles(trainer)).toEqual([])
    const mine = (await admin.identity.listUsers()).find(({ role }) => role === 'trainer')
    const question = { ...hour, exceptEvent: event, trainerId: mine?.id ?? null }
    expect(await trainer.appointments.conflicts(question)).toEqual([])

    await trainer.calendarAccounts.takeUp(fields)
    expect(await refusalKey(trainer.calendarAccounts.takeUp(fields))).toBe('calendarAccount.eventNotFound')
    const series = await trainer.calendarAccounts.event(eventOf('Sport'))
    expect(series).toMatchObject({ recurrence: { rule: 'FREQ=DAILY;COUNT=3' }, calendarName: 'Work' })
    await trainer.calendarAccounts.takeUp({ ...series, event: eventOf('Sport') })
    const planned = async () =>
      (await trainer.appointments.list(march)).rows.map(({ title, startTime }) => [title, startTime.slice(8, 13)])
    const both = [
      ['Dentist', '10T09'],
      ['Sport', '11T18'],
      ['Match', '13T20'],
    ]
    expect(await planned()).toEqual(both)
    expect((await trainer.calendarAccounts.busy(march)).map(({ title }) => title)).toEqual(['—', '—'])
    const before = await there.events()
    await agree()
    expect(await there.events()).toEqual(before)
    const [first] = (await trainer.appointments.list(march)).rows
    const present = await trainer.appointments.get({ id: first?.id ?? 0 })
    expect(present).toMatchObject({ description: 'Bring the card', type: 'Health', notes: 'Here alone' })
    await trainer.appointments.update({ ...present, location: 'Room 2' })
    await agree()
    const text = [...(await there.events()).values()].find((one) => one.includes('UID:dentist')) ?? ''
    expect(text).toMatch(/LOCATION:Room 2/)
    expect(text).toMatch(/ATTENDEE:mailto:x@example.org/)
    expect(text).toMatch(/CATEGORIES:Health,Home/)
    expect(text).not.toContain('Here alone')
    await there.put('dentist.ics', text.replace('DTSTART:20260310T093000Z', 'DTSTART:20260310T083000Z'))
    await agree()
    expect(await planned()).toEqual([['Dentist', '10T08'], ...both.slice(1)])
    expect(await noticesOf(trainer)).toEqual([])
  })

  it('has what became an appointment back as it was when that is taken back, before and after it was changed there', async () => {
    const { app, trainer, there, id: accountId, agree } = await connected()
    await using _ = app
    await there.put('dentist.ics', dentist())
    await agree()
    const busy = await trainer.calendarAccounts.busy(march)
    const event = { accountId, href: busy[0]?.href ?? '' }
    const fields = { ...(await trainer.calendarAccounts.event(event)), event }
    const { undo } = await trainer.calendarAccounts.takeUp(fields)
    expect(await trainer.appointments.undo({ undo })).toEqual({ staysIn: null })
    expect(await trainer.calendarAccounts.busy(march)).toEqual(busy)
    await agree()
    expect(await texts(there)).toEqual([expect.stringContaining('SUMMARY:Dentist')])
    const again = await trainer.calendarAccounts.takeUp({ ...fields, title: 'Ours' })
    await agree()
    expect(await texts(there)).toEqual([expect.stringContaining('SUMMARY:Ours')])
    expect(await trainer.appointments.undo({ undo: again.undo })).toEqual({ staysIn: 'Work' })
    await agree()
    expect(await titles(trainer)).toEqual([])
    expect((await texts(there)).length).toBe(1)
    expect((await trainer.calendarAccounts.busy(march)).map(({ title }) => title)).toEqual(['Ours'])
  })

  it('knows on another machine which event has become an appointment, and sends it no second time', async () => {
    const { app, trainer, there, agree } = await connected()
    await using _ = app
    await there.put('dentist.ics', dentist())
    await agree()
    const { id } = await trainer.appointments.create({ title: 'Dentist', ...hour })
    // As it arrives from the machine where that was done.
    await app.withDatabase((db) =>
      db.updateTable('appointments').set({ uid: 'dentist' }).where('id', '=', id).execute(),
    )
    await agree()
    expect([...(await there.events()).values()].filter((text) => text.includes('UID:dentist'))).toHaveLength(1)
    expect(await trainer.calendarAccounts.busy(march)).toEqual([])
    expect(await state(trainer)).toMatchObject({ problem: null, appointments: 1 })
  })

  it('is followed by its ctag where the server knows no sync-collection, and asked one thing while nothing changes', async () => {
    const { app, trainer, there, agree } = await connected()
    await using _ = app
    server.onRequest((_method, body) => (body.includes('sync-collection') ? 'unknown' : 'pass'))
    // What was followed by a token until now is followed by the ctag from here on.
    await trainer.appointments.create({ title: 'Ours', ...hour })
    await there.put('dentist.ics', dentist())
    await agree()
    await agree()
    expect(await state(trainer)).toMatchObject({ problem: null, appointments: 1 })
    const before = server.asked.length
    await agree()
    expect(server.asked.slice(before)).toEqual(['PROPFIND'])
    const busy = async () =>
      (await trainer.calendarAccounts.busy(march)).map(({ startTime }) => startTime.slice(11, 16))
    expect(await busy()).toEqual(['09:30'])
    await there.put('dentist.ics', dentist().replace('T093000Z', 'T083000Z'))
    await agree()
    expect(await busy()).toEqual(['08:30'])
    await there.remove('dentist.ics')
    await agree()
    expect(await busy()).toEqual([])
    await there.edit((text) => text.replace('SUMMARY:Ours', 'SUMMARY:Theirs'))
    await agree()
    expect(await titles(trainer)).toEqual(['Theirs'])
    await there.clear()
    await agree()
    expect(await titles(trainer)).toEqual([])
  })

  it('loses what was erased here, also what was edited there since', async () => {
    const { app, trainer, there, agree } = await connected()
    await using _ = app
    const { id } = await trainer.appointments.create({ title: 'Erased', ...hour })
    await agree()
    await there.edit((text) => text.replace('SUMMARY:Erased', 'SUMMARY:Still there'))
    await app.withDatabase((db) => db.deleteFrom('appointments').where('id', '=', id).execute())
    await agree()
    expect(await texts(there)).toEqual([])
    expect(await titles(trainer)).toEqual([])
  })

  it('gets nothing twice when the answer to what was sent is lost or the server dies in the middle', async () => {
    const { app, trainer, there, agree } = await connected()
    await using _ = app
    await trainer.appointments.create({ title: 'Once', ...hour })
    server.onRequest((method) => (method === 'PUT' ? 'lost' : 'pass'))
    await agree()
    expect(await state(trainer)).toMatchObject({ problem: 'unreachable', appointments: 0 })
    await server.kill()
    await agree()
    expect(await state(trainer)).toMatchObject({ problem: 'unreachable' })
    await server.start()
    server.onRequest(() => 'pass')
    await agree()
    await agree()
    expect(await state(trainer)).toMatchObject({ problem: null, appointments: 1 })
    expect(await texts(there)).toEqual([expect.stringContaining('SUMMARY:Once')])
    expect(await titles(trainer)).toEqual(['Once'])
    expect(await noticesOf(trainer)).toEqual([])
  })

  it('gets nothing twice when the program is killed between sending and noting', { timeout: 60_000 }, async () => {
    const { app, trainer, there } = await connected()
    await using _ = app
    // The other process goes by the clock of this machine.
    const later = { startTime: '2090-03-10T09:00:00.000Z', endTime: '2090-03-10T10:00:00.000Z' }
    await trainer.appointments.create({ title: 'Once', ...later })
    await app.pause()
    const child = fork(join(import.meta.dirname, '../../support/agree-until-killed.ts'), [app.dataDir], {
      stdio: 'ignore',
    })
    const killed = new Promise((resolve) => child.once('exit', resolve))
    server.onRequest(
      () => 'pass',
      (method) => void (method === 'PUT' && child.kill('SIGKILL')),
    )
    await killed
    server.onRequest(() => 'pass')
    expect(await texts(there)).toEqual([expect.stringContaining('SUMMARY:Once')])
    await app.resume()
    await expect.poll(async () => (await state(trainer))?.appointments, { timeout: 30_000 }).toBe(1)
    expect(await texts(there)).toEqual([expect.stringContaining('SUMMARY:Once')])
    const { rows } = await trainer.appointments.list({ from: later.startTime, until: later.endTime })
    expect(rows).toMatchObject([{ title: 'Once' }])
    expect(await noticesOf(trainer)).toEqual([])
  })

  it('is left as it is when the account goes, or without what travelled, as the person says', async () => {
    const { app, trainer, there, agree, id } = await connected()
    await using _ = app
    await trainer.appointments.create({ title: 'Stays', ...hour })
    await agree()
    await trainer.calendarAccounts.remove({ id, takesAlong: false })
    expect(await texts(there)).toHaveLength(1)
    const again = { ...calendarUser, ...telling, address: there.address, calendarName: 'Work' }
    const { id: second } = await trainer.calendarAccounts.addCaldav(again)
    await trainer.calendarAccounts.agreeNow({ id: second })
    expect(await texts(there)).toHaveLength(1)
    expect(await state(trainer)).toMatchObject({ appointments: 1 })
    await trainer.calendarAccounts.remove({ id: second, takesAlong: true })
    await expect.poll(() => state(trainer), { timeout: 10_000 }).toBeUndefined()
    expect(await texts(there)).toEqual([])
    expect(await titles(trainer)).toEqual(['Stays'])
  })

  it('is nobody else’s to see or to change', async () => {
    const { app, admin, trainer, id } = await connected()
    await using _ = app
    const other = await testTrainer(app, admin)
    for (const somebody of [admin, other]) {
      expect(await somebody.calendarAccounts.list()).toEqual({ accounts: [], notices: [] })
      expect(await refusalKey(somebody.calendarAccounts.agreeNow({ id }))).toBe('calendarAccount.notFound')
      expect(await refusalKey(somebody.calendarAccounts.remove({ id, takesAlong: false }))).toBe(
        'calendarAccount.notFound',
      )
    }
    expect(JSON.stringify(await trainer.calendarAccounts.list())).not.toContain(calendarUser.password)
  })
})
