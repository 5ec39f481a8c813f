import type { ReadEvent } from '../appointments/calendar-file/read.ts'
import { type Anchored, cutRule, occurrencesIn, settledRecurrence } from '../appointments/recurrence.ts'
import type { BusyTime } from './provider.ts'
import { placeAt } from './travelling.ts'

/** When whoever these events are of is busy: one event with what is different in its series. */
export function busyTimes(events: readonly ReadEvent[]): BusyTime[] {
  const others = events.filter(({ replaces }) => replaces !== null)
  const replaced = others.flatMap(({ replaces }) => replaces ?? [])
  return events
    .filter(({ isFree }) => !isFree)
    .flatMap((event) => {
      const without = event.replaces === null ? [...event.without, ...replaced] : []
      const times = event.odd ? oddTimes(event, event.odd, without) : [plainTime(event, without)]
      const onward = event.replaces === null ? others.find(({ odd }) => odd?.isOnward) : undefined
      return onward ? times.flatMap((time) => withOnward(time, onward)) : times
    })
    .filter(({ isCancelled }) => !isCancelled)
    .map(({ isCancelled: _, ...time }) => time)
}

type Time = BusyTime & { isCancelled: boolean }

function plainTime({ title, isCancelled, startTime, endTime, recurrence }: ReadEvent, without: string[]): Time {
  const time = { title, isCancelled, startTime, endTime, recurrence: null, without: [], withoutRules: [] }
  const settled = recurrence && settledRecurrence({ startTime, endTime }, recurrence)
  if (!settled || typeof settled === 'string') return time
  const { recurrence: rule, timeZone, seriesEnd } = settled
  return { ...time, recurrence: { rule, timeZone, seriesEnd }, without }
}

/** The beginning is always one of them; what is named twice is shown once (`busyIn`). */
function oddTimes(event: ReadEvent, odd: NonNullable<ReadEvent['odd']>, without: string[]): Time[] {
  const { title, isCancelled, startTime, endTime } = event
  const { rules, withoutRules, dates } = odd
  const one = { title, isCancelled, without, withoutRules }
  const single = [{ startTime, endTime }, ...dates]
    .filter((time) => !without.includes(time.startTime) && !withoutRules.some((rule) => isIn(rule, time.startTime)))
    .map((time) => ({ ...one, ...time, recurrence: null }))
  const series = rules.map(({ rule, timeZone, seriesEnd, ...times }) => ({
    ...one,
    ...times,
    recurrence: { rule, timeZone, seriesEnd },
  }))
  return [...single, ...series]
}

function isIn({ rule, ...series }: Anchored, at: string): boolean {
  return placeAt({ ...series, recurrence: rule }, at) !== undefined
}

/** A series up to where another time stands for all that follow, and from there as that one is. */
function withOnward(time: Time, onward: ReadEvent): Time[] {
  const { replaces, startTime, endTime, title, isCancelled } = onward
  if (replaces === null || time.recurrence === null || time.startTime >= replaces) return [time]
  const { rule, timeZone, seriesEnd } = time.recurrence
  const series = { startTime: time.startTime, endTime: time.endTime, recurrence: rule, timeZone, seriesEnd }
  const minutes = placeAt(series, replaces)
  if (minutes === undefined) return [time]
  const earlier = occurrencesIn(series, { from: time.startTime, until: replaces }, 20_000)
  const before = { ...time, recurrence: { rule, timeZone, seriesEnd: earlier.at(-1)?.endTime ?? time.endTime } }
  const settled = settledRecurrence({ startTime, endTime }, { rule: cutRule(series, minutes).after, timeZone })
  if (typeof settled === 'string') return [before]
  const after = { rule: settled.recurrence, timeZone, seriesEnd: settled.seriesEnd }
  return [before, { ...time, title, isCancelled, startTime, endTime, recurrence: after }]
}
