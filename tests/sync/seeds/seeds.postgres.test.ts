import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { realMachines } from '../simulator/machines.ts'
import { postgresServers } from '../simulator/postgres-server.ts'
import { trySeeds } from '../simulator/seeds.ts'

let postgres: PostgresServer

beforeAll(async () => {
  postgres = await startPostgres()
})

afterAll(() => postgres[Symbol.asyncDispose]())

const count = 200

it('loses nothing, doubles nothing and agrees in worlds with a centre in PostgreSQL', async () => {
  const make = { ...realMachines(), server: await postgresServers(postgres) }
  const { seeds, broken } = await trySeeds(make, { from: 1, count })
  expect(broken).toBeUndefined()
  expect(seeds).toBe(count)
}, 1_200_000)
