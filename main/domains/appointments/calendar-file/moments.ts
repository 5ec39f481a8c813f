import ICAL from 'ical.js'
import type { FileProblem } from '../../../../shared/contract/appointments.ts'
import type { WallClock } from '../wall-clock.ts'

/** As long as a new appointment is at first: a file may name the beginning alone. */
const usualMs = 3_600_000

export class Unreadable extends Error {
  readonly problem: FileProblem
  constructor(problem: FileProblem) {
    super(problem)
    this.problem = problem
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

export interface Place {
  line: number
  here: string
  clockOf: (timeZone: string) => WallClock | undefined
  zones: ReadonlyMap<string, ICAL.Timezone>
  /** From the beginning to the end. */
  longestMs: number
  /** Times are only shown: what no appointment could keep is read as well, and named. */
  isForShowing: boolean
}

export interface Moment {
  at: number
  /** By whose clocks it is said; undefined: by clocks that only the file knows. */
  timeZone: string | undefined
  isDay: boolean
  /** What its clocks show, as a clock that is never put forward or back. */
  wall: number
  /** By clocks that the file names and does not describe: taken for those of this place. */
  isGuessed: boolean
}

export function isoOf(at: number): string {
  const time = new Date(at)
  const [year, isTime] = [time.getUTCFullYear(), !Number.isNaN(at)]
  if (!isTime || year < 1900 || year > 2200) throw new Unreadable('badTime')
  return time.toISOString()
}

/** `usual`: the zone of a time that should name one and does not, as some write what is left out or replaced. */
export function momentOf(event: ICAL.Component, name: string, place: Place, usual?: string): Moment | undefined {
  const property = event.getFirstProperty(name)
  const value = property?.getFirstValue()
  if (!property || !(value instanceof ICAL.Time)) return undefined
  return momentIn(value, property.getFirstParameter('tzid') ?? usual, place)
}

export function momentIn(time: ICAL.Time, tzid: string | undefined, place: Place): Moment {
  const { here, zones, clockOf } = place
  const { year, month, day, hour, minute, second, isDate } = time
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  if (Number.isNaN(wall)) throw new Unreadable('badTime')
  const plain = { wall, isDay: false, isGuessed: false }
  const byClocks = (timeZone: string) => ({ ...plain, at: clockOf(timeZone)?.momentOf(wall) ?? wall, timeZone })
  if (isDate) return { ...byClocks(here), isDay: true }
  if (time.zone === ICAL.Timezone.utcTimezone) return { ...plain, at: wall, timeZone: 'UTC' }
  if (!tzid) return byClocks(here)
  const known = [tzid, tzid.replace(/^\/[^/]+\//, ''), ofWindows[tzid]].find((name) => name && clockOf(name))
  if (known) return byClocks(known)
  const zone = zones.get(tzid)
  if (!zone && place.isForShowing) return { ...byClocks(here), isGuessed: true }
  if (!zone) throw new Unreadable('unknownZone')
  const local = time.clone()
  local.zone = zone
  return { ...plain, at: local.toUnixTime() * 1000, timeZone: undefined }
}

export function lengthOf(event: ICAL.Component, begin: Moment, place: Place): number {
  const end = momentOf(event, 'dtend', place)
  if (end) return end.at - begin.at
  const duration = event.getFirstPropertyValue('duration')
  if (duration instanceof ICAL.Duration) return duration.toSeconds() * 1000
  return begin.isDay ? 24 * 3_600_000 : usualMs
}
