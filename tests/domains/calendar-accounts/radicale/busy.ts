import { expect, it } from 'vitest'
import { type Client } from '../../../support/app.ts'
import { refusalKey } from '../../../support/refusal.ts'
import { calendar, dentist, hour, march, noticesOf, type Stage, sport, state, texts, titles } from './stage.ts'

/** What else stands there: as busy, or as an appointment from then on. */
export function busy({ connected }: Stage) {
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
}
