import ICAL from 'ical.js'
import { type Anchored, anchoredRule } from '../recurrence.ts'
import { isoOf, type Moment, momentIn, type Place } from './moments.ts'

/** What a rule alone does not say (RFC 5545, 3.8.5): several rules, rules of what is left out, dates by name. */
export interface OddTimes {
  rules: Anchored[]
  withoutRules: Anchored[]
  dates: Times[]
  isOnward: boolean
}

interface Times {
  startTime: string
  endTime: string
}

interface Begun {
  begin: Moment
  times: Times
  place: Place
}

const mostDates = 500

/** Null: the times are those of an appointment, or of something that is to become one. */
export function oddTimesOf(event: ICAL.Component, begun: Begun): OddTimes | null {
  const { begin, place, times } = begun
  if (!place.isForShowing) return null
  const rules = event.getAllProperties('rrule')
  const isListed = event.hasProperty('rdate') || event.hasProperty('exrule') || rules.length > 1
  const timeZone = zoneOf(begun)
  const read = anchoredIn(event, 'rrule', begun, timeZone)
  const isPlainRule = rules.length === 0 || (begin.timeZone && read[0]?.startTime === times.startTime)
  if (!isOnward(event) && !isListed && !begin.isGuessed && isPlainRule) return null
  return {
    rules: read,
    withoutRules: anchoredIn(event, 'exrule', begun, timeZone),
    dates: datesIn(event, begun),
    isOnward: isOnward(event),
  }
}

/** It stands for all that follow in its series. */
export function isOnward(event: ICAL.Component): boolean {
  return event.getFirstProperty('recurrence-id')?.getFirstParameter('range') === 'THISANDFUTURE'
}

/** A rule that nobody here can follow stands for the first one alone. */
function anchoredIn(event: ICAL.Component, name: string, { times }: Begun, timeZone: string): Anchored[] {
  return event
    .getAllProperties(name)
    .flatMap((property) => anchoredRule(times, { rule: String(property.getFirstValue()), timeZone }) ?? [])
}

/** Of clocks that only the file knows, a zone that shows the same at the beginning. */
function zoneOf({ begin: { timeZone, at, wall }, place: { here, clockOf } }: Begun): string {
  if (timeZone) return timeZone
  if (clockOf(here)?.wallOf(at) === wall) return here
  const hours = (wall - at) / 3_600_000
  return Number.isInteger(hours) && hours !== 0 ? `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}` : 'UTC'
}

function datesIn(event: ICAL.Component, { begin, times, place }: Begun): Times[] {
  const lasts = Date.parse(times.endTime) - Date.parse(times.startTime)
  const dates = event.getAllProperties('rdate').flatMap((property) => {
    const zone = property.getFirstParameter('tzid') ?? begin.timeZone
    const momentOf = (time: ICAL.Time) => momentIn(time, zone, place).at
    return property.getValues().flatMap((value) => {
      if (value instanceof ICAL.Time) return spanOf(momentOf(value), momentOf(value) + lasts)
      return value instanceof ICAL.Period ? spanOf(momentOf(value.start), momentOf(value.getEnd())) : []
    })
  })
  return dates.slice(0, mostDates)
}

function spanOf(begins: number, ends: number): Times {
  return { startTime: isoOf(begins), endTime: isoOf(ends) }
}
