import { expect, it } from 'vitest'
import { type HelloReply, type Transport, Unreachable } from '../../../main/sync/wire.ts'
import { type Device, enrolledDevice } from './device.ts'
import { smallCentre } from './small-centre.ts'

/** The centre tells it to pull everything again, once. */
function awayForLong(device: Device, also: Partial<Transport> = {}): Transport {
  let isTold = false
  return {
    ...device.transport,
    async hello(request): Promise<HelloReply> {
      const reply = await device.transport.hello(request)
      const status = isTold ? reply.status : 'resync'
      isTold = true
      return { ...reply, status }
    },
    ...also,
  }
}

async function twoWithGroups() {
  const centre = smallCentre()
  const [device, other] = [await enrolledDevice(centre), await enrolledDevice(centre)]
  const [gone, stays] = [
    await other.insert('groups', { name: 'gone' }),
    await other.insert('groups', { name: 'stays' }),
  ]
  const own = await device.insert('groups', { name: 'own' })
  for (const one of [other, device, other]) await one.round()
  return { centre, device, other, ids: { gone, stays, own } }
}

const names = (device: Device) => device.all('groups').map(({ name }) => name)

it('lets go of what the centre has forgotten while it was away, and of nothing else', async () => {
  const { centre, device, other, ids } = await twoWithGroups()
  await other.remove('groups', ids.gone)
  await other.round()
  centre.rows().delete(`20 ${ids.gone}`)
  // Its own rows come back as well: the centre was asked for everything.
  for (const row of centre.rows().values()) row.echoOf = undefined
  await device.insert('groups', { name: 'written meanwhile' })
  expect(await device.round({ transport: awayForLong(device) })).toBe('done')
  expect(names(device)).toEqual(['own', 'written meanwhile', 'stays'])
  expect(device.one('SELECT count(*) FROM sync_rows WHERE again > 0')).toBe(0)
})

it('keeps what was cut off in the middle for the next round, and lets go of nothing before it has heard everything', async () => {
  const { centre, device, other, ids } = await twoWithGroups()
  await other.remove('groups', ids.gone)
  await other.round()
  centre.rows().delete(`20 ${ids.gone}`)
  for (const row of centre.rows().values()) row.echoOf = undefined
  let pages = 0
  const pull: Transport['pull'] = async (request) => {
    pages += 1
    if (pages > 1) throw new Unreachable('The line is cut.')
    return device.transport.pull({ ...request, limit: 1 })
  }
  expect(await device.round({ transport: awayForLong(device, { pull }) })).toBe('unreachable')
  expect(names(device)).toContain('gone')
  expect(await device.round({ pullRows: 1 })).toBe('done')
  expect(names(device)).toEqual(['own', 'stays'])
})

it('keeps what somebody wrote to a row that was forgotten, and says that it was not taken', async () => {
  const { centre, device, other, ids } = await twoWithGroups()
  await other.remove('groups', ids.gone)
  await other.round()
  centre.rows().delete(`20 ${ids.gone}`)
  for (const row of centre.rows().values()) row.echoOf = undefined
  await device.update('groups', ids.gone, { description: 'still at work on it' })
  const refused = [{ table: 20, id: ids.gone, column: null, reason: 'moved' as const }]
  const push: Transport['push'] = async (envelope) => {
    const reply = await device.transport.push(envelope)
    centre.rows().delete(`20 ${ids.gone}`)
    return { ...reply, refused }
  }
  expect(await device.round({ transport: awayForLong(device, { push }) })).toBe('done')
  expect(device.row('groups', ids.gone)).toMatchObject({ description: 'still at work on it' })
  expect(device.one(`SELECT count(*) FROM sync_refused WHERE reason = 'moved' AND seen_at IS NULL`)).toBe(1)
})

it('keeps what the centre never took', async () => {
  const { centre, device } = await twoWithGroups()
  const id = await device.insert('groups', { name: 'not taken' })
  const refused = [{ table: 20, id, column: null, reason: 'invalidValue' as const }]
  const push: Transport['push'] = async (envelope) => {
    const reply = await device.transport.push(envelope)
    centre.rows().delete(`20 ${id}`)
    return { ...reply, refused }
  }
  await device.round({ transport: { ...device.transport, push } })
  for (const row of centre.rows().values()) row.echoOf = undefined
  expect(await device.round({ transport: awayForLong(device) })).toBe('done')
  expect(names(device)).toContain('not taken')
})
