import ICAL from 'ical.js'
import type { Recurrence } from '../../../shared/contract/appointments.ts'
import { type WallClock, wallClock, wallClockOf } from './wall-clock.ts'

/** The end of a series that goes on for ever. */
export const endless = '9999-12-31T00:00:00.000Z'

/** Most occurrences of a series that counts them. */
const mostCounted = 730
const mostInterval = 400
/** Fifty years of days. */
const mostBeforeACut = 20_000
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** One row that stands for a series, or for a part of one. */
export interface Repeating {
  startTime: string
  endTime: string
  recurrence: string
  timeZone: string
  seriesEnd: string
}

export interface Occurrence {
  startTime: string
  endTime: string
  /** On the clock of the place, after the first one of this row. */
  minutes: number
}

const known = /^(FREQ|INTERVAL|COUNT|UNTIL|WKST|BYDAY|BYMONTHDAY|BYMONTH|BYSETPOS)=[A-Z0-9,:+-]+$/

/** Rules by day, week, month and year; whatever else a rule may say is undefined. */
export function readRule(rule: string): ICAL.Recur | undefined {
  const parts = rule.toUpperCase().split(';')
  if (rule.length > 400 || !parts.every((part) => known.test(part))) return undefined
  try {
    const read = ICAL.Recur.fromString(parts.join(';'))
    const { interval = 1, count } = read
    const isKnown = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'].includes(read.freq)
    const isModest = interval >= 1 && interval <= mostInterval && (!count || count <= mostCounted)
    return isKnown && isModest && canHappen(read) ? read : undefined
  } catch {
    return undefined
  }
}

/** Of each kind of rule the parts that some day always fits: for one that never happens the library looks until the end of time. */
function canHappen({ freq, interval, parts }: ICAL.Recur): boolean {
  const positions = (parts['BYSETPOS'] ?? []) as number[]
  const days = (parts['BYMONTHDAY'] ?? []) as number[]
  const months = (parts['BYMONTH'] ?? []) as number[]
  const weekdays = (parts['BYDAY'] ?? []) as string[]
  const isEveryOne = (interval ?? 1) === 1
  const isNumbered = weekdays.some((day) => !plainDay.test(day))
  const areDaysKnown = weekdays.every((day) => numberedDay.test(day)) && (weekdays.length === 0 || days.length === 0)
  const areMonthsKnown = months.every((month) => month >= 1 && month <= 12)
  const areDaysShort = days.every((day) => day !== 0 && Math.abs(day) <= (isEveryOne && months.length === 0 ? 31 : 28))
  if (!areDaysKnown || !areMonthsKnown || !areDaysShort) return false
  const isMonthly = freq === 'MONTHLY'
  if (positions.length > 0 && !(isMonthly && weekdays.length > 0 && positions.every((at) => Math.abs(at) === 1)))
    return false
  if (freq === 'DAILY' && (weekdays.length > 0 ? !isEveryOne : false)) return false
  if ((freq === 'DAILY' || freq === 'WEEKLY') && (days.length > 0 || isNumbered)) return false
  return freq === 'YEARLY' || months.length === 0
}

const plainDay = /^(MO|TU|WE|TH|FR|SA|SU)$/
const numberedDay = /^[+-]?[1-4]?(MO|TU|WE|TH|FR|SA|SU)$/

type Times = Pick<Repeating, 'startTime' | 'endTime'>

