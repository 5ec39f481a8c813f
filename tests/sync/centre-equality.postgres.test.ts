import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import { modelMachines } from './simulator/machines.ts'
import { postgresServers } from './simulator/postgres-server.ts'
import { referenceServer } from './simulator/reference-server.ts'
import { bothOf, type Differences } from './simulator/two-servers.ts'
import { planOf, run } from './simulator/world.ts'

let postgres: PostgresServer

beforeAll(async () => {
  postgres = await startPostgres()
})

afterAll(() => postgres[Symbol.asyncDispose]())

it('makes of the same envelopes in PostgreSQL what the protocol says', async () => {
  const server = { first: referenceServer, second: await postgresServers(postgres) }
  for (let seed = 1; seed <= 40; seed += 1) {
    const differences: Differences = { found: [] }
    const { seed: same, events } = planOf(seed)
    const plan = { seed: same, events: events.filter(({ kind }) => kind !== 'centreRestore') }
    await run(plan, { ...modelMachines(), server: bothOf(server, differences) })
    expect([seed, differences.found]).toEqual([seed, []])
  }
}, 600_000)
