import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { announceGateway, newOrganization } from '../../main/centre/enrolment.ts'
import { initCentre } from '../../main/centre/init.ts'
import { migrationsFolder, stepsIn } from '../../main/database/steps.ts'
import { runCli } from '../support/cli.ts'
import { temporaryFolder } from '../support/folder.ts'
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

it('keeps the names of the roles that a centre has, and refuses others', async () => {
  const client = await server.database()
  const url = `postgres://${client.user}:${client.password}@127.0.0.1:${client.port}/${client.database}`
  const init = (...more: string[]) => runCli('centre', 'init', '--database', url, ...more)
  const roles = async () => (await client.query('SELECT rolname FROM pg_roles ORDER BY 1')).rows
  const prefix = async () => (await client.query('SELECT prefix FROM sync.centre')).rows
  expect(await init('--prefix', 'kept')).toMatchObject({ code: 0 })
  const before = await roles()
  expect(await init()).toEqual({ code: 0, stderr: '', stdout: 'The centre is ready.\n' })
  expect(await init('--prefix', 'other')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'The roles of this centre begin with "kept", and its devices know them by that: leave out --prefix.\n',
  })
  expect(await prefix()).toEqual([{ prefix: 'kept' }])
  expect(await roles()).toEqual(before)
})

it.each([
  ['an empty database', 'database'],
  ['a database with the tables alone', 'migrated'],
] as const)(
  'says of %s that it is no centre yet, and what makes it one',
  async (_, kind) => {
    const client = await server[kind]()
    const url = `postgres://${client.user}:${client.password}@127.0.0.1:${client.port}/${client.database}`
    const commands = [
      ['start', '--port', '0', '--data', temporaryFolder()],
      ['devices'],
      ['invite', '--organization', 'Sfax', '--new', 'yes'],
      ['revoke', '--site', '1'],
      ['rename', '--site', '1', '--name', 'Poste'],
      ['readmit', '--site', '1'],
      ['move', '--undo', '1'],
      ['tidy'],
      ['room', '--organization', 'Sfax', '--gigabytes', '3'],
      ['login', 'list'],
    ]
    for (const command of commands) {
      expect(await runCli('centre', ...command, '--database', url)).toEqual({
        code: 1,
        stdout: '',
        stderr: 'This database is no centre yet: run "centre init" first.\n',
      })
    }
  },
  120_000,
)

it('says to somebody without rights whom to be, or what to run first', async () => {
  const client = await server.migrated()
  await client.query(`CREATE ROLE stranger LOGIN PASSWORD 'stranger'`)
  const url = `postgres://stranger:stranger@127.0.0.1:${client.port}/${client.database}`
  expect(await runCli('centre', 'devices', '--database', url)).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'The user in --database has no rights here (permission denied for schema sync): take the one that ran "centre init", or the gateway\'s for "centre start". Where nobody has run "centre init" yet, do that first.\n',
  })
})

it('makes no organization where nobody can be invited', async () => {
  const client = await server.migrated()
  const url = `postgres://${client.user}:${client.password}@127.0.0.1:${client.port}/${client.database}`
  await initCentre(client, { prefix: 'guests' })
  const invite = (...more: string[]) =>
    runCli('centre', 'invite', '--database', url, '--organization', 'Sfax', '--new', 'yes', ...more)
  const names = async () => (await client.query('SELECT name FROM organizations')).rows
  expect(await invite()).toMatchObject({ code: 1, stderr: expect.stringContaining('The gateway has never run') })
  expect(await names()).toEqual([])
  await announceGateway(client, 'https://127.0.0.1:9', null)
  expect(await invite('--scope', 'trainer', '--trainer', 'tom@example.org')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no trainer with the address'),
  })
  expect(await names()).toEqual([])
  expect(await invite()).toMatchObject({ code: 0, stderr: '' })
  expect(await names()).toEqual([{ name: 'Sfax' }])
})

it('ends a demo that could not begin with a code that says so', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'postgres'), 'in its way')
  const { code, stdout, stderr } = await runCli('centre', 'demo', '--data', folder)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^The PostgreSQL of the demo did not start:\n.*EEXIST.*\n$/)
})

it('refuses what is no address, and names no password', async () => {
  const { code, stderr } = await runCli('centre', 'init', '--database', 'mysql://me:secret@there')
  expect({ code, hasSecret: stderr.includes('secret') }).toEqual({ code: 2, hasSecret: false })
})

it('says how much room documents have, tidies, and names what it does not find', async () => {
  const client = await server.migrated()
  const url = `postgres://${client.user}:${client.password}@127.0.0.1:${client.port}/${client.database}`
  await initCentre(client, { prefix: 'orders' })
  const organizationId = await newOrganization(client, 'Sfax')
  const [{ sites: [site = 0] = [] } = {}] = (
    await client.query<{ sites: number[] }>(
      `SELECT sync.create_site($1, 'organization', NULL, gen_random_uuid(), 'key', 3) AS sites`,
      [organizationId],
    )
  ).rows
  const centre = (...args: string[]) => runCli('centre', ...args, '--database', url)
  const room = async () =>
    (await client.query('SELECT room FROM sync.head WHERE organization_id = $1', [organizationId])).rows

  expect(await centre('room', '--organization', 'Tunis', '--gigabytes', '3')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no organization "Tunis"'),
  })
  expect(await centre('room', '--organization', 'Sfax', '--gigabytes', 'three')).toMatchObject({ code: 2 })
  expect(await room()).toEqual([{ room: String(20 * 1024 ** 3) }])
  expect(await centre('room', '--organization', 'Sfax', '--gigabytes', '3')).toEqual({
    code: 0,
    stderr: '',
    stdout: 'Documents of "Sfax" may take 3 GB at the centre.\n',
  })
  expect(await room()).toEqual([{ room: String(3 * 1024 ** 3) }])

  expect(await centre('tidy')).toMatchObject({ stdout: 'Sfax: 0 deletions forgotten.\nThe centre is tidy.\n' })
  expect(await centre('move', '--organization', 'Sfax', '--person', 'Lina', '--to', 'a@b.example')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Nobody of the organization is called "Lina"'),
  })
  expect(await centre('move', '--undo', '1')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'No move has the number 1: "centre move" prints it when it moves somebody.\n',
  })
  expect(await centre('login', 'remove', '--site', String(site))).toMatchObject({ code: 1 })
  const added = await centre('login', 'add', '--site', String(site), '--host', 'db.example:5432', '--days', '30')
  expect(added.stdout).toMatch(new RegExp(`^postgres://orders_site_${site}:[\\w-]{32}@db.example:5432/test_\\d+\\n`))
  const listed = await centre('login', 'list', '--organization', 'Sfax')
  expect(JSON.parse(listed.stdout)).toMatchObject({ site, organization: 'Sfax', isOver: false })
})
