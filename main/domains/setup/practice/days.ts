const dayMs = 24 * 60 * 60_000
const minuteMs = 60_000

/** Nine o'clock in the morning (UTC) of a day in the past, or that day's moment so many minutes later. */
export function daysBefore(now: string, days: number, minutes = 0): string {
  const day = new Date(Date.parse(now) - days * dayMs)
  day.setUTCHours(9, 0, 0, 0)
  return new Date(day.getTime() + minutes * minuteMs).toISOString()
}

export function minutesAfter(moment: string, minutes: number): string {
  return new Date(Date.parse(moment) + minutes * minuteMs).toISOString()
}
