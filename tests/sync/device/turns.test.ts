import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { registry } from '../../../main/database/registry.ts'
import { beginNewLife, partFromCopy } from '../../../main/sync/lives.ts'
import { sealNext } from '../../../main/sync/seal.ts'
import { highestClock, type Stamp, seenBy } from '../../../main/sync/state.ts'
import { type PushedRow, type Refused, type Transport, Unreachable } from '../../../main/sync/wire.ts'
import { enrolledDevice, insertPerson } from './device.ts'
import { namesAt } from './several-lives.ts'
import { organizationId, smallCentre } from './small-centre.ts'

/** A device whose centre takes no files, nor the places in groups that hang on them, until it is told to. */
async function withoutFiles() {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  const reasons = new Map<number, Refused['reason']>([
    [registry.beneficiaries.number, 'tooLarge'],
    [registry.group_members.number, 'parentMissing'],
  ])
  const push: Transport['push'] = async (envelope) => ({
    ...(await device.transport.push(envelope)),
    refused: envelope.body.split('\n').flatMap((line): Refused[] => {
      const { table, id }: PushedRow = JSON.parse(line)
      const reason = reasons.get(table)
      return reason ? [{ table, id, column: null, reason }] : []
    }),
  })
  const round = () => device.round({ transport: { ...device.transport, push } })
  const { id } = await insertPerson(device, 'Lina')
  const group = await device.insert('groups', { name: 'Readers' })
  const member = await device.insert('group_members', { group_id: group, beneficiary_id: id })
  const sent = () =>
    centre.pushed.filter(({ body }) => body.includes(`"table":${registry.group_members.number},"id":${member}`)).length
  const kept = () => device.one(`SELECT group_concat(reason) FROM (SELECT reason FROM sync_refused ORDER BY reason)`)
  return { centre, device, round, reasons, id, sent, kept }
}

it('sends a row again once what it hangs on was taken from here, and not before', async () => {
  const { device, round, reasons, id, sent, kept } = await withoutFiles()
  for (let again = 0; again < 3; again += 1) await round()
  expect(sent()).toBe(1)
  expect(kept()).toBe('parentMissing,tooLarge')
  await device.update('beneficiaries', id, { notes: 'as long as before' })
  await device.insert('groups', { name: 'Writers' })
  await round()
  await round()
  expect(sent()).toBe(1)

  reasons.clear()
  await device.update('beneficiaries', id, { notes: 'shorter' })
  await round()
  await round()
  expect(sent()).toBe(2)
  expect(kept()).toBe('tooLarge,tooLarge')
})

it('sends a row again, also when its refusal was read, once another machine has brought what it hangs on', async () => {
  const { centre, device, round, reasons, id, sent, kept } = await withoutFiles()
  await round()
  device.replica.prepared(`UPDATE sync_refused SET seen_at = refused_at`).run()
  reasons.clear()
  const at = '2026-11-27T10:00:00.000Z'
  const values = { organization_id: organizationId, name: 'Writers', description: null, created_at: at, updated_at: at }
  centre.put({ table: registry.groups.number, id: 900 * 2 ** 32 + 1, values, stamp: [1000, 900] })
  await round()
  await round()
  expect(sent()).toBe(1)

  const file = [...centre.rows().values()].find(({ state }) => state.id === id && state.values['user_id'])?.state
  if (!file) throw new Error('The centre has no file.')
  const clock = highestClock(file) + 1
  const written = { stamps: { notes: [clock, 900] as Stamp }, seen: { ...seenBy(file), 900: clock } }
  centre.put({ ...file, ...written, values: { ...file.values, notes: 'brought' } })
  await round()
  await round()
  expect(sent()).toBe(2)
  expect(kept()).toBe('tooLarge')
})

it('hears what was refused of an envelope whose answer was lost', async () => {
  const device = await enrolledDevice(smallCentre())
  const id = await device.insert('groups', { name: 'refused' })
  const refused = [{ table: 20, id, column: null, reason: 'notAllowed' as const }]
  const lost: Transport['push'] = async (envelope) => {
    await device.transport.push(envelope)
    throw new Unreachable('The answer was lost.')
  }
  const push: Transport['push'] = async (envelope) => ({ ...(await device.transport.push(envelope)), refused })
  expect(await device.round({ transport: { ...device.transport, push: lost } })).toBe('unreachable')
  expect(device.one('SELECT count(*) FROM sync_refused')).toBe(0)
  expect(await device.round({ transport: { ...device.transport, push } })).toBe('done')
  expect(device.one('SELECT id FROM sync_refused')).toBe(id)
})

