import ICAL from 'ical.js'
import { type FileProblem, longestAppointmentMs, type Recurrence } from '../../../../shared/contract/appointments.ts'
import { settledRecurrence } from '../recurrence.ts'
import { type WallClock, wallClockOf } from '../wall-clock.ts'

/** One event of a file: of a series the event of its rule, or the one that is different (`replaces` is when it would be). */
export interface ReadEvent {
  line: number
  uid: string
  title: string
  description: string
  location: string
  type: string
  isCancelled: boolean
  /** It takes no time of whoever it is of. */
  isFree: boolean
  startTime: string
  endTime: string
  recurrence: Recurrence | null
  /** Moments at which one of the series is left out. */
  without: string[]
  replaces: string | null
}

export interface ReadFile {
  events: ReadEvent[]
  problems: { line: number; problem: FileProblem }[]
}

const mostEvents = 2000
const mostLeftOut = 500
/** As long as a new appointment is at first: a file may name the beginning alone. */
const usualMs = 3_600_000

class Unreadable extends Error {
  readonly problem: FileProblem
  constructor(problem: FileProblem) {
    super(problem)
    this.problem = problem
  }
}

/** `here`: the zone of times that name none. What cannot be read is named with its line, and the rest is read. */
export function readCalendar(text: string, here: string, longestMs = longestAppointmentMs): ReadFile {
  const lines = text.split(/\r\n|\n|\r/)
  if (!lines.some((line) => line.trim().toUpperCase() === 'BEGIN:VCALENDAR')) {
    return { events: [], problems: [{ line: 1, problem: 'noCalendar' }] }
  }
  const file: ReadFile = { events: [], problems: [] }
  const clockOf = rememberedClocks()
  const zones = new Map(blocksOf(lines, 'VTIMEZONE').flatMap(({ body }) => zoneOf(body)))
  for (const { line, body } of blocksOf(lines, 'VEVENT')) {
    if (file.events.length >= mostEvents) {
      file.problems.push({ line, problem: 'tooMany' })
      break
    }
    try {
      if (body === undefined) throw new Unreadable('unreadable')
      file.events.push(eventOf(parsed(body), { line, here, zones, clockOf, longestMs }))
    } catch (error) {
      file.problems.push({ line, problem: error instanceof Unreadable ? error.problem : 'unreadable' })
    }
  }
  return file
}

/** The events of a file name few zones, and each of them often. */
function rememberedClocks() {
  const clocks = new Map<string, WallClock | undefined>()
  return (timeZone: string) => {
    if (!clocks.has(timeZone)) clocks.set(timeZone, wallClockOf(timeZone))
    return clocks.get(timeZone)
  }
}

interface Block {
  line: number
  /** Undefined: it does not end, or another one begins in it. */
  body: string[] | undefined
}

function blocksOf(lines: readonly string[], name: string): Block[] {
  const blocks: Block[] = []
  let open: { line: number; body: string[] } | undefined
  for (const [index, line] of lines.entries()) {
    const word = line.trimEnd().toUpperCase()
    if (word === `BEGIN:${name}`) {
      if (open) blocks.push({ line: open.line, body: undefined })
      open = { line: index + 1, body: [] }
    }
    open?.body.push(line)
    if (word === `END:${name}` && open) {
      blocks.push(open)
      open = undefined
    }
  }
  if (open) blocks.push({ line: open.line, body: undefined })
  return blocks
}

function parsed(body: readonly string[]): ICAL.Component {
  const [first] = [ICAL.parse(body.join('\r\n'))]
  return new ICAL.Component(first as never)
}

function zoneOf(body: string[] | undefined): [string, ICAL.Timezone][] {
  try {
    const zone = new ICAL.Timezone(parsed(body ?? []))
    return zone.tzid ? [[zone.tzid, zone]] : []
  } catch {
    return []
  }
}

/** Names that calendars of Windows give to zones (Unicode CLDR, windowsZones), of the places where this is used most. */
const ofWindows: Readonly<Record<string, string>> = {
  'W. Europe Standard Time': 'Europe/Berlin',
  'Romance Standard Time': 'Europe/Paris',
  'Central Europe Standard Time': 'Europe/Budapest',
  'GMT Standard Time': 'Europe/London',
  'GTB Standard Time': 'Europe/Bucharest',
  'Turkey Standard Time': 'Europe/Istanbul',
  'Egypt Standard Time': 'Africa/Cairo',
  'Morocco Standard Time': 'Africa/Casablanca',
  'Middle East Standard Time': 'Asia/Beirut',
  'Syria Standard Time': 'Asia/Damascus',
  'Jordan Standard Time': 'Asia/Amman',
  'Arab Standard Time': 'Asia/Riyadh',
  'Eastern Standard Time': 'America/New_York',
}

