import { afterAll, beforeAll } from 'vitest'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { type TestCentre, testCentre } from './centre.ts'

/** One centre on one PostgreSQL for all tests of a file. There once the first of them runs. */
export function useCentre(): TestCentre {
  const centre = {} as TestCentre
  let server: PostgresServer | undefined
  beforeAll(async () => {
    server = await startPostgres()
    Object.assign(centre, await testCentre(server))
  })
  afterAll(() => server?.[Symbol.asyncDispose]())
  return centre
}
