import ICAL from 'ical.js'
import { wallClock } from '../wall-clock.ts'

const dayMs = 86_400_000
const yearsAhead = 15

/** What a file says of a zone whose name it uses: every change of its clocks from a year before until long after. */
export function zoneComponent(timeZone: string, from: Date): ICAL.Component {
  const zone = new ICAL.Component('vtimezone')
  zone.addPropertyWithValue('tzid', timeZone)
  const begin = Date.UTC(from.getUTCFullYear() - 1, 0, 1)
  const end = Date.UTC(from.getUTCFullYear() + yearsAhead, 0, 1)
  const clock = wallClock(timeZone)
  const aheadAt = (moment: number) => clock.wallOf(moment) - moment
  zone.addSubcomponent(observance({ wall: begin, before: aheadAt(begin), after: aheadAt(begin), isSummer: false }))
  for (let week = begin; week < end; week += 7 * dayMs) {
    const [before, after] = [aheadAt(week), aheadAt(week + 7 * dayMs)]
    if (before === after) continue
    const moment = changeBetween(week, week + 7 * dayMs, aheadAt)
    zone.addSubcomponent(observance({ wall: moment + before, before, after, isSummer: after > before }))
  }
  return zone
}

/** To the second. */
function changeBetween(from: number, until: number, aheadAt: (moment: number) => number): number {
  let [low, high] = [from, until]
  const before = aheadAt(from)
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000
    if (aheadAt(middle) === before) low = middle
    else high = middle
  }
  return high
}

interface Change {
  wall: number
  before: number
  after: number
  isSummer: boolean
}

function observance({ wall, before, after, isSummer }: Change): ICAL.Component {
  const part = new ICAL.Component(isSummer ? 'daylight' : 'standard')
  part.addPropertyWithValue('dtstart', localTime(wall))
  part.addPropertyWithValue('tzoffsetfrom', ICAL.UtcOffset.fromSeconds(before / 1000))
  part.addPropertyWithValue('tzoffsetto', ICAL.UtcOffset.fromSeconds(after / 1000))
  return part
}

export function localTime(wall: number): ICAL.Time {
  return ICAL.Time.fromDateTimeString(new Date(wall).toISOString().slice(0, 19))
}
