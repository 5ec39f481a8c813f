import { expect, it } from 'vitest'
import { testApp } from '../../support/app.ts'
import { testCentre, testTrainer } from '../../support/centre.ts'
import { testClock } from '../../support/clock.ts'
import { startGoogle } from '../../support/google.ts'
import { refusalKey } from '../../support/refusal.ts'

const march = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' }
const client = { clientId: '123-abc.apps.googleusercontent.com', clientSecret: 'GOCSPX-desktop' }
const begin = {
  tellsWords: true,
  word: 'Appointment',
  calendarName: 'Google',
  onReturn: { done: 'Done.', refused: 'No.' },
}

const calendar = (...events: string[][]) =>
  ['BEGIN:VCALENDAR', ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']), 'END:VCALENDAR'].join(
    '\r\n',
  )
const talk = calendar(['UID:contract-1', 'SUMMARY:Talk', 'DTSTART:20260310T090000Z', 'DTEND:20260310T100000Z'])
const series = calendar(
  [
    'UID:contract-2',
    'SUMMARY:Weekly',
    'DTSTART;TZID=Europe/Paris:20260310T100000',
    'DTEND;TZID=Europe/Paris:20260310T110000',
    'RRULE:FREQ=WEEKLY;COUNT=3',
    'EXDATE;TZID=Europe/Paris:20260324T100000',
  ],
  [
    'UID:contract-2',
    'SUMMARY:Different',
    'RECURRENCE-ID;TZID=Europe/Paris:20260317T100000',
    'DTSTART;TZID=Europe/Paris:20260317T110000',
    'DTEND;TZID=Europe/Paris:20260317T120000',
  ],
)

async function centre() {
  const google = await startGoogle()
  const app = await testApp({ clock: testClock(), google: google.addresses })
  const { admin } = await testCentre(app)
  return { google, app, admin, trainer: await testTrainer(app, admin) }
}

it('lets nobody to Google before an administrator has told Google of the centre, and keeps what Google gave out of the log', async () => {
  const { google, app, admin, trainer } = await centre()
  await using _google = google
  await using _app = app
  expect(await trainer.calendarAccounts.google()).toEqual({ clientId: null })
  expect(await refusalKey(trainer.calendarAccounts.beginGoogle(begin))).toBe('calendar.notSetUp')
  expect(await refusalKey(trainer.calendarAccounts.setGoogle({ client }))).toBe('door.forbidden')
  await admin.calendarAccounts.setGoogle({ client })
  await admin.identity.setSignInSettings({ trainerLockMinutes: 7, adminLockMinutes: 7 })
  expect(await trainer.calendarAccounts.google()).toEqual({ clientId: client.clientId })
  const log = await app.withDatabase((db) => db.selectFrom('activity_logs').select('details').execute())
  expect(JSON.stringify(log)).toContain(client.clientId)
  expect(JSON.stringify(log)).not.toContain(client.clientSecret)
})

it('takes nothing from whoever comes back from Google without having been asked', async () => {
  const { google, app, admin, trainer } = await centre()
  await using _google = google
  await using _app = app
  await admin.calendarAccounts.setGoogle({ client })
  const { url } = await trainer.calendarAccounts.beginGoogle(begin)
  const redirect = new URL(url).searchParams.get('redirect_uri') ?? ''
  expect((await fetch(`${redirect}/?state=guessed&code=4/other`)).status).toBe(404)
  expect((await trainer.calendarAccounts.list()).accounts).toEqual([])
  expect(google.differences()).toEqual([])
})

it('agrees with Google to the letter of its written contract', async () => {
  const { google, app, admin, trainer } = await centre()
  await using _google = google
  await using _app = app
  await admin.calendarAccounts.setGoogle({ client })
  const titles = async () =>
    (await trainer.appointments.list(march)).rows.map(({ title, startTime }) => [title, startTime.slice(8, 13)])
  const busy = async () =>
    (await trainer.calendarAccounts.busy(march)).map(({ title, startTime }) => [title, startTime])
  const round = async (part: string, change: () => Promise<unknown> = async () => {}) => {
    google.expect(part)
    await change()
    const [account] = (await trainer.calendarAccounts.list()).accounts
    await trainer.calendarAccounts.agreeNow({ id: account?.id ?? 0 })
    expect({ part, differences: google.differences() }).toEqual({ part, differences: [] })
  }
  const shown = async () => {
    const [row] = (await trainer.appointments.list(march)).rows
    return trainer.appointments.get({ id: row?.id ?? 0, occurrence: row?.occurrence ?? null })
  }

  await trainer.appointments.readFile({ text: talk, timeZone: 'UTC' })
  google.expect('consent')
  const { url } = await trainer.calendarAccounts.beginGoogle(begin)
  expect(await google.consent(url)).toBe('Done.')
  const begun = async () => ({ ...(await trainer.calendarAccounts.list()), differences: google.differences() })
  await expect
    .poll(begun, { timeout: 10_000 })
    .toMatchObject({ accounts: [{ kind: 'google', appointments: 1, problem: null }], differences: [] })
  expect(await busy()).toEqual([['Dentist', '2026-03-11T09:00:00.000Z']])
  const ids = await app.withDatabase((db) => db.selectFrom('appointments').select('google_event_id').execute())
  expect(ids).toEqual([{ google_event_id: expect.stringMatching(/^[0-9a-f]{40}$/) }])

  await round('edited there')
  expect(await titles()).toEqual([['Talk on the phone', '10T09']])

  await round('edited on both sides', async () => {
    const times = { startTime: '2026-03-10T11:00:00.000Z', endTime: '2026-03-10T12:00:00.000Z' }
    await trainer.appointments.move({ ...(await shown()), ...times })
  })
  expect(await shown()).toMatchObject({ location: 'Room 2', startTime: '2026-03-10T11:00:00.000Z' })

  await round('token grown old')
  expect(await busy()).toEqual([])

  const { id } = await shown()
  await round('deleted here', async () => trainer.appointments.remove(await shown()))
  await round('brought back', () => trainer.appointments.restore({ id }))
  expect(await titles()).toEqual([['Talk on the phone', '10T11']])
  await round('deleted there')
  expect(await titles()).toEqual([])
  expect(await trainer.appointments.trash()).toHaveLength(1)

  await round('series', () => trainer.appointments.readFile({ text: series, timeZone: 'Europe/Paris' }))
  await round('series edited there')
  expect(await titles()).toEqual([
    ['Weekly', '10T09'],
    ['Otherwise', '17T10'],
  ])
  await round('taken back')
  expect((await trainer.calendarAccounts.list()).accounts).toMatchObject([{ problem: 'wrongPassword' }])
  expect((await trainer.calendarAccounts.list()).notices).toEqual([])
})
