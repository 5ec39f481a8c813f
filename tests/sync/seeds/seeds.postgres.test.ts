import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { realMachines } from '../simulator/machines.ts'
import { postgresServers } from '../simulator/postgres-server.ts'
import { postgresRanges, trySeeds } from '../simulator/seeds.ts'

let postgres: PostgresServer

beforeAll(async () => {
  postgres = await startPostgres()
})

afterAll(() => postgres[Symbol.asyncDispose]())

it.each(postgresRanges)(
  'loses nothing, doubles nothing and agrees in $count worlds with a centre in PostgreSQL ($recipe)',
  async (range) => {
    const make = { ...realMachines(), server: await postgresServers(postgres) }
    const { seeds, broken } = await trySeeds(make, range)
    expect(broken).toBeUndefined()
    expect(seeds).toBe(range.count)
  },
  1_200_000,
)
