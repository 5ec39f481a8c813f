import { startPostgres } from '../../support/postgres.ts'
import { modelMachines } from './machines.ts'
import { postgresServers } from './postgres-server.ts'
import { referenceServer } from './reference-server.ts'
import { bothOf, type Differences } from './two-servers.ts'
import { planOf, run } from './world.ts'

const postgres = await startPostgres()
const server = { first: referenceServer, second: await postgresServers(postgres) }
for (let seed = Number(process.argv[2]); seed < Number(process.argv[3]); seed += 1) {
  const differences: Differences = { found: [] }
  const { seed: same, events } = planOf(seed)
  const plan = { seed: same, events: events.filter(({ kind }) => kind !== 'centreRestore') }
  await run(plan, { ...modelMachines(), server: bothOf(server, differences) })
  if (process.env.DBG) console.log(differences.found.join('\n'))
  console.log(seed, differences.found.length, differences.found.slice(0, 3).join('\n').slice(0, 1500))
}
await postgres[Symbol.asyncDispose]()
