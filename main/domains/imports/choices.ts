/** `a` to `z`, as many as a question can have. */
export function optionId(index: number): string {
  return (index + 10).toString(36)
}

/** Percent for each of several right options that are right together. */
export function equalShares(count: number): number {
  return Math.round((100 / Math.max(1, count)) * 1e5) / 1e5
}
