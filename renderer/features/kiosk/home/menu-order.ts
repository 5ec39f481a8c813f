import type { MenuItem } from '../../../../shared/contract/delivery.ts'

/** Infinity where it can be taken as often as wanted. */
export function attemptsLeft({ attemptsAllowed, attemptsUsed }: MenuItem): number {
  return attemptsAllowed === null ? Number.POSITIVE_INFINITY : Math.max(0, attemptsAllowed - attemptsUsed)
}

export function canBegin(item: MenuItem): boolean {
  return item.runningAttemptId === null && !item.isClosed && !item.isNotOpenYet && attemptsLeft(item) > 0
}

/** What has begun comes first, then what can begin, then what is done. */
export function inMenuOrder(items: readonly MenuItem[]): MenuItem[] {
  const rank = (item: MenuItem) =>
    item.runningAttemptId !== null ? 0 : canBegin(item) ? (item.ended.length > 0 ? 2 : 1) : 3
  return items.toSorted((one, other) => rank(one) - rank(other))
}
