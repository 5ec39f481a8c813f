/** The form of a `datetime-local` field, in the time of this machine: `2026-11-23T14:30`. Empty for null; what is no time stays as it is. */
export function toLocalTime(timestamp: string | null): string {
  if (timestamp === null) return ''
  const time = new Date(timestamp)
  if (Number.isNaN(time.getTime())) return timestamp
  const two = (number: number) => String(number).padStart(2, '0')
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`
}

/** UTC; null for an empty or unfinished time. */
export function fromLocalTime(text: string): string | null {
  const time = new Date(text)
  return text === '' || Number.isNaN(time.getTime()) ? null : time.toISOString()
}