it('keeps the last envelope that the centre has, however old, while another one waits behind it', async () => {
  const device = await enrolledDevice(smallCentre())
  await device.insert('groups', { name: 'first' })
  await device.round()
  const last = device.one<number>('SELECT max(number) FROM sync_outbox')
  device.replica.prepared(`UPDATE sync_outbox SET acknowledged_at = '2020-01-01T00:00:00.000Z'`).run()
  await device.insert('groups', { name: 'second' })
  const push = async () => {
    throw new Unreachable('The line is cut.')
  }
  expect(await device.round({ transport: { ...device.transport, push } })).toBe('unreachable')
  expect(device.one('SELECT min(number) FROM sync_outbox')).toBe(last)
})

it('brings back to a restored centre what it wrote in an earlier life', async () => {
  const centre = smallCentre()
  const backup = centre.backUp()
  const device = await enrolledDevice(centre)
  await device.insert('groups', { name: 'of the life before' })
  await device.round()
  beginNewLife(device.replica, randomBytes)
  await device.round()
  centre.restore(backup)
  expect(namesAt(centre)).toEqual([])
  await device.round()
  await device.round()
  expect(namesAt(centre)).toEqual(['of the life before'])
})

it('stays who it is where the centre is restored in the middle of a round', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  const backup = centre.backUp()
  await device.insert('groups', { name: 'sent' })
  await device.round()
  const site = device.one('SELECT site FROM local_site')
  await device.insert('groups', { name: 'on its way' })
  let isRestored = false
  const push: Transport['push'] = async (envelope) => {
    if (!isRestored) centre.restore(backup)
    isRestored = true
    return device.transport.push(envelope)
  }
  expect(await device.round({ transport: { ...device.transport, push } })).toBe('done')
  expect(device.one('SELECT site FROM local_site')).toBe(site)
  expect(namesAt(centre)).toEqual(['on its way', 'sent'])
})

it('asks again who it is before it takes a page that a copy of its disk may have had a part in', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  const points: string[] = []
  let pages = 0
  const pull: Transport['pull'] = async (request) => {
    const reply = await device.transport.pull(request)
    pages += 1
    return pages === 1 ? { ...reply, acknowledged: reply.acknowledged + 1 } : reply
  }
  await device.round({ transport: { ...device.transport, pull }, at: (point) => points.push(point) })
  expect(points[points.indexOf('after pull') + 1]).toBe('round begun')
})

it('pulls again, once it has parted from a copy, what the other one may have had a part in', async () => {
  const centre = smallCentre()
  const [device, other] = [await enrolledDevice(centre), await enrolledDevice(centre)]
  await device.insert('groups', { name: 'of both' })
  await device.round()
  const before = device.one<string>('SELECT head FROM sync_outbox ORDER BY number DESC LIMIT 1') ?? '{}'
  await other.insert('groups', { name: 'of the other' })
  await other.round()
  await device.round()
  partFromCopy(device.replica, randomBytes)
  expect(device.one('SELECT cursor FROM sync_state')).toBe(JSON.parse(before).cursor)
})

it('stamps anew what it wrote after the last envelope that the centre has, once it has parted from a copy', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  const id = await device.insert('groups', { name: 'of both' })
  await device.round()
  const site = device.one<number>('SELECT site FROM local_site') ?? 0
  await device.update('groups', id, { name: 'by this one' })
  partFromCopy(device.replica, randomBytes)
  const stamps = device.one<string>('SELECT stamps FROM sync_rows WHERE table_number = 20 AND id = ?', id) ?? '{}'
  expect(JSON.parse(stamps).name[1]).toBe(site + 1)
})

it('counts what went before its turn to the envelope that it went with', async () => {
  const device = await enrolledDevice(smallCentre())
  const first = await device.insert('beneficiaries', { user_id: null })
  const kept = await device.insert('beneficiaries', { user_id: null })
  await device.update('beneficiaries', first, { merged_into: kept })
  const changeOf = (id: number) =>
    device.one<number>('SELECT change FROM sync_rows WHERE table_number = 4 AND id = ?', id) ?? 0
  // As after enrolment, where rows of one table lie in several changes, whatever they refer to.
  device.replica
    .prepared('UPDATE sync_rows SET change = ? WHERE table_number = 4 AND id = ?')
    .run(changeOf(kept) - 1, first)
  sealNext(device.replica, '2026-11-26T10:00:00.000Z', 1)
  while (device.one<number>('SELECT sealed FROM sync_state') !== changeOf(first)) {
    expect(sealNext(device.replica, '2026-11-26T10:00:00.000Z', 1)).toBe(true)
  }
  expect(device.one<string>('SELECT body FROM sync_bodies ORDER BY number DESC LIMIT 1')).toContain(`"id":${kept}`)
  expect(device.one('SELECT born FROM sync_rows WHERE table_number = 4 AND id = ?', kept)).toBe(changeOf(first))
})
