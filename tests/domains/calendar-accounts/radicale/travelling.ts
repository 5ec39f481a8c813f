import { expect, it } from 'vitest'
import { hour, march, noticesOf, type Stage, texts, titles } from './stage.ts'

/** What goes there and comes from there. */
export function travelling({ connected }: Stage) {
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

  it('leaves out of a series the one with somebody in the trash, until they are back', async () => {
    const { app, trainer, there, agree } = await connected()
    await using _ = app
    const { id: beneficiaryId } = await trainer.beneficiaries.create({ name: 'Lea Learner' })
    const recurrence = { rule: 'FREQ=DAILY;COUNT=3', timeZone: 'UTC' }
    const { id } = await trainer.appointments.create({ title: 'Lesson', ...hour, recurrence })
    const [first] = (await trainer.appointments.list(march)).rows
    const whole = await trainer.appointments.get({ id, occurrence: first?.occurrence ?? 0 })
    await trainer.appointments.update({ ...whole, title: 'With Lea', beneficiaryId, reach: 'this' })
    await agree()
    const [before = ''] = await texts(there)
    expect(before).toContain('SUMMARY:With Lea')
    await trainer.peopleTrash.put({ id: beneficiaryId })
    await agree()
    const [without = ''] = await texts(there)
    expect(without).not.toContain('With Lea')
    expect(without).toContain('EXDATE')
    await trainer.peopleTrash.restore({ id: beneficiaryId })
    await agree()
    const [back = ''] = await texts(there)
    expect(back).toContain('SUMMARY:With Lea')
    expect(back).not.toContain('EXDATE')
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
}
