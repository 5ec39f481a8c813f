import ICAL from 'ical.js'
import { longestAppointmentMs } from '../../../../shared/contract/appointments.ts'
import { type ReadEvent, readCalendar } from '../../appointments/calendar-file/read.ts'
import { calendarFile } from '../../appointments/calendar-file/write.ts'
import { busyTimes } from '../busy-times.ts'
import type { Remote, Sending } from '../provider.ts'
import { fieldsOf, travellingFrom } from '../travelling.ts'

const longestBusyMs = 366 * 24 * 3_600_000

/** One resource of a calendar: an event, with what is different in its series (RFC 4791, section 4.1). */
export function remoteIn(text: string, place: { href: string; etag: string }): Remote {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const { events, problems } = readCalendar(text, here, { longestMs: longestBusyMs })
  const master = events.find(({ replaces }) => replaces === null)
  const others = events.filter((one) => one.replaces !== null)
  const isKeepable = master && problems.length === 0 && events.every(fits)
  const event = isKeepable ? travellingFrom(master, others) : undefined
  const isWhole = events.every(({ isCut }) => !isCut)
  return {
    ...place,
    uid: events[0]?.uid ?? '',
    event,
    busy: busyTimes(events),
    asAppointment: master && event && isWhole ? { fields: fieldsOf(event, true), type: master.type } : null,
  }
}

function fits({ startTime, endTime, odd }: ReadEvent): boolean {
  return odd === null && Date.parse(endTime) - Date.parse(startTime) <= longestAppointmentMs
}

/** As a resource; what others wrote into the one that is there, such as alarms and guests, stays. */
export function resourceOf({ unit, keepsWords }: Sending, now: string, present: string | undefined): string {
  const text = calendarFile([unit.row, ...unit.exceptions], now)
  return present === undefined ? text : withForeign(text, present, keepsWords)
}

const ours = new Set([
  'uid',
  'dtstamp',
  'summary',
  'description',
  'location',
  'categories',
  'status',
  'dtstart',
  'dtend',
  'duration',
  'rrule',
  'exdate',
  'recurrence-id',
])
const words = new Set(['summary', 'description', 'location', 'categories'])

function withForeign(text: string, present: string, keepsWords: boolean): string {
  const calendar = componentOf(text)
  const before = new Map(eventsIn(componentOf(present)).map((event) => [placeOf(event), event]))
  for (const event of eventsIn(calendar)) {
    const old = before.get(placeOf(event))
    if (!old) continue
    // An appointment has one kind of several.
    const isSameKind = event.getFirstPropertyValue('categories') === old.getFirstPropertyValue('categories')
    const kept = new Set([...(keepsWords ? words : []), ...(isSameKind ? ['categories'] : [])])
    for (const name of kept) event.removeAllProperties(name)
    for (const property of old.getAllProperties()) {
      const isForeign = !ours.has(property.name) || kept.has(property.name)
      if (isForeign) event.addProperty(new ICAL.Property(property.toJSON()))
    }
    for (const part of old.getAllSubcomponents()) event.addSubcomponent(new ICAL.Component(part.toJSON()))
  }
  return `${calendar.toString()}\r\n`
}

function componentOf(text: string): ICAL.Component {
  return new ICAL.Component(ICAL.parse(text))
}

function eventsIn(calendar: ICAL.Component): ICAL.Component[] {
  return calendar.getAllSubcomponents('vevent')
}

function placeOf(event: ICAL.Component): string {
  return String(event.getFirstPropertyValue('recurrence-id') ?? '')
}
