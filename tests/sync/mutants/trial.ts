import { modelMachines, realMachines } from '../simulator/machines.ts'
import { planOf } from '../simulator/recipes.ts'
import { referenceServer } from '../simulator/reference-server.ts'
import { realRanges } from '../simulator/seeds.ts'
import { run } from '../simulator/world.ts'

/** Ends with 1 at the first of the suite's seeds that breaks something, and says which; a line for each that does not. */
const [kind = 'real', atMost = '400'] = process.argv.slice(2)
const make = { ...(kind === 'real' ? realMachines() : modelMachines()), server: referenceServer }
const ranges = kind === 'real' ? realRanges : realRanges.filter(({ recipe }) => recipe === undefined)
const plans = ranges.flatMap(({ from, count, recipe }) =>
  Array.from({ length: count }, (_, index) => planOf(from + index, recipe)),
)
for (const plan of plans.slice(0, Number(atMost))) {
  if (process.exitCode !== undefined) break
  const { violations } = await run(plan, make)
  process.stdout.write(
    violations.length === 0
      ? '.\n'
      : `seed ${plan.seed} of ${plan.recipe ?? 'plain'}: ${violations[0]?.split('\n')[0]}\n`,
  )
  if (violations.length > 0) process.exitCode = 1
}
