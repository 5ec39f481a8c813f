import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrationsFolder, stepsIn } from '../../main/database/steps.ts'
import { runCli } from '../support/cli.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server[Symbol.asyncDispose]())

it('makes a database a centre once, and says so again when nothing is left to do', async () => {
  const client = await server.database()
  const url = `postgres://${client.user}:${client.password}@127.0.0.1:${client.port}/${client.database}`
  const init = () => runCli('centre', 'init', '--database', url, '--prefix', 'cli')
  const steps = stepsIn(migrationsFolder('postgres')).map(({ name }) => `Took the step ${name}.\n`)
  expect(await init()).toEqual({ code: 0, stderr: '', stdout: `${steps.join('')}The centre is ready.\n` })
  expect(await init()).toEqual({ code: 0, stderr: '', stdout: 'The centre is ready.\n' })
  const { rows } = await client.query(`SELECT count(*)::integer AS roles FROM pg_roles WHERE rolname LIKE 'cli\\_%'`)
  expect(rows).toEqual([{ roles: 6 }])
})

it('refuses what is no address, and names no password', async () => {
  const { code, stderr } = await runCli('centre', 'init', '--database', 'mysql://me:secret@there')
  expect({ code, hasSecret: stderr.includes('secret') }).toEqual({ code: 2, hasSecret: false })
})
