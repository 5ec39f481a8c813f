import type { Conflict } from '../../../../shared/contract/sync.ts'

/** What counts, or counted when somebody decided. */
export function countedSide({ kept, current }: Conflict): Conflict['kept'] {
  return current ?? kept
}

/** Somebody has written the other value since, so that nothing is left to decide. */
export function isTakenAlready({ lost, current }: Conflict): boolean {
  return current !== null && Object.entries(lost.values).every(([column, value]) => current.values[column] === value)
}
