import { fromLocalTime, toLocalTime } from './local-time.ts'

export const calendarViews = ['day', 'week', 'month', 'list'] as const
export type CalendarView = (typeof calendarViews)[number]

/** Sunday is 0. Where Arabic is read, the week begins on Saturday. */
const firstDays: Record<string, number> = { ar: 6 }

/** How many days the list goes on from its first. */
const listedDays = 30

/** The calendar day of a moment where this screen is: `2026-11-23`. */
export function dayOf(moment: Date | string): string {
  return toLocalTime(new Date(moment).toISOString()).slice(0, 10)
}

/** The moment at which a day begins here. */
export function beginOf(day: string): Date {
  return new Date(`${day}T00:00`)
}

export function addDays(day: string, count: number): string {
  const date = beginOf(day)
  date.setDate(date.getDate() + count)
  return dayOf(date)
}

function addMonths(day: string, count: number): string {
  const date = beginOf(`${day.slice(0, 7)}-01`)
  date.setMonth(date.getMonth() + count)
  return dayOf(date)
}

export function weekBegin(day: string, language: string): string {
  const back = (beginOf(day).getDay() - (firstDays[language] ?? 1) + 7) % 7
  return addDays(day, -back)
}

/** The days that a view shows when it stands on a day. */
export function daysShown(view: CalendarView, day: string, language: string): string[] {
  if (view === 'day') return [day]
  if (view === 'list') return daysFrom(day, listedDays)
  if (view === 'week') return daysFrom(weekBegin(day, language), 7)
  const first = weekBegin(`${day.slice(0, 7)}-01`, language)
  const next = addMonths(day, 1)
  return daysFrom(first, addDays(first, 28) >= next ? 28 : addDays(first, 35) >= next ? 35 : 42)
}

function daysFrom(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => addDays(first, index))
}

/** Where the arrows lead to. */
export function step(view: CalendarView, day: string, direction: 1 | -1): string {
  if (view === 'month') return addMonths(day, direction)
  return addDays(day, direction * { day: 1, week: 7, list: listedDays }[view])
}

export function spanOf(days: readonly string[]): { from: string; until: string } {
  const [first = dayOf(new Date())] = days
  return {
    from: beginOf(first).toISOString(),
    until: beginOf(addDays(days.at(-1) ?? first, 1)).toISOString(),
  }
}

/** As a clock on the wall goes, so that ten o'clock stays ten o'clock when the clocks change in between. */
export function shiftTime(timestamp: string, { days = 0, minutes = 0 }: { days?: number; minutes?: number }): string {
  const date = new Date(timestamp)
  date.setDate(date.getDate() + days)
  date.setMinutes(date.getMinutes() + minutes)
  return date.toISOString()
}

/** The next full hour, on a day that may not be today. */
export function nextHour(day: string, now: Date): string {
  const hour = day === dayOf(now) ? Math.min(now.getHours() + 1, 23) : 9
  return fromLocalTime(`${day}T${String(hour).padStart(2, '0')}:00`) ?? now.toISOString()
}
