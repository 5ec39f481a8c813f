import { isAbove0, sum, variance } from './moments.ts'

/**
 * Cronbach's alpha of `items`, one series of points for each item over the same attempts:
 * `k / (k - 1) · (1 - Σ s²ᵢ / s²ₜ)`. Where every item is worth all or nothing it equals KR-20.
 * Sources: Cronbach, L. J. (1951), Coefficient alpha and the internal structure of tests, Psychometrika 16, 297-334;
 * Kuder, G. F. & Richardson, M. W. (1937), The theory of the estimation of test reliability, Psychometrika 2, 151-160.
 */
export function cronbachAlpha(items: readonly (readonly number[])[]): number | null {
  const count = items.length
  if (count < 2) return null
  const totals = (items[0] ?? []).map((_, attempt) => sum(items.map((item) => item[attempt] ?? 0)))
  const ofTotals = variance(totals)
  if (!isAbove0(ofTotals)) return null
  return (count / (count - 1)) * (1 - sum(items.map((item) => variance(item) ?? 0)) / ofTotals)
}

/**
 * Standard error of measurement in points, `s · √(1 - reliability)`. A reliability below zero counts as zero: no score errs
 * by more than it differs, which Moodle's error ratio then says. Source: Lord, F. M. & Novick, M. R. (1968),
 * Statistical Theories of Mental Test Scores, section 3.3.
 */
export function standardError(totals: readonly number[], reliability: number | null): number | null {
  const ofTotals = variance(totals)
  if (ofTotals === null || reliability === null) return null
  return Math.sqrt(ofTotals * (1 - Math.max(0, Math.min(1, reliability))))
}
