import { expect, it } from 'vitest'
import { testApp } from '../../../support/app.ts'
import { testCentre, testTrainer } from '../../../support/centre.ts'
import { calendarUser } from '../../../support/radicale.ts'
import { refusalKey } from '../../../support/refusal.ts'
import { dentist, hour, march, type Stage, state, telling, texts, titles } from './stage.ts'

/** How a calendar is found, kept, given up, and what is said when that does not work. */
export function reaching({ server, connected }: Stage) {
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
}
