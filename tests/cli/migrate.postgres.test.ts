import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrationsFolder, stepsIn } from '../../main/database/steps.ts'
import { runCli } from '../support/cli.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server[Symbol.asyncDispose]())

describe('migrate, for the database of the centre', () => {
  it('takes every step once and names each', async () => {
    const { user, password, port, database } = await server.database()
    const url = `postgres://${user}:${password}@127.0.0.1:${port}/${database}`
    const migrate = () => runCli('migrate', '--dialect', 'postgres', '--url', url)

    const steps = stepsIn(migrationsFolder('postgres')).map(({ name }) => `Took the step ${name}.\n`)
    expect(await migrate()).toEqual({ code: 0, stderr: '', stdout: steps.join('') })
    expect(await migrate()).toEqual({ code: 0, stderr: '', stdout: 'The database is up to date: nothing was done.\n' })
  })

  it('refuses a database from a newer version with 4', async () => {
    const client = await server.migrated()
    const url = `postgres://${client.user}:${client.password}@127.0.0.1:${client.port}/${client.database}`
    const next = stepsIn(migrationsFolder('postgres')).length + 1
    await client.query(`INSERT INTO schema_steps (number, name, sha256) VALUES ($1, 'tomorrow', 'x')`, [next])
    const { code, stdout, stderr } = await runCli('migrate', '--dialect', 'postgres', '--url', url)
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toMatch(/newer BDC.*tomorrow/)
  })
})
