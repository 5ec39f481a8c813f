import { realMachines } from '../simulator/machines.ts'
import { referenceServer } from '../simulator/reference-server.ts'
import { realRanges } from '../simulator/seeds.ts'
import { planOf, run } from '../simulator/world.ts'

/** Ends with 1 at the first of the suite's seeds that breaks something, which stands in the last line. */
const atMost = Number(process.argv[2] ?? 300)
const make = { ...realMachines(), server: referenceServer }
const seeds = realRanges.flatMap(({ from, count }) => Array.from({ length: count }, (_, index) => from + index))
for (const seed of seeds.slice(0, atMost)) {
  if (process.exitCode !== undefined) break
  const { violations } = await run(planOf(seed), make)
  if (violations.length === 0) continue
  process.stdout.write(`seed ${seed}: ${violations[0]?.split('\n')[0]}\n`)
  process.exitCode = 1
}
