import { parseArgs } from 'node:util'
import { startPostgres } from '../support/postgres.ts'
import { modelMachines, realMachines } from '../sync/simulator/machines.ts'
import { postgresServers } from '../sync/simulator/postgres-server.ts'
import { recipes } from '../sync/simulator/recipes.ts'
import { referenceServer } from '../sync/simulator/reference-server.ts'
import { run } from '../sync/simulator/run.ts'
import { trySeeds } from '../sync/simulator/seeds.ts'

/**
 * Tries as many worlds of machines, a centre and faults as wanted and prints a line for every thousand. One in ten has real
 * databases and the program's own code, the others the model of it, which is faster. With `--real` all of them are real.
 * `--recipe` makes worlds of another kind (`tests/sync/simulator/recipes.ts`), all of them real. With `--postgres` they have their
 * centre in PostgreSQL, as `people` and `erasures` always do.
 * A plan that broke something is tried again with `--plan '{"seed":…,"events":[…]}'`.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    real: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
    recipe: { type: 'string', default: 'plain' },
    plan: { type: 'string' },
  },
})
const seeds = Number(values.seeds)
const first = Number(values.seed)
const isInPostgres = values.postgres || /people|erasures/.test(values.recipe)
await using postgres = isInPostgres ? await startPostgres() : undefined
const kinds = {
  model: { ...modelMachines(), server: referenceServer },
  real: { ...realMachines(), server: postgres ? await postgresServers(postgres) : referenceServer },
}
const areReal = values.real || isInPostgres || values.recipe !== 'plain'
const block = areReal ? 50 : 1000
const recipe = recipes.find((one) => one === values.recipe)
if (!recipe) throw new Error(`There is no recipe ${values.recipe}: ${recipes.join(', ')}.`)

if (values.plan) {
  const { violations } = await run(JSON.parse(values.plan), kinds[areReal ? 'real' : 'model'])
  process.stdout.write(`${violations.join('\n')}\n`)
  process.exitCode = violations.length === 0 ? 0 : 1
}

for (let from = first; from < first + seeds && process.exitCode === undefined; from += block) {
  const kind = areReal || ((from - first) / block) % 10 === 0 ? 'real' : 'model'
  const range = { from, count: Math.min(block, first + seeds - from), recipe }
  const { broken, counts } = await trySeeds(kinds[kind], range)
  process.stdout.write(
    `${JSON.stringify({ soak: 'sync', kind, ...range, broken: broken?.violations, plan: broken?.plan, counts })}\n`,
  )
  if (broken) process.exitCode = 1
}
