import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import { modelMachines } from './simulator/machines.ts'
import { postgresServers } from './simulator/postgres-server.ts'
import { planOf } from './simulator/recipes.ts'
import { referenceServer } from './simulator/reference-server.ts'
import { run } from './simulator/run.ts'
import type { MakeServer } from './simulator/server.ts'
import { bothOf, type Differences } from './simulator/two-servers.ts'

let postgres: PostgresServer
let centre: MakeServer

beforeAll(async () => {
  postgres = await startPostgres()
  centre = await postgresServers(postgres)
})

afterAll(() => postgres[Symbol.asyncDispose]())

const seeds = Array.from({ length: 24 }, (_, index) => index + 1)

async function differencesIn(seed: number): Promise<string[]> {
  const differences: Differences = { found: [] }
  const { seed: same, events } = planOf(seed)
  const plan = { seed: same, events: events.filter(({ kind }) => kind !== 'centreRestore') }
  const server = { first: referenceServer, second: centre }
  await run(plan, { ...modelMachines(), server: bothOf(server, differences) })
  return differences.found
}

it('makes of the same envelopes in PostgreSQL what the protocol says', async () => {
  for (const seed of seeds) {
    expect([seed, await differencesIn(seed)]).toEqual([seed, []])
  }
}, 600_000)
