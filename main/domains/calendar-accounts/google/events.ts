import ICAL from 'ical.js'
import * as z from 'zod'
import { localTime } from '../../appointments/calendar-file/zone.ts'
import { baseOf, repeating } from '../../appointments/occurrences.ts'
import type { Stored } from '../../appointments/queries.ts'
import { timesAt } from '../../appointments/recurrence.ts'
import { wallClock } from '../../appointments/wall-clock.ts'
import { remoteIn } from '../caldav/events.ts'
import type { Remote, Sending } from '../provider.ts'

const Moment = z.object({
  date: z.string().optional(),
  dateTime: z.iso.datetime({ offset: true }).optional(),
  timeZone: z.string().optional(),
})

/** An event as Google tells it (Calendar API v3, Events), as far as it is read here. */
export const GoogleEvent = z.object({
  id: z.string(),
  etag: z.string().default(''),
  status: z.string().default('confirmed'),
  iCalUID: z.string().optional(),
  summary: z.string().default(''),
  description: z.string().default(''),
  location: z.string().default(''),
  transparency: z.string().optional(),
  start: Moment.optional(),
  end: Moment.optional(),
  recurrence: z.array(z.string()).optional(),
  recurringEventId: z.string().optional(),
  originalStartTime: Moment.optional(),
  extendedProperties: z.object({ private: z.record(z.string(), z.string()).default({}) }).optional(),
})
export type GoogleEvent = z.infer<typeof GoogleEvent>

/** One event with what is different in its series, read as any other calendar is. */
export function remoteFrom(master: GoogleEvent, exceptions: readonly GoogleEvent[]): Remote {
  const uid = master.extendedProperties?.private['uid'] ?? master.iCalUID ?? master.id
  const calendar = new ICAL.Component('vcalendar')
  const zone = master.start?.timeZone
  const own = componentOf(master, uid, master.recurrence ? zone : undefined)
  for (const line of master.recurrence ?? []) own.addProperty(ICAL.Property.fromString(line))
  for (const gone of exceptions.filter(({ status }) => status === 'cancelled')) {
    if (gone.originalStartTime) addMoment(own, 'exdate', gone.originalStartTime, zone)
  }
  calendar.addSubcomponent(own)
  for (const other of exceptions.filter(({ status }) => status !== 'cancelled')) {
    const component = componentOf(other, uid, zone)
    if (other.originalStartTime) addMoment(component, 'recurrence-id', other.originalStartTime, zone)
    calendar.addSubcomponent(component)
  }
  return remoteIn(`${calendar.toString()}\r\n`, { href: master.id, etag: wholeEtag(master, exceptions) })
}

/** Of all that belongs to an event; its own comes first, which is what a write has to name. */
function wholeEtag(master: GoogleEvent, exceptions: readonly GoogleEvent[]): string {
  return [master.etag, ...exceptions.map(({ id, etag }) => `${id} ${etag}`).toSorted()].join('\n')
}

function componentOf(event: GoogleEvent, uid: string, zone: string | undefined): ICAL.Component {
  const component = new ICAL.Component('vevent')
  component.addPropertyWithValue('uid', uid)
  component.addPropertyWithValue('summary', event.summary)
  if (event.description) component.addPropertyWithValue('description', event.description)
  if (event.location) component.addPropertyWithValue('location', event.location)
  if (event.extendedProperties?.private['cancelled'] === 'true') component.addPropertyWithValue('status', 'CANCELLED')
  if (event.transparency === 'transparent') component.addPropertyWithValue('transp', 'TRANSPARENT')
  if (event.start) addMoment(component, 'dtstart', event.start, zone)
  if (event.end) addMoment(component, 'dtend', event.end, zone)
  return component
}

function addMoment(component: ICAL.Component, name: string, moment: z.infer<typeof Moment>, zone: string | undefined) {
  if (moment.date) {
    component.addPropertyWithValue(name, ICAL.Time.fromDateString(moment.date))
    return
  }
  const at = new Date(moment.dateTime ?? '')
  if (zone === undefined || zone === 'UTC') {
    component.addPropertyWithValue(name, ICAL.Time.fromJSDate(at, true))
    return
  }
  const property = component.addPropertyWithValue(name, localTime(wallClock(zone).wallOf(at.getTime())))
  property.setParameter('tzid', zone)
}

/** What is written of an event; without words where those that stand there stay. */
export function bodyOf({ unit: { row, exceptions }, uid, keepsWords }: Sending) {
  const leftOut = exceptions.filter(({ deleted_at }) => deleted_at !== null)
  const recurrence =
    row.recurrence === null
      ? []
      : [`RRULE:${row.recurrence}`, ...leftOut.map((one) => `EXDATE:${basic(placeOf(one, row).startTime)}`)]
  return {
    ...partOf(row, row, keepsWords),
    recurrence,
    extendedProperties: { private: { uid, cancelled: String(row.status === 'cancelled') } },
  }
}

/** One of a series that is different: under which number Google has it, and what is written of it. */
export function instancesOf({ href, unit: { row, exceptions }, keepsWords }: Sending) {
  return exceptions
    .filter(({ deleted_at }) => deleted_at === null)
    .map((one) => ({
      id: `${href}_${basic(placeOf(one, row).startTime)}`,
      body: {
        ...partOf(one, row, keepsWords),
        extendedProperties: { private: { cancelled: String(one.status === 'cancelled') } },
      },
    }))
}

/** One of a series that is as all others are, or left out; undefined: it is different here as well. */
export function usualOf(sending: Sending, instance: GoogleEvent): { body: object } | 'leftOut' | undefined {
  const { unit, keepsWords } = sending
  const { row } = unit
  const begins = new Date(instance.originalStartTime?.dateTime ?? '')
  if (Number.isNaN(begins.getTime())) return undefined
  const present = unit.exceptions.find((one) => placeOf(one, row).startTime === begins.toISOString())
  if (present) return present.deleted_at === null ? undefined : 'leftOut'
  const ends = new Date(begins.getTime() + Date.parse(row.end_time) - Date.parse(row.start_time))
  const usual = { ...row, start_time: begins.toISOString(), end_time: ends.toISOString() }
  return { body: partOf(usual, row, keepsWords) }
}

function partOf(one: Stored, row: Stored, keepsWords: boolean) {
  const timeZone = row.time_zone ?? 'UTC'
  return {
    ...(!keepsWords && { summary: one.title, description: one.description ?? '', location: one.location ?? '' }),
    status: 'confirmed',
    // At Google, what is cancelled is deleted: here it stays, and takes no time.
    transparency: one.status === 'cancelled' ? 'transparent' : 'opaque',
    start: { dateTime: one.start_time, timeZone },
    end: { dateTime: one.end_time, timeZone },
  }
}

function placeOf(one: Stored, row: Stored) {
  return timesAt(repeating(row), baseOf(one) - baseOf(row))
}

/** As numbers of instances and dates of iCalendar are written: `20260310T090000Z`. */
function basic(timestamp: string): string {
  return `${timestamp.slice(0, 19).replace(/[-:]/g, '')}Z`
}
