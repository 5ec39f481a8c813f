import { realMachines } from '../simulator/machines.ts'
import { referenceServer } from '../simulator/reference-server.ts'
import { planOf, run } from '../simulator/world.ts'

/** Ends with 1 at the first seed that breaks something; how many seeds it took stands in the last line. */
const seeds = Number(process.argv[2] ?? 300)
const make = { ...realMachines(), server: referenceServer }
for (let seed = 1; seed <= seeds && process.exitCode === undefined; seed += 1) {
  const { violations } = await run(planOf(seed), make)
  if (violations.length === 0) continue
  process.stdout.write(`seed ${seed}: ${violations[0]?.split('\n')[0]}\n`)
  process.exitCode = 1
}
