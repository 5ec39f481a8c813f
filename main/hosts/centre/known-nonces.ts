/** Requests that were here, for as long as their time is believed; the oldest stand first. */
export function knownNonces(keptMs: number, now: () => number) {
  const seen = new Map<string, number>()

  /** False when this one was here before. */
  return function isNew(site: number, nonce: string): boolean {
    for (const [key, at] of seen) {
      if (now() - at <= keptMs) break
      seen.delete(key)
    }
    const key = `${site} ${nonce}`
    if (seen.has(key)) return false
    seen.set(key, now())
    return true
  }
}
