import { afterAll, beforeAll, expect, it } from 'vitest'
import { inputs } from '../../support/inputs.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { realMachines } from '../simulator/machines.ts'
import { postgresServers } from '../simulator/postgres-server.ts'
import { postgresRanges, trySeeds } from '../simulator/seeds.ts'
import type { MakeServer } from '../simulator/server.ts'

let postgres: PostgresServer
let server: MakeServer

beforeAll(async () => {
  postgres = await startPostgres()
  server = await postgresServers(postgres)
})

afterAll(() => postgres[Symbol.asyncDispose]())

/** Of many worlds a quarter, and of those that once broke all. */
const ranges = postgresRanges.map((range) => {
  const { count } = range
  return { ...range, count: count < 5 ? count : Math.min(count, inputs(Math.ceil(count / 4))) }
})

it.each(ranges)(
  'loses nothing, doubles nothing and agrees in $count worlds with a centre in PostgreSQL ($recipe)',
  async (range) => {
    const { seeds, broken } = await trySeeds({ ...realMachines(), server }, range)
    expect(broken).toBeUndefined()
    expect(seeds).toBe(range.count)
  },
  1_200_000,
)
