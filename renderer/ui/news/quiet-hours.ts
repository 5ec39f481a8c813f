import type { Preferences } from '../../../shared/contract/notifications.ts'

/** Whether the hands of this clock are between the two times; the end may lie behind midnight. */
export function isQuiet(quiet: Preferences['quiet'], now: Date): boolean {
  if (!quiet || quiet.from === quiet.until) return false
  const time = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')
  const { from, until } = quiet
  return from < until ? from <= time && time < until : from <= time || time < until
}
