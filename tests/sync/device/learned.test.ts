import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { isCaptureCurrent, refreshCapture } from '../../../main/sync/capture.ts'
import { replicaOf } from '../../../main/sync/replica.ts'
import { stateOf } from '../../../main/sync/rows.ts'
import { referenceServer } from '../simulator/reference-server.ts'
import { enrolledDevice, insertPerson } from './device.ts'
import { organizationId, smallCentre } from './small-centre.ts'

const at = '2026-11-26T10:00:00.000Z'
const id = 900 * 2 ** 32 + 1

it('puts what a newer program wrote into its place once an update has brought the column', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  const values = { organization_id: organizationId, name: 'Group', description: null, created_at: at, updated_at: at }
  centre.put({ table: 20, id, values: { ...values, colour: 'blue', shape: 'round' }, stamp: [1000, 900] })
  expect(await device.round()).toBe('done')
  expect(device.row('groups', id)).not.toHaveProperty('colour')

  const { connection } = device.database
  connection.exec('ALTER TABLE groups ADD COLUMN colour TEXT')
  refreshCapture(connection)
  expect(isCaptureCurrent(connection)).toBe(true)
  expect(device.row('groups', id)).toMatchObject({ colour: 'blue' })
  const replica = replicaOf(connection)
  const table = replica.schema.byName.get('groups')
  if (!table) throw new Error('Groups do not travel.')
  expect(stateOf(replica, table, id)).toMatchObject({
    values: { colour: 'blue', shape: 'round' },
    stamp: [1000, 900],
  })
  expect(device.one('SELECT extra FROM sync_rows WHERE id = ?', id)).toBe('{"shape":"round"}')
  expect(device.one('SELECT change FROM sync_rows WHERE id = ?', id)).toBe(0)
})

it('brings a centre whose program is older what it did not take, and what hangs on that, once it was updated', async () => {
  const centre = await referenceServer({ organizations: [1], now: Date.now, uuid: randomUUID, isOlder: true })
  const enrolment = await centre.admit(1)
  const device = await enrolledDevice({
    enrol: () => enrolment,
    transport: () => centre.transportOf(() => enrolment.site),
  })
  const group = await device.insert('groups', { name: 'Of a table that the centre does not know' })
  const paper = await device.insert('assessments', { title: 'Names it', type: 'practice', group_id: group })
  const { id } = await insertPerson(device, 'Learner')
  const member = await device.insert('group_members', { group_id: group, beneficiary_id: id })
  for (let again = 0; again < 3; again += 1) expect(await device.round()).toBe('done')
  const living = async () => {
    const its = await centre.living(1)
    return (['groups', 'assessments', 'group_members'] as const).map((table) => [...(its.get(table)?.keys() ?? [])])
  }
  expect(await living()).toEqual([[], [paper], []])
  const reasons = 'SELECT group_concat(reason) FROM (SELECT DISTINCT reason FROM sync_refused ORDER BY 1)'
  expect(device.one(reasons)).toBe('parentMissing,unknownTable')

  await centre.update()
  expect(await device.round()).toBe('done')
  expect(await living()).toEqual([[group], [paper], [member]])
  expect(device.one(reasons)).toBeNull()
})
