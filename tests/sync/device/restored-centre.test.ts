import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { registry } from '../../../main/database/registry.ts'
import { noticeLife } from '../../../main/sync/site-file.ts'
import { enrolledDevice } from './device.ts'
import { backUp, insertGroup, namesAt, opened, roundOf } from './several-lives.ts'
import { smallCentre } from './small-centre.ts'

it('brings back what a centre lost that was itself restored: its own envelopes, and rows of others', async () => {
  const centre = smallCentre()
  const [device, other] = [await enrolledDevice(centre), await enrolledDevice(centre)]
  await device.insert('groups', { name: 'kept' })
  await device.round()
  const backup = centre.backUp()
  await device.insert('groups', { name: 'own' })
  await other.insert('groups', { name: 'of the other' })
  for (const one of [device, other, device]) await one.round()
  centre.restore(backup)
  expect(namesAt(centre)).toEqual(['kept'])
  expect(await device.round()).toBe('done')
  expect(await device.round()).toBe('done')
  expect(namesAt(centre)).toEqual(['kept', 'of the other', 'own'])
})

it.each([
  ['as far as that', 1],
  ['further than that', 2],
])(
  'loses nothing of a copy of the disk that was first at a centre, which was then restored and went on with the other one, %s',
  async (_how, envelopes) => {
    const centre = smallCentre()
    const device = await enrolledDevice(centre)
    noticeLife(device.replica, device.path, randomBytes)
    const shared = await device.insert('groups', { name: 'of both' })
    await device.round()
    const clone = opened(backUp(device), device)
    const backup = centre.backUp()
    const own = insertGroup(clone.connection, 'of the copy')
    clone.connection.prepare(`UPDATE groups SET description = 'by the copy' WHERE id = ?`).run(shared)
    expect(await roundOf(clone.replica, centre.transport())).toBe('done')
    centre.restore(backup)

    expect(await device.insert('groups', { name: 'of the first' })).toBe(own)
    expect(await device.round()).toBe('done')
    for (let more = 1; more < envelopes; more += 1) {
      await device.update('groups', own, { description: 'by the first' })
      expect(await device.round()).toBe('done')
    }
    for (const { replica } of [clone, device, clone]) expect(await roundOf(replica, centre.transport())).toBe('done')

    expect(namesAt(centre)).toEqual(['of both', 'of the copy', 'of the first'])
    expect(clone.connection.prepare('SELECT site FROM local_site').pluck().get()).toBe(2)
    for (const connection of [device.database.connection, clone.connection]) {
      expect(connection.prepare('SELECT name FROM groups ORDER BY name').pluck().all()).toEqual(namesAt(centre))
      expect(connection.prepare('SELECT description FROM groups WHERE id = ?').pluck().get(shared)).toBe('by the copy')
    }
  },
)

it.each([
  ['the last that the centre has', 2, 1],
  ['what comes behind it too', 3, 2],
])(
  'sends under its numbers what a restored centre has lost, where %s was forgotten since',
  async (_what, first, site) => {
    const centre = smallCentre()
    const device = await enrolledDevice(centre)
    const ids = [await device.insert('groups', { name: 'first' })]
    await device.round()
    const backup = centre.backUp()
    for (const name of ['second', 'third']) {
      ids.push(await device.insert('groups', { name }))
      await device.round()
    }
    centre.restore(backup)
    // As after thirty days.
    device.replica.prepared('DELETE FROM sync_outbox WHERE number < ?').run(first)
    for (let again = 0; again < 2; again += 1) expect(await device.round()).toBe('done')
    expect(namesAt(centre)).toEqual(['first', 'second', 'third'])
    expect(device.all('groups').map(({ id }) => id)).toEqual(ids)
    expect(device.one('SELECT site FROM local_site')).toBe(site)
  },
)

it('asks a centre that was restored again about what it had not taken, and tells of it once', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  await device.insert('groups', { name: 'kept' })
  await device.round()
  const backup = centre.backUp()
  const id = await device.insert('groups', { name: 'refused' })
  const one = { table: registry.groups.number, id, column: null, reason: 'notAllowed' } as const
  const { transport } = device
  const refusing: typeof transport.push = async (...sent) => ({ ...(await transport.push(...sent)), refused: [one] })
  const unseen = () => device.one('SELECT count(*) FROM sync_refused WHERE seen_at IS NULL')
  await device.round({ transport: { ...transport, push: refusing } })
  expect(unseen()).toBe(1)
  centre.restore(backup)
  expect(await device.round({ transport: { ...transport, push: refusing } })).toBe('done')
  expect(unseen()).toBe(1)
  centre.restore(backup)
  expect(await device.round()).toBe('done')
  expect(unseen()).toBe(0)
})

it('follows a centre that was restored also where the envelopes were forgotten since', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  await device.insert('groups', { name: 'kept' })
  await device.round()
  const backup = centre.backUp()
  await device.insert('groups', { name: 'own' })
  await device.round()
  device.replica.prepared('DELETE FROM sync_bodies').run()
  centre.restore(backup)
  expect(await device.round()).toBe('done')
  expect(await device.round()).toBe('done')
  expect(namesAt(centre)).toEqual(['kept', 'own'])
})
