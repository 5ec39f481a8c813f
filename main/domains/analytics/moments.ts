/** Statistics of one or two series of the same length; null where they are not defined. */

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values) / values.length
}

export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low = 0, high = 0] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}

/** Of a sample: divided by n - 1. */
export function covariance(xs: readonly number[], ys: readonly number[]): number | null {
  if (xs.length < 2) return null
  const [meanX, meanY] = [sum(xs) / xs.length, sum(ys) / ys.length]
  return xs.reduce((total, x, index) => total + (x - meanX) * ((ys[index] ?? 0) - meanY), 0) / (xs.length - 1)
}

export function variance(values: readonly number[]): number | null {
  return covariance(values, values)
}

/** Pearson's product-moment correlation; with one series of zeros and ones it is the point-biserial correlation. */
export function correlation(xs: readonly number[], ys: readonly number[]): number | null {
  const [together, ofX, ofY] = [covariance(xs, ys), variance(xs), variance(ys)]
  if (together === null || !isAbove0(ofX) || !isAbove0(ofY)) return null
  return Math.max(-1, Math.min(1, together / Math.sqrt(ofX * ofY)))
}

/** Sums of hundredths leave a dust that is no variance. */
export function isAbove0(value: number | null): value is number {
  return value !== null && value > 1e-12
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
