/** Milliseconds of each of `times` runs, after a tenth as many to warm up. */
export async function measure(times: number, work: (run: number) => unknown): Promise<number[]> {
  const warmUp = Math.ceil(times / 10)
  const durations: number[] = []
  for (let run = -warmUp; run < times; run++) {
    const start = performance.now()
    await work(run + warmUp)
    if (run >= 0) durations.push(performance.now() - start)
  }
  return durations
}

/** Measures two pieces of work run by run in turn, so that a busy moment of the machine falls on both. */
export async function measureInTurn(
  times: number,
  first: (run: number) => unknown,
  second: (run: number) => unknown,
): Promise<[number[], number[]]> {
  const durations: [number[], number[]] = [[], []]
  await measure(times, async (run) => {
    for (const [index, work] of [first, second].entries()) {
      const start = performance.now()
      await work(run)
      durations[index as 0 | 1].push(performance.now() - start)
    }
  })
  return [durations[0].slice(-times), durations[1].slice(-times)]
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
