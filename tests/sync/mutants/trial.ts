import { startPostgres } from '../../support/postgres.ts'
import { modelMachines, realMachines } from '../simulator/machines.ts'
import { postgresServers } from '../simulator/postgres-server.ts'
import { planOf } from '../simulator/recipes.ts'
import { referenceServer } from '../simulator/reference-server.ts'
import { run } from '../simulator/run.ts'
import { postgresRanges, realRanges } from '../simulator/seeds.ts'

/** Ends with 1 at the first of the suite's seeds that breaks something, and says which; a line for each that does not. */
const [kind = 'real', atMost = '400'] = process.argv.slice(2)
await using postgres = kind === 'postgres' ? await startPostgres() : undefined
const server = postgres ? await postgresServers(postgres) : referenceServer
const make = { ...(kind === 'model' ? modelMachines() : realMachines()), server }
const ranges = {
  real: realRanges,
  model: realRanges.filter(({ recipe }) => recipe === undefined),
  postgres: postgresRanges,
}[kind]
const plans = (ranges ?? []).flatMap(({ from, count, recipe }) =>
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
