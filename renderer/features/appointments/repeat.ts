import * as z from 'zod'
import type { Recurrence } from '../../../shared/contract/appointments.ts'
import { dayOf } from '../../lib/calendar-days.ts'

/** How something comes again, as it is chosen; `own`: by a rule that is not among the choices, and stays as it is. */
export const everies = ['never', 'day', 'weekday', 'week', 'twoWeeks', 'month', 'own'] as const
export const endings = ['never', 'on', 'after'] as const
export const Repeat = z.object({
  every: z.enum(everies),
  ends: z.enum(endings),
  /** A day; empty while it is not chosen. */
  lastDay: z.string(),
  times: z.number().nullable(),
})
export type Repeat = z.infer<typeof Repeat>

export const noRepeat: Repeat = { every: 'never', ends: 'never', lastDay: '', times: null }

const rules = {
  day: 'FREQ=DAILY',
  weekday: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  week: 'FREQ=WEEKLY',
  twoWeeks: 'FREQ=WEEKLY;INTERVAL=2',
  month: 'FREQ=MONTHLY',
} as const
type Known = keyof typeof rules

export function repeatOf(recurrence: Recurrence | null): Repeat {
  if (!recurrence) return noRepeat
  const parts = recurrence.rule.split(';')
  const valueOf = (name: string) => parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1)
  const kept = parts.filter((part) => !/^(COUNT|UNTIL|WKST)=/.test(part) && part !== 'INTERVAL=1')
  const every = (Object.keys(rules) as Known[]).find((known) => sameParts(rules[known].split(';'), kept)) ?? 'own'
  const [count, until] = [valueOf('COUNT'), valueOf('UNTIL')]
  if (count) return { every, ends: 'after', lastDay: '', times: Number(count) }
  return { every, ends: until ? 'on' : 'never', lastDay: until ? lastDayOf(until) : '', times: null }
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
  const { every, ends, lastDay, times } = repeat
  if (JSON.stringify(repeat) === JSON.stringify(repeatOf(present))) return present
  if (every === 'never') return null
  const kept = present?.rule.split(';').filter((part) => !/^(COUNT|UNTIL)=/.test(part)) ?? []
  const parts = every === 'own' ? kept : [rules[every]]
  if (ends === 'on' && lastDay === '') return undefined
  if (ends === 'after' && !(times !== null && Number.isInteger(times) && times > 0)) return undefined
  if (ends === 'on') parts.push(`UNTIL=${lastDay.replaceAll('-', '')}` as never)
  if (ends === 'after') parts.push(`COUNT=${times}` as never)
  const timeZone = present?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  return { rule: parts.join(';'), timeZone }
}
