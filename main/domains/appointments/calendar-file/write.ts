import ICAL from 'ical.js'
import { baseOf, isException, isPart, repeating, rootOf } from '../occurrences.ts'
import type { Stored } from '../queries.ts'
import { timesAt } from '../recurrence.ts'
import { wallClock } from '../wall-clock.ts'
import { localTime, zoneComponent } from './zone.ts'

/** iCalendar (RFC 5545): each series with its rule, what is different in it, and the zone by whose clocks it goes. */
export function calendarFile(rows: readonly Stored[], now: string): string {
  const calendar = new ICAL.Component('vcalendar')
  calendar.addPropertyWithValue('version', '2.0')
  calendar.addPropertyWithValue('prodid', '-//BDC//Calendar//EN')
  const living = rows.filter(({ deleted_at }) => deleted_at === null)
  const byZone = Map.groupBy(living.filter(isPart), ({ time_zone }) => time_zone ?? 'UTC')
  for (const [timeZone, parts] of byZone) {
    const [first = now] = parts.map(({ start_time }) => start_time).toSorted()
    if (timeZone !== 'UTC') calendar.addSubcomponent(zoneComponent(timeZone, new Date(first)))
  }
  for (const row of living) calendar.addSubcomponent(isPart(row) ? seriesOf(row, rows) : eventOf(row, rows))
  return `${calendar.toString()}\r\n`
}

export function uidOf({ id, uid }: Pick<Stored, 'id' | 'uid'>): string {
  return uid ?? `appointment-${id}@bdc.invalid`
}

function seriesOf(part: Stored, rows: readonly Stored[]): ICAL.Component {
  const event = plainEvent(part, uidOf(part))
  addTime(event, 'dtstart', part.start_time, part.time_zone)
  addTime(event, 'dtend', part.end_time, part.time_zone)
  event.addPropertyWithValue('rrule', ICAL.Recur.fromString(part.recurrence ?? ''))
  const gone = rows.filter((row) => isException(row) && row.deleted_at !== null && partOf(row, rows)?.id === part.id)
  for (const row of gone) addTime(event, 'exdate', regularStart(row, part), part.time_zone)
  return event
}

function eventOf(row: Stored, rows: readonly Stored[]): ICAL.Component {
  const part = isException(row) ? partOf(row, rows) : undefined
  const event = plainEvent(row, uidOf(part ?? row))
  if (part) addTime(event, 'recurrence-id', regularStart(row, part), part.time_zone)
  addTime(event, 'dtstart', row.start_time, part?.time_zone ?? null)
  addTime(event, 'dtend', row.end_time, part?.time_zone ?? null)
  return event
}

function plainEvent(row: Stored, uid: string): ICAL.Component {
  const event = new ICAL.Component('vevent')
  event.addPropertyWithValue('uid', uid)
  event.addPropertyWithValue('dtstamp', ICAL.Time.fromJSDate(new Date(row.updated_at), true))
  event.addPropertyWithValue('summary', row.title)
  if (row.description) event.addPropertyWithValue('description', row.description)
  if (row.location) event.addPropertyWithValue('location', row.location)
  if (row.type) event.addPropertyWithValue('categories', row.type)
  event.addPropertyWithValue('status', row.status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED')
  return event
}

function partOf(row: Stored, rows: readonly Stored[]): Stored | undefined {
  return rows
    .filter((other) => isPart(other) && rootOf(other) === rootOf(row) && baseOf(other) <= baseOf(row))
    .toSorted((one, other) => baseOf(other) - baseOf(one))[0]
}

function regularStart(row: Stored, part: Stored): string {
  return timesAt(repeating(part), baseOf(row) - baseOf(part)).startTime
}

function addTime(event: ICAL.Component, name: string, timestamp: string, timeZone: string | null) {
  const isLocal = timeZone !== null && timeZone !== 'UTC'
  const time = isLocal
    ? localTime(wallClock(timeZone).wallOf(Date.parse(timestamp)))
    : ICAL.Time.fromJSDate(new Date(timestamp), true)
  const property = event.addPropertyWithValue(name, time)
  if (isLocal) property.setParameter('tzid', timeZone)
}