/** As it is stored, with the end of the last one; the name of what is wrong with it otherwise. */
export function settledRecurrence(
  times: Times,
  { rule, timeZone }: Recurrence,
  clockOf = wallClockOf,
): Pick<Repeating, 'recurrence' | 'timeZone' | 'seriesEnd'> | 'badRule' | 'startOffRule' {
  const read = readRule(rule)
  const clock = read && clockOf(timeZone)
  if (!read || !clock) return 'badRule'
  const first = clock.wallOf(Date.parse(times.startTime))
  dropOwnWeekday(read, first)
  const until = untilOf(read, clock)
  if (until !== undefined) read.until = ICAL.Time.fromJSDate(new Date(until), true)
  const walls = wallsOf(read, first, read.count ?? 1)
  const [begins, last] = [walls.at(0), walls.at(-1)]
  if (begins !== first || last === undefined) return 'startOffRule'
  if (until !== undefined && until < Date.parse(times.startTime)) return 'startOffRule'
  const lasts = Date.parse(times.endTime) - Date.parse(times.startTime)
  const lastBegins = read.count ? clock.momentOf(last) : until
  const seriesEnd = lastBegins === undefined ? endless : new Date(lastBegins + lasts).toISOString()
  return { recurrence: read.toString(), timeZone, seriesEnd }
}

/** A rule with the first of its times: where the beginning is none of them, that is a later one. */
export type Anchored = Omit<Repeating, 'recurrence'> & { rule: string }

/** For what is only shown: calendars elsewhere begin where no time of the rule is, and count that as one. */
export function anchoredRule(times: Times, { rule, timeZone }: Recurrence): Anchored | undefined {
  const read = readRule(rule)
  const clock = read && wallClockOf(timeZone)
  if (!read || !clock) return undefined
  const first = clock.wallOf(Date.parse(times.startTime))
  const begins = wallsOf(read, first, 2).find((wall) => wall >= first)
  if (begins === undefined) return undefined
  if (begins !== first && read.count) read.count -= 1
  if (read.count === 0) return undefined
  const lasts = Date.parse(times.endTime) - Date.parse(times.startTime)
  const [startTime, endTime] = [clock.momentOf(begins), clock.momentOf(begins) + lasts].map((at) =>
    new Date(at).toISOString(),
  )
  if (!startTime || !endTime) return undefined
  const own = begins === first ? times : { startTime, endTime }
  const settled = settledRecurrence(own, { rule: read.toString(), timeZone })
  if (typeof settled === 'string') return undefined
  const { recurrence, seriesEnd } = settled
  return { ...own, rule: recurrence, timeZone, seriesEnd }
}

/** A week’s series on the day it begins on says so by beginning there, and can be moved to another day. */
function dropOwnWeekday(rule: ICAL.Recur, first: number) {
  const own = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][new Date(first).getUTCDay()]
  const days = rule.parts['BYDAY']
  if (rule.freq === 'WEEKLY' && days?.length === 1 && days[0] === own) delete rule.parts['BYDAY']
}

/** A last day without a time counts until it is over. */
function untilOf({ until }: ICAL.Recur, clock: WallClock): number | undefined {
  if (!until) return undefined
  const { year, month, day, hour, minute, second } = until
  if (until.isDate) return clock.momentOf(Date.UTC(year, month - 1, day, 23, 59, 59))
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  return until.zone === ICAL.Timezone.utcTimezone ? wall : clock.momentOf(wall)
}

function wallsOf(rule: ICAL.Recur, first: number, most: number): number[] {
  const endlessly = unbounded(rule)
  const iterator = endlessly.iterator(icalTime(first))
  return Array.from({ length: most }, () => {
    const next = iterator.next()
    return next ? wallOfTime(next) : []
  }).flat()
}

function unbounded(rule: ICAL.Recur): ICAL.Recur {
  const copy = rule.clone()
  copy.count = null as never
  copy.until = null as never
  return copy
}

function icalTime(wall: number): ICAL.Time {
  const at = new Date(wall)
  return ICAL.Time.fromData({
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    isDate: false,
  })
}

