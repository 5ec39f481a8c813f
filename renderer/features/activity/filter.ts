import type { ActivityFilter } from '../../../shared/contract/activity.ts'
import type { Id } from '../../../shared/contract/base.ts'

interface ActivitySearch {
  user?: Id | undefined
  person?: Id | undefined
  action?: string | undefined
  from?: string | undefined
  until?: string | undefined
}

/** Days are those of this machine; the last one counts as a whole. */
export function filterOf({ user, person, action, from, until }: ActivitySearch): ActivityFilter {
  return { userId: user, beneficiaryId: person, action, from: startOf(from, 0), until: startOf(until, 1) }
}

export function startOf(day: string | undefined, daysLater: number): string | undefined {
  if (day === undefined) return undefined
  const start = new Date(`${day}T00:00`)
  start.setDate(start.getDate() + daysLater)
  return start.toISOString()
}
