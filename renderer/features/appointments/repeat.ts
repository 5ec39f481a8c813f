import * as z from 'zod'
import type { Recurrence } from '../../../shared/contract/appointments.ts'
import { Day } from '../../../shared/contract/base.ts'
import { addDays, beginOf, dayOf, weekBegin } from '../../lib/calendar-days.ts'

/** How something comes again, as it is chosen; `own`: by a rule that is not among the choices, and stays as it is. */
export const everies = ['never', 'day', 'week', 'days', 'twoWeeks', 'month', 'own'] as const
export const endings = ['never', 'on', 'after'] as const
export const Repeat = z.object({
  every: z.enum(everies),
  /** Of the week, as a rule names them, with commas; for `days` alone. */
  days: z.string(),
  ends: z.enum(endings),
  /** Empty while it is not chosen. */
  lastDay: Day.or(z.literal('')),
  times: z.number().nullable(),
})
export type Repeat = z.infer<typeof Repeat>

export const noRepeat: Repeat = { every: 'never', days: '', ends: 'never', lastDay: '', times: null }

const rules = {
  day: 'FREQ=DAILY',
  week: 'FREQ=WEEKLY',
  twoWeeks: 'FREQ=WEEKLY;INTERVAL=2',
  month: 'FREQ=MONTHLY',
} as const
type Known = keyof typeof rules

/** As a rule calls them, Sunday first as `Date` counts them. */
export const weekDays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const
const plainDays = /^(SU|MO|TU|WE|TH|FR|SA)(,(SU|MO|TU|WE|TH|FR|SA))*$/

/** The days of a week as a language orders them, with what it calls them. */
export function daysOfWeek(language: string, name: (day: Date) => string) {
  const first = weekBegin(dayOf(new Date()), language)
  return weekDays.map((_, place) => {
    const date = beginOf(addDays(first, place))
    return { day: weekDays[date.getDay()] ?? 'SU', name: name(date) }
  })
}

export function repeatOf(recurrence: Recurrence | null): Repeat {
  if (!recurrence) return noRepeat
  const parts = recurrence.rule.split(';')
  const valueOf = (name: string) => parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1)
  const kept = parts.filter((part) => !/^(COUNT|UNTIL|WKST)=/.test(part) && part !== 'INTERVAL=1')
  const days = valueOf('BYDAY') ?? ''
  const isOfDays = plainDays.test(days) && sameParts(['FREQ=WEEKLY', `BYDAY=${days}`], kept)
  const known = (Object.keys(rules) as Known[]).find((one) => sameParts(rules[one].split(';'), kept))
  const often = { every: known ?? (isOfDays ? ('days' as const) : ('own' as const)), days: isOfDays ? days : '' }
  const [count, until] = [valueOf('COUNT'), valueOf('UNTIL')]
  if (count) return { ...often, ends: 'after', lastDay: '', times: Number(count) }
  return { ...often, ends: until ? 'on' : 'never', lastDay: until ? lastDayOf(until) : '', times: null }
}

function sameParts(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join(';') === other.toSorted().join(';')
}

/** `20260410T215959Z`, or a day alone. */
function lastDayOf(until: string): string {
  const [, year, month, day, , hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(T(\d\d)(\d\d)(\d\d))?/.exec(until) ?? []
  if (hour === undefined || !until.endsWith('Z')) return `${year}-${month}-${day}`
  return dayOf(`${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`)
}

/** What is saved; undefined while the end is not said. A choice that was left alone stays what it was to the letter. */
export function recurrenceFrom(repeat: Repeat, present: Recurrence | null): Recurrence | null | undefined {
  const { every, days, ends, lastDay, times } = repeat
  if (JSON.stringify(repeat) === JSON.stringify(repeatOf(present))) return present
  if (every === 'never') return null
  const kept = present?.rule.split(';').filter((part) => !/^(COUNT|UNTIL)=/.test(part)) ?? []
  if (every === 'days' && days === '') return undefined
  const parts: string[] = every === 'own' ? kept : [every === 'days' ? `FREQ=WEEKLY;BYDAY=${days}` : rules[every]]
  if (ends === 'on' && lastDay === '') return undefined
  if (ends === 'after' && !(times !== null && Number.isInteger(times) && times > 0)) return undefined
  if (ends === 'on') parts.push(`UNTIL=${lastDay.replaceAll('-', '')}`)
  if (ends === 'after') parts.push(`COUNT=${times}`)
  const timeZone = present?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  return { rule: parts.join(';'), timeZone }
}
