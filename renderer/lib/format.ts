import i18next from 'i18next'

/** Arabic takes the digits that people type into forms and read on their papers here. */
const locales: Record<string, string> = { en: 'en-GB', fr: 'fr', ar: 'ar-u-nu-latn' }

/** With the month as a word, so that nobody takes the day for the month. */
const dayParts = { day: 'numeric', month: 'short', year: 'numeric' } as const

function locale() {
  return locales[i18next.language] ?? 'en-GB'
}

export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(locale(), options).format(value)
}

/** `value` from 0 to 100. */
export function formatPercent(value: number): string {
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 1 }).format(value / 100)
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** The size of a file, in the largest unit of which it has at least one. */
export function formatBytes(bytes: number): string {
  const power = Math.min(byteUnits.length - 1, Math.max(0, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1024))))
  const value = bytes / 1024 ** power
  const maximumFractionDigits = power === 0 || value >= 10 ? 0 : 1
  return formatNumber(value, {
    style: 'unit',
    unit: byteUnits[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits,
  })
}

/** A calendar day `2026-11-23`, which is the same day in every time zone. */
export function formatDay(day: string): string {
  return dayFormat()(day)
}

/** The same for many days of a list: making a format takes longer than drawing the rest of a row. */
export function dayFormat(): (day: string) => string {
  const format = new Intl.DateTimeFormat(locale(), { ...dayParts, timeZone: 'UTC' })
  return (day) => format.format(new Date(`${day}T00:00:00Z`))
}

/** A moment, as day and time where this screen is. */
export function formatMoment(timestamp: string): string {
  return new Intl.DateTimeFormat(locale(), { ...dayParts, hour: '2-digit', minute: '2-digit' }).format(
    new Date(timestamp),
  )
}

/** A moment of today: hours and minutes where this screen is. */
export function formatTime(timestamp: string | Date): string {
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(new Date(timestamp))
}

/** A moment in the parts that are asked for, where this screen is. */
export function formatDate(moment: Date, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), parts).format(moment)
}

/** Two days and what lies between them; what both have in common is said once. */
export function formatDays(first: Date, last: Date): string {
  const parts = { day: 'numeric', month: 'short', year: 'numeric' } as const
  return new Intl.DateTimeFormat(locale(), parts).formatRange(first, last)
}

/** From when to when; with the days where these are two. */
export function formatTimes({ startTime, endTime }: { startTime: string; endTime: string }): string {
  const [start, end] = [new Date(startTime), new Date(endTime)]
  const isOneDay = start.toDateString() === end.toDateString()
  const time = { hour: '2-digit', minute: '2-digit' } as const
  const parts = isOneDay ? time : ({ day: 'numeric', month: 'short', ...time } as const)
  return new Intl.DateTimeFormat(locale(), parts).formatRange(start, end)
}

/** Names one after the other, as the language joins them. */
export function formatList(names: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names)
}
