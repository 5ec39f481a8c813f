export interface Allowance {
  perSecond: number
  burst: number
}

interface Bucket {
  left: number
  at: number
}

const forgottenAfterMs = 10 * 60_000

/** Token buckets by key: `burst` at once, refilled by `perSecond`. False when there is none left. */
export function allowances({ perSecond, burst }: Allowance, now: () => number) {
  const buckets = new Map<string, Bucket>()

  return function take(key: string): boolean {
    for (const [known, { at }] of buckets) {
      if (now() - at < forgottenAfterMs) break
      buckets.delete(known)
    }
    const bucket = buckets.get(key) ?? { left: burst, at: now() }
    const left = Math.min(burst, bucket.left + ((now() - bucket.at) / 1_000) * perSecond)
    buckets.delete(key)
    buckets.set(key, { left: Math.max(0, left - 1), at: now() })
    return left >= 1
  }
}
