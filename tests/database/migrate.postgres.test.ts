import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migratePostgresDown, migratePostgresUp } from '../../main/database/migrate-postgres.ts'
import { MigrationFailed, MigrationRefused, migrationsFolder, stepsIn } from '../../main/database/steps.ts'
import { describePostgres } from '../schema/described.ts'
import { temporaryFolder } from '../support/folder.ts'
import { numbered, type PlantedStep, stepsFolder } from '../support/migrations.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server[Symbol.asyncDispose]())

const own = stepsIn(migrationsFolder('postgres')).map(({ name }) => name)
const next = own.length + 1
const addsColumn: PlantedStep = {
  name: numbered(next, 'nickname'),
  up: `ALTER TABLE users ADD COLUMN nickname text; SELECT pg_sleep(0.2);`,
  down: 'ALTER TABLE users DROP COLUMN nickname;',
}
const fails: PlantedStep = {
  name: numbered(next + 1, 'too-much'),
  up: 'CREATE TABLE half_done (id bigint); INSERT INTO nowhere VALUES (1);',
}
const withSteps = (...planted: PlantedStep[]) => ({
  folder: stepsFolder(join(temporaryFolder(), 'steps'), planted, 'postgres'),
})

it('refuses a database that has been through a step this version does not know', async () => {
  const client = await server.migrated()
  await migratePostgresUp(client, withSteps(addsColumn))
  await expect(migratePostgresUp(client)).rejects.toThrow(MigrationRefused)
  await expect(migratePostgresDown(client, 0)).rejects.toThrow(/newer BDC.*nickname/)
  expect((await describePostgres(client)).tables).toContain('users')
})

it('refuses a step whose text has changed', async () => {
  const client = await server.migrated()
  await migratePostgresUp(client, withSteps(addsColumn))
  const edited = withSteps({ ...addsColumn, up: `${addsColumn.up} SELECT 2;` })
  await expect(migratePostgresUp(client, edited)).rejects.toThrow(/nickname that differs/)
})

it('refuses a database whose record of steps has a hole', async () => {
  const client = await server.migrated()
  await migratePostgresUp(client, withSteps(addsColumn))
  await client.query('DELETE FROM schema_steps WHERE number = 1')
  await expect(migratePostgresUp(client, withSteps(addsColumn))).rejects.toThrow(/does not say which updates/)
})

it('takes a failed step back whole, keeps those before it, and goes on when it is corrected', async () => {
  const client = await server.migrated()
  const failing = migratePostgresUp(client, withSteps(addsColumn, fails))
  await expect(failing).rejects.toThrow(MigrationFailed)
  await expect(failing).rejects.toThrow(/too-much failed .*"nowhere" does not exist.* was taken back/)
  const { tables, columns } = await describePostgres(client)
  expect(tables).not.toContain('half_done')
  expect(columns).toContainEqual(expect.objectContaining({ table: 'users', name: 'nickname' }))

  const corrected = withSteps(addsColumn, { ...fails, up: 'CREATE TABLE half_done (id bigint);' })
  expect(await migratePostgresUp(client, corrected)).toEqual([fails.name])
})

it('takes a step back whole when it cannot be written down', async () => {
  const client = await server.migrated()
  const up = `CREATE TABLE half_done (id bigint); ALTER TABLE schema_steps ADD CHECK (number < ${next});`
  await expect(migratePostgresUp(client, withSteps({ ...addsColumn, up }))).rejects.toThrow(/violates check constraint/)
  expect((await describePostgres(client)).tables).not.toContain('half_done')
  expect(await migratePostgresUp(client, withSteps(addsColumn))).toEqual([addsColumn.name])
})

it('lets one of two runners take the steps while the other waits', async () => {
  const first = await server.database()
  const second = await server.again(first)
  const steps = withSteps(addsColumn)
  const taken = await Promise.all([migratePostgresUp(first, steps), migratePostgresUp(second, steps)])
  expect(taken.flat()).toEqual([...own, addsColumn.name])
  expect(taken.map((names) => names.length).sort()).toEqual([0, own.length + 1])
})

it('gives back its lock after a failure', async () => {
  const first = await server.migrated()
  const second = await server.again(first)
  await expect(migratePostgresUp(first, withSteps(addsColumn, fails))).rejects.toThrow()
  expect(await migratePostgresUp(second, withSteps(addsColumn))).toEqual([])
})

it('goes down and up again to the same schema', async () => {
  const client = await server.database()
  expect(await migratePostgresUp(client)).toEqual(own)
  const before = await describePostgres(client)
  expect(await migratePostgresDown(client, 0)).toEqual([...own].reverse())
  expect((await describePostgres(client)).tables).toEqual(['schema_steps'])
  await migratePostgresUp(client)
  expect(sorted(await describePostgres(client))).toEqual(sorted(before))
})

function sorted(schema: object): unknown {
  return Object.entries(schema).map(([part, items]) => [
    part,
    items.map((item: unknown) => JSON.stringify(item)).sort(),
  ])
}
