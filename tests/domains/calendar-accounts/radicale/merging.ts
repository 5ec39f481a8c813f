import { expect, it } from 'vitest'
import { hour, noticesOf, type Stage, texts, titles } from './stage.ts'

/** What both sides changed. */
export function merging({ server, connected }: Stage) {
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
}