function wallOfTime({ year, month, day, hour, minute, second }: ICAL.Time): number {
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** Those that touch a time, in its order. A rule that cannot be read stands for its first one alone. */
export function occurrencesIn(row: Repeating, { from, until }: { from: string; until: string }, most: number) {
  const rule = readRule(row.recurrence)
  const start = Date.parse(row.startTime)
  const lasts = Date.parse(row.endTime) - start
  const [opens, closes, ends] = [Date.parse(from), Date.parse(until), Date.parse(row.seriesEnd)]
  const clock = rule && wallClockOf(row.timeZone)
  if (!rule || !clock) {
    const only = { startTime: row.startTime, endTime: row.endTime, minutes: 0 }
    return start < closes && start + lasts > opens ? [only] : []
  }
  const first = clock.wallOf(start)
  const iterator = unbounded(rule).iterator(icalTime(leap(first, rule, clock.wallOf(opens) - lasts - dayMs)))
  const found: Occurrence[] = []
  while (found.length < most) {
    const next = iterator.next()
    if (!next) break
    const wall = wallOfTime(next)
    const begins = clock.momentOf(wall)
    if (begins >= closes || begins + lasts > ends) break
    if (begins + lasts <= opens) continue
    const [startTime, endTime] = [new Date(begins), new Date(begins + lasts)].map((time) => time.toISOString())
    if (startTime && endTime) found.push({ startTime, endTime, minutes: Math.round((wall - first) / minuteMs) })
  }
  return found
}

/**
 * Whole rounds of the rule that lie before a time are left out: the library would walk through years of them. Only where no
 * number of occurrences is counted, and not from a day that other years do not have.
 */
function leap(first: number, rule: ICAL.Recur, target: number): number {
  const interval = rule.interval ?? 1
  const at = new Date(first)
  if (rule.freq === 'DAILY' || rule.freq === 'WEEKLY') {
    const round = interval * (rule.freq === 'DAILY' ? 1 : 7) * dayMs
    return first + Math.max(Math.floor((target - first) / round) - 1, 0) * round
  }
  if (at.getUTCMonth() === 1 && at.getUTCDate() === 29) return first
  const years = new Date(target).getUTCFullYear() - at.getUTCFullYear()
  at.setUTCFullYear(at.getUTCFullYear() + Math.max(Math.floor(years / interval) - 1, 0) * interval)
  return at.getTime()
}

/** When one of a row begins and ends whose place is known. */
export function timesAt(row: Repeating, minutes: number): Times {
  const clock = wallClock(row.timeZone)
  const begins = clock.momentOf(clock.wallOf(Date.parse(row.startTime)) + minutes * minuteMs)
  const lasts = Date.parse(row.endTime) - Date.parse(row.startTime)
  return { startTime: new Date(begins).toISOString(), endTime: new Date(begins + lasts).toISOString() }
}

/** The rule cut in two: up to the day of the last one before a place, and from that place on. */
export function cutRule(row: Repeating, minutes: number): { before: string; after: string } {
  const { startTime } = timesAt(row, minutes)
  const earlier = occurrencesIn(row, { from: row.startTime, until: startTime }, mostBeforeACut)
  const [before, after] = [ICAL.Recur.fromString(row.recurrence), ICAL.Recur.fromString(row.recurrence)]
  if (after.count) after.count -= earlier.length
  const clock = wallClock(row.timeZone)
  const last = clock.wallOf(Date.parse(earlier.at(-1)?.startTime ?? row.startTime))
  before.count = null as never
  before.until = ICAL.Time.fromJSDate(new Date(clock.momentOf(endOfDay(last))), true)
  return { before: before.toString(), after: after.toString() }
}

/** The last day of a rule goes along when its days are moved. */
export function shiftedRule({ recurrence, timeZone }: Repeating, days: number): string {
  const rule = ICAL.Recur.fromString(recurrence)
  const clock = wallClock(timeZone)
  const until = untilOf(rule, clock)
  if (until === undefined || days === 0) return recurrence
  rule.until = ICAL.Time.fromJSDate(new Date(clock.momentOf(clock.wallOf(until) + days * dayMs)), true)
  return rule.toString()
}

/** Days that the rule names stay where they are when the first one is moved. */
export function namesDays(rule: string): boolean {
  return /BYDAY|BYMONTHDAY|BYMONTH/.test(rule)
}

function endOfDay(wall: number): number {
  return Math.floor(wall / dayMs) * dayMs + dayMs - 1000
}
