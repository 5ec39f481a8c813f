import { correlation, covariance, isAbove0, mean } from './moments.ts'

/**
 * How well an item agrees with the rest of the test: the correlation of its points with the points of all other items.
 * For an item that is right or wrong this is the corrected point-biserial correlation.
 * Moodle's discrimination index, but for questions that are drawn: there Moodle leaves the item in the score.
 * Source: Henrysson, S. (1963), Correction of item-total correlations in item analysis, Psychometrika 28, 211-218.
 */
export function discriminationIndex(points: readonly number[], totals: readonly number[]): number | null {
  return correlation(points, rest(points, totals))
}

/**
 * Covariance of an item with the rest as a share of the largest that the same marks could have had, which they have when
 * both are sorted the same way.
 * Source: Moodle documentation, Quiz statistics calculations, "Discriminative efficiency".
 */
export function discriminativeEfficiency(points: readonly number[], totals: readonly number[]): number | null {
  const others = rest(points, totals)
  const found = covariance(points, others)
  const most = covariance(ascending(points), ascending(others))
  return found !== null && isAbove0(most) ? found / most : null
}

/** Size of the two groups of extremes that discriminate best. */
const extreme = 0.27

/**
 * The attempts with the highest and with the lowest totals, 27 percent of all each; none below four attempts.
 * Source: Kelley, T. L. (1939), The selection of upper and lower groups for the validation of test items, Journal of
 * Educational Psychology 30, 17-24.
 */
export function extremeGroups(totals: readonly number[]): { upper: number[]; lower: number[] } {
  const size = totals.length < 4 ? 0 : Math.max(1, Math.round(totals.length * extreme))
  const order = totals.map((_, attempt) => attempt).sort((a, b) => (totals[a] ?? 0) - (totals[b] ?? 0))
  return { upper: size === 0 ? [] : order.slice(-size), lower: order.slice(0, size) }
}

/** Mean share of the upper group less that of the lower group, -1 to 1; for right or wrong this is Johnson's D (1951). */
export function upperLowerIndex(
  shares: readonly number[],
  { upper, lower }: ReturnType<typeof extremeGroups>,
): number | null {
  const of = (group: number[]) => mean(group.map((attempt) => shares[attempt] ?? 0))
  const [high, low] = [of(upper), of(lower)]
  return high === null || low === null ? null : high - low
}

function rest(points: readonly number[], totals: readonly number[]): number[] {
  return totals.map((total, attempt) => total - (points[attempt] ?? 0))
}

function ascending(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b)
}
