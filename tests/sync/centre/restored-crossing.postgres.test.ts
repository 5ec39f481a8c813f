import { afterAll, beforeAll, expect, it } from 'vitest'
import { moveToOrganization } from '../../../main/centre/move-organization.ts'
import { startPostgres } from '../../support/postgres.ts'
import { agree, type Device } from '../device/device.ts'
import { testCentre } from './centre.ts'
import { type Stage, twoOffices } from './crossing/offices.ts'

const stage = {} as Stage
beforeAll(async () => {
  stage.server = await startPostgres()
  stage.centre = await testCentre(stage.server)
})
afterAll(() => stage.server[Symbol.asyncDispose]())

/** All that the centre has, as a dump would; gives back what puts it there again. */
async function backUp() {
  const { operator } = stage.centre
  const { rows } = await operator.query<{ its: string; columns: string; copy: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS its, format('backup.%I', n.nspname || '_' || c.relname) AS copy,
      (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname IN ('public', 'sync') AND c.relkind = 'r'`,
  )
  await operator.query('CREATE SCHEMA backup')
  for (const { its, columns, copy } of rows)
    await operator.query(`CREATE TABLE ${copy} AS SELECT ${columns} FROM ${its}`)
  return async () => {
    await operator.query('SET session_replication_role = replica')
    for (const { its } of rows) await operator.query(`DELETE FROM ${its}`)
    for (const { its, columns, copy } of rows)
      await operator.query(`INSERT INTO ${its} (${columns}) SELECT ${columns} FROM ${copy}`)
    await operator.query('SET session_replication_role = origin; DROP SCHEMA backup CASCADE')
    await operator.query('SELECT sync.begin_history()')
  }
}

const refusals = (device: Device) =>
  device.replica.prepared('SELECT DISTINCT reason FROM sync_refused ORDER BY reason').pluck().all()

it('loses nothing where a centre is restored from before somebody went to another organization, and they go again', async () => {
  const { from, to, id, userId, there } = await twoOffices(stage)
  const devices = [from.desk, from.laptop, to.desk, to.laptop]
  const goal = await from.desk.insert('goals', { beneficiary_id: id, title: 'Reads a map' })
  await agree(...devices)
  const restore = await backUp()

  await from.laptop.update('goals', goal, { title: 'Reads a map at night' })
  await moveToOrganization(stage.centre.operator, id, there)
  const group = await from.desk.insert('groups', { name: 'Written in the South since' })
  await agree(...devices)
  await to.desk.update('users', userId, { name: 'Lina B.' })
  await to.laptop.update('beneficiaries', id, { notes: 'the first lesson' })
  const more = await to.laptop.insert('goals', { beneficiary_id: id, title: 'Swims' })
  const most = await to.desk.insert('goals', { beneficiary_id: id, title: 'Takes the bus' })
  await agree(...devices)

  await restore()
  await agree(...devices)
  for (const device of [to.desk, to.laptop]) expect(refusals(device)).toEqual(['foreignBlock', 'parentMissing'])
  for (const device of [to.desk, to.laptop]) {
    expect(device.row('users', userId)).toMatchObject({ name: 'Lina B.' })
    expect(device.all('goals')).toHaveLength(3)
  }
  await moveToOrganization(stage.centre.operator, id, there)
  await agree(...devices, ...devices)
  for (const device of devices) expect(refusals(device)).toEqual([])
  const { rows } = await stage.centre.operator.query(
    `SELECT u.name, b.notes, b.organization_id::integer AS "organizationId", (SELECT json_agg(title ORDER BY title) FROM goals WHERE beneficiary_id = b.id) AS goals
    FROM users AS u JOIN beneficiaries AS b ON b.user_id = u.id WHERE u.id = $1`,
    [userId],
  )
  expect(rows).toEqual([
    {
      name: 'Lina B.',
      notes: 'the first lesson',
      organizationId: to.organizationId,
      goals: ['Reads a map at night', 'Swims', 'Takes the bus'],
    },
  ])
  for (const device of [to.desk, to.laptop]) {
    expect(device.row('users', userId)).toMatchObject({ name: 'Lina B.' })
    expect(device.row('beneficiaries', id)).toMatchObject({ notes: 'the first lesson', trainer_id: to.trainer })
    for (const one of [goal, more, most]) expect(device.row('goals', one)).toBeDefined()
  }
  for (const device of [from.desk, from.laptop]) {
    expect(device.row('users', userId)).toBeUndefined()
    expect(device.row('groups', group)).toBeDefined()
  }
})
