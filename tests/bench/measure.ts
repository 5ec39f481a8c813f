/**
 * Milliseconds of each of `times` runs of each piece of work, after a tenth as many to warm up. The pieces take turns, so
 * that a busy moment of the machine falls on all of them.
 */
export async function measure<const Work extends Record<string, (run: number) => unknown>>(
  times: number,
  work: Work,
): Promise<Record<keyof Work, number[]>> {
  const warmUp = Math.ceil(times / 10)
  const durations = Object.fromEntries(Object.keys(work).map((name) => [name, [] as number[]]))
  for (let run = 0; run < warmUp + times; run++) {
    for (const [name, piece] of Object.entries(work)) {
      const start = performance.now()
      await piece(run)
      if (run >= warmUp) durations[name]?.push(performance.now() - start)
    }
  }
  return durations as Record<keyof Work, number[]>
}

export function percentile(durations: number[], percent: number): number {
  const sorted = durations.toSorted((a, b) => a - b)
  const index = Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)
  return sorted[Math.max(0, index)] ?? Number.NaN
}

export function summary(durations: number[]) {
  const round = (value: number) => Math.round(value * 1000) / 1000
  const total = durations.reduce((sum, duration) => sum + duration, 0)
  return {
    runs: durations.length,
    p50Ms: round(percentile(durations, 50)),
    p95Ms: round(percentile(durations, 95)),
    p99Ms: round(percentile(durations, 99)),
    perSecond: Math.round(durations.length / (total / 1000)),
  }
}

/** One line of JSON per measurement, so that runs can be compared by a program. */
export function report(name: string, facts: Record<string, unknown>) {
  process.stdout.write(`${JSON.stringify({ bench: name, ...facts })}\n`)
}