interface Place {
  line: number
  here: string
  clockOf: (timeZone: string) => WallClock | undefined
  zones: ReadonlyMap<string, ICAL.Timezone>
  /** From the beginning to the end. */
  longestMs: number
}

interface Moment {
  at: number
  /** By whose clocks it is said; undefined: by clocks that only the file knows. */
  timeZone: string | undefined
  isDay: boolean
}

function eventOf(event: ICAL.Component, place: Place): ReadEvent {
  const begin = momentOf(event, 'dtstart', place)
  if (!begin) throw new Unreadable('noStart')
  const lasts = lengthOf(event, begin, place)
  if (lasts <= 0) throw new Unreadable('endsTooEarly')
  if (lasts > place.longestMs) throw new Unreadable('tooLong')
  const times = { startTime: isoOf(begin.at), endTime: isoOf(begin.at + lasts) }
  const textOf = (name: string, most: number) =>
    String(event.getFirstPropertyValue(name) ?? '')
      .replaceAll('\0', '')
      .trim()
      .slice(0, most)
  const recurrence = recurrenceOf(event, begin, times, place)
  const replaced = momentOf(event, 'recurrence-id', place)
  const uid = textOf('uid', 255)
  if (uid === '') throw new Unreadable('noUid')
  return {
    ...times,
    uid,
    line: place.line,
    title: textOf('summary', 200) || '—',
    description: textOf('description', 5000),
    location: textOf('location', 200),
    type: textOf('categories', 50),
    isCancelled: textOf('status', 20).toUpperCase() === 'CANCELLED',
    isFree: textOf('transp', 20).toUpperCase() === 'TRANSPARENT',
    recurrence,
    without: recurrence ? leftOut(event, place) : [],
    replaces: replaced ? isoOf(replaced.at) : null,
  }
}

function isoOf(at: number): string {
  const time = new Date(at)
  const [year, isTime] = [time.getUTCFullYear(), !Number.isNaN(at)]
  if (!isTime || year < 1900 || year > 2200) throw new Unreadable('badTime')
  return time.toISOString()
}

function momentOf(event: ICAL.Component, name: string, place: Place): Moment | undefined {
  const property = event.getFirstProperty(name)
  const value = property?.getFirstValue()
  if (!property || !(value instanceof ICAL.Time)) return undefined
  return momentIn(value, property.getFirstParameter('tzid'), place)
}

function momentIn(time: ICAL.Time, tzid: string | undefined, { here, zones, clockOf }: Place): Moment {
  const { year, month, day, hour, minute, second, isDate } = time
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  if (Number.isNaN(wall)) throw new Unreadable('badTime')
  if (isDate || (!tzid && time.zone !== ICAL.Timezone.utcTimezone)) {
    return { at: clockOf(here)?.momentOf(wall) ?? wall, timeZone: here, isDay: isDate }
  }
  if (!tzid || time.zone === ICAL.Timezone.utcTimezone) return { at: wall, timeZone: 'UTC', isDay: false }
  const known = [tzid, tzid.replace(/^\/[^/]+\//, ''), ofWindows[tzid]].find((name) => name && clockOf(name))
  if (known) return { at: clockOf(known)?.momentOf(wall) ?? wall, timeZone: known, isDay: false }
  const zone = zones.get(tzid)
  if (!zone) throw new Unreadable('unknownZone')
  const local = time.clone()
  local.zone = zone
  return { at: local.toUnixTime() * 1000, timeZone: undefined, isDay: false }
}

function lengthOf(event: ICAL.Component, begin: Moment, place: Place): number {
  const end = momentOf(event, 'dtend', place)
  if (end) return end.at - begin.at
  const duration = event.getFirstPropertyValue('duration')
  if (duration instanceof ICAL.Duration) return duration.toSeconds() * 1000
  return begin.isDay ? 24 * 3_600_000 : usualMs
}

function recurrenceOf(
  event: ICAL.Component,
  begin: Moment,
  times: { startTime: string; endTime: string },
  { clockOf }: Place,
) {
  const rules = event.getAllProperties('rrule')
  if (event.hasProperty('rdate') || event.hasProperty('exrule') || rules.length > 1) throw new Unreadable('badRule')
  const rule = rules[0]?.getFirstValue()
  if (!rule) return null
  if (!begin.timeZone) throw new Unreadable('unknownZone')
  const recurrence = { rule: String(rule), timeZone: begin.timeZone }
  const settled = settledRecurrence(times, recurrence, clockOf)
  if (typeof settled === 'string') throw new Unreadable(settled)
  return recurrence
}

function leftOut(event: ICAL.Component, place: Place): string[] {
  const found = event
    .getAllProperties('exdate')
    .flatMap((property) =>
      property
        .getValues()
        .flatMap((value) =>
          value instanceof ICAL.Time ? isoOf(momentIn(value, property.getFirstParameter('tzid'), place).at) : [],
        ),
    )
  return found.slice(0, mostLeftOut)
}
