import { startPostgres } from '../../support/postgres.ts'
import { modelMachines, realMachines } from './machines.ts'
import { postgresServers } from './postgres-server.ts'
import { referenceServer } from './reference-server.ts'
import { shrunk } from './shrink.ts'
import { planOf, run } from './world.ts'

const [kind, from = '0', to = '100', wantsShrunk] = process.argv.slice(2)
const postgres = kind === 'postgres' ? await startPostgres() : undefined
const make = {
  ...(kind === 'model' ? modelMachines() : realMachines()),
  server: postgres ? await postgresServers(postgres) : referenceServer,
}
const began = performance.now()
const counts: Record<string, number> = {}
let bad = 0
for (let seed = Number(from); seed < Number(to); seed += 1) {
  const { violations, counts: its } = await run(planOf(seed), make)
  for (const [what, count] of Object.entries(its)) counts[what] = (counts[what] ?? 0) + count
  if (violations.length > 0) {
    bad += 1
    if (bad < 8) console.log(seed, violations.slice(0, 4).join('\n').slice(0, 1800))
    if (wantsShrunk && bad === 1) {
      const fewer = await shrunk(planOf(seed), make)
      console.log(JSON.stringify(fewer))
      console.log((await run(fewer, make)).violations)
    }
  }
}
console.log(bad, 'bad', performance.now() - began, 'ms', process.cpuUsage().user / 1000, 'ms cpu', counts)
await postgres?.[Symbol.asyncDispose]()
