import { afterAll, beforeAll } from 'vitest'
import { type Client, testApp } from '../../../support/app.ts'
import { testCentre, testTrainer } from '../../../support/centre.ts'
import { testClock } from '../../../support/clock.ts'
import { calendarUser, type Radicale, type RemoteCalendar, startRadicale } from '../../../support/radicale.ts'

export const march = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' }
export const hour = { startTime: '2026-03-10T09:00:00.000Z', endTime: '2026-03-10T10:00:00.000Z' }
export const telling = { tellsWords: true, word: 'Appointment' }

export const calendar = (...lines: string[]) =>
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

export const dentist = (...more: string[]) =>
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
export const sport = calendar(
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

export const titles = async (trainer: Client) => (await trainer.appointments.list(march)).rows.map(({ title }) => title)
export const texts = async (there: RemoteCalendar) => [...(await there.events()).values()]
export const state = async (trainer: Client) => (await trainer.calendarAccounts.list()).accounts[0]
export const noticesOf = async (trainer: Client) => (await trainer.calendarAccounts.list()).notices

export type Stage = ReturnType<typeof useRadicale>

/** One server for all tests of a file, there once the first of them runs, and trainers who have a calendar on it. */
export function useRadicale() {
  const server = {} as Radicale
  let count = 0
  beforeAll(async () => {
    Object.assign(server, await startRadicale())
  })
  afterAll(() => server[Symbol.asyncDispose]?.())

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
  return { server, connected }
}
