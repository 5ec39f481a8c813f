import ICAL from 'ical.js'
import { type FileProblem, longestAppointmentMs, type Recurrence } from '../../../../shared/contract/appointments.ts'
import { settledRecurrence } from '../recurrence.ts'
import { type WallClock, wallClockOf } from '../wall-clock.ts'
import { isoOf, lengthOf, type Moment, momentIn, momentOf, type Place, Unreadable } from './moments.ts'
import { isOnward, type OddTimes, oddTimesOf } from './odd-times.ts'

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
  /** Times that no appointment can keep, where they are only shown. */
  odd: OddTimes | null
  /** Its words are longer than those of an appointment. */
  isCut: boolean
}

export interface ReadFile {
  events: ReadEvent[]
  problems: { line: number; problem: FileProblem }[]
}

const mostEvents = 2000
const mostLeftOut = 500
const most = { title: 200, description: 5000, location: 200, type: 50 }

/**
 * `here`: the zone of times that name none. What cannot be read is named with its line, and the rest is read. `showing`: the
 * times are only shown, and may last so long.
 */
export function readCalendar(text: string, here: string, showing?: { longestMs: number }): ReadFile {
  const lines = text.split(/\r\n|\n|\r/)
  if (!lines.some((line) => line.trim().toUpperCase() === 'BEGIN:VCALENDAR')) {
    return { events: [], problems: [{ line: 1, problem: 'noCalendar' }] }
  }
  const file: ReadFile = { events: [], problems: [] }
  const clockOf = rememberedClocks()
  const limits = { longestMs: showing?.longestMs ?? longestAppointmentMs, isForShowing: showing !== undefined }
  const zones = new Map(blocksOf(lines, 'VTIMEZONE').flatMap(({ body }) => zoneOf(body)))
  for (const { line, body } of blocksOf(lines, 'VEVENT')) {
    if (file.events.length >= mostEvents) {
      file.problems.push({ line, problem: 'tooMany' })
      break
    }
    try {
      if (body === undefined) throw new Unreadable('unreadable')
      file.events.push(eventOf(parsed(body), { line, here, zones, clockOf, ...limits }))
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

function eventOf(event: ICAL.Component, place: Place): ReadEvent {
  const begin = momentOf(event, 'dtstart', place)
  if (!begin) throw new Unreadable('noStart')
  const lasts = lengthOf(event, begin, place)
  if (lasts <= 0) throw new Unreadable('endsTooEarly')
  if (lasts > place.longestMs) throw new Unreadable('tooLong')
  const times = { startTime: isoOf(begin.at), endTime: isoOf(begin.at + lasts) }
  const whole = (name: string) =>
    String(event.getFirstPropertyValue(name) ?? '')
      .replaceAll('\0', '')
      .trim()
  const uid = whole('uid').slice(0, 255)
  if (uid === '') throw new Unreadable('noUid')
  const words = {
    title: whole('summary') || '—',
    description: whole('description'),
    location: whole('location'),
    type: whole('categories'),
  }
  const odd = oddTimesOf(event, { begin, times, place })
  const recurrence = odd ? null : recurrenceOf(event, begin, times, place)
  const replaced = momentOf(event, 'recurrence-id', place, begin.timeZone)
  if (isOnward(event) && !odd) throw new Unreadable('badRule')
  return {
    ...times,
    uid,
    line: place.line,
    title: words.title.slice(0, most.title),
    description: words.description.slice(0, most.description),
    location: words.location.slice(0, most.location),
    type: words.type.slice(0, most.type),
    isCut: Object.entries(most).some(([name, length]) => words[name as keyof typeof words].length > length),
    isCancelled: whole('status').toUpperCase() === 'CANCELLED',
    isFree: whole('transp').toUpperCase() === 'TRANSPARENT',
    recurrence,
    without: recurrence || odd ? leftOut(event, begin, place) : [],
    replaces: replaced ? isoOf(replaced.at) : null,
    odd,
  }
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

function leftOut(event: ICAL.Component, begin: Moment, place: Place): string[] {
  const found = event.getAllProperties('exdate').flatMap((property) =>
    property.getValues().flatMap((value) => {
      if (!(value instanceof ICAL.Time)) return []
      const time = value.isDate && !begin.isDay ? onThatDay(value, begin) : value
      return isoOf(momentIn(time, property.getFirstParameter('tzid') ?? begin.timeZone, place).at)
    }),
  )
  return found.slice(0, mostLeftOut)
}

/** Some name the day alone of what begins at a time. */
function onThatDay(day: ICAL.Time, { wall, timeZone }: Moment): ICAL.Time {
  const at = new Date(wall)
  const time = day.clone()
  time.isDate = false
  time.hour = at.getUTCHours()
  time.minute = at.getUTCMinutes()
  time.second = at.getUTCSeconds()
  if (timeZone === 'UTC') time.zone = ICAL.Timezone.utcTimezone
  return time
}
