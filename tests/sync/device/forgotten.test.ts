import { expect, it } from 'vitest'
import { type HelloReply, type Transport, Unreachable } from '../../../main/sync/wire.ts'
import { type Device, enrolledDevice, insertPerson } from './device.ts'
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

const draft = { type: 'diagnostic', status: 'draft' }
const choice = { text: 'How much is a half of a half?', type: 'multiple_choice' }

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

/** The other one, which made it, was away for all that time. */
async function deletedAndForgotten() {
  const its = await twoWithGroups()
  const { centre, device, ids } = its
  await device.remove('groups', ids.gone)
  await device.round()
  centre.rows().delete(`20 ${ids.gone}`)
  return its
}

it('brings back a row that it deleted itself, where the centre has forgotten that and who made it brings it back', async () => {
  const { device, other, ids } = await deletedAndForgotten()
  // Nobody decided anything: by itself that would bring nothing back.
  await other.update('groups', ids.gone, { created_at: '2026-05-05T00:00:00.000Z' })
  await other.round()
  expect(await device.round()).toBe('done')
  expect(device.row('groups', ids.gone)).toMatchObject({ created_at: '2026-05-05T00:00:00.000Z' })
  expect(device.one('SELECT deletion FROM sync_rows WHERE table_number = 20 AND id = ?', ids.gone)).toBeNull()
})

it('brings back a row that waited to go, where the centre has forgotten its deletion', async () => {
  const { centre, device, other, ids } = await twoWithGroups()
  const third = await enrolledDevice(centre)
  const person = await insertPerson(third, 'Learner')
  await third.round()
  await device.remove('groups', ids.gone)
  await device.round()
  // While it hears that the group went, somebody still joins it.
  const pull: Transport['pull'] = async (request) => {
    const page = await third.transport.pull(request)
    await third.insert('group_members', { group_id: ids.gone, beneficiary_id: person.id })
    return page
  }
  await third.round({ transport: { ...third.transport, pull } })
  expect(third.one(`SELECT why FROM sync_parked WHERE id = ?`, ids.gone)).toBe('children')
  centre.rows().delete(`20 ${ids.gone}`)
  await other.update('groups', ids.gone, { created_at: '2026-05-05T00:00:00.000Z' })
  await other.round()
  for (const one of [third, other, device]) expect(await one.round()).toBe('done')
  for (const one of [third, other, device]) expect(one.row('groups', ids.gone)).toBeDefined()
  expect(third.one('SELECT count(*) FROM sync_parked')).toBe(0)
})

it('keeps a deletion that the centre did not have when it was asked, whatever comes', async () => {
  const { centre, device, other, ids } = await twoWithGroups()
  let pages = 0
  const pull: Transport['pull'] = async (request) => {
    pages += 1
    if (pages > 1) throw new Unreachable('The line is cut.')
    return device.transport.pull({ ...request, limit: centre.head() - 1 })
  }
  // Everything comes again, as it was before the centre heard of the deletion.
  expect(await device.round({ transport: awayForLong(device, { pull }) })).toBe('unreachable')
  expect(device.one('SELECT count(*) FROM sync_inbox')).toBeGreaterThan(1)
  await device.remove('groups', ids.gone)
  for (const one of [device, other, device]) expect(await one.round()).toBe('done')
  for (const one of [device, other]) expect(one.row('groups', ids.gone)).toBeUndefined()
})

it('lets go of what the centre has forgotten where others may do without it, and tells everybody that they do', async () => {
  const { centre, device, other, ids } = await twoWithGroups()
  await other.remove('groups', ids.gone)
  await other.round()
  centre.rows().delete(`20 ${ids.gone}`)
  for (const row of centre.rows().values()) row.echoOf = undefined
  const assessment = await device.insert('assessments', { ...draft, title: 'Written meanwhile', group_id: ids.gone })
  expect(await device.round({ transport: awayForLong(device) })).toBe('done')
  expect(names(device)).toEqual(['own', 'stays'])
  expect(device.row('assessments', assessment)).toMatchObject({ title: 'Written meanwhile', group_id: null })
  for (const one of [device, other]) expect(await one.round()).toBe('done')
  expect(other.row('assessments', assessment)).toMatchObject({ title: 'Written meanwhile', group_id: null })
  expect(centre.rows().get(`5 ${assessment}`)?.state.values['group_id']).toBeNull()
})

it('lets go of what the centre has forgotten on a laptop too, where what names it goes on naming it and says nothing', async () => {
  const { centre, device, other, ids } = await twoWithGroups()
  const assessment = await device.insert('assessments', { ...draft, title: 'Fractions', group_id: ids.gone })
  const { id } = await insertPerson(device, 'Lina')
  const member = await device.insert('group_members', { group_id: ids.stays, beneficiary_id: id })
  const second = await device.insert('assessments', { ...draft, title: 'Halves', group_id: ids.stays })
  await device.round()
  device.replica.prepared("UPDATE sync_state SET scope = 'trainer', trainer_id = 1").run()
  const gone = centre.rows().get(`20 ${ids.gone}`)
  for (const group of [ids.gone, ids.stays]) centre.rows().delete(`20 ${group}`)
  for (const row of centre.rows().values()) row.echoOf = undefined
  expect(await device.round({ transport: awayForLong(device) })).toBe('done')
  // A place in a group cannot be without it.
  expect(names(device)).toEqual(['own', 'stays'])
  expect(device.row('group_members', member)).toBeDefined()
  expect(device.row('assessments', second)).toMatchObject({ group_id: ids.stays })
  expect(device.row('assessments', assessment)).toMatchObject({ title: 'Fractions', group_id: null })
  expect(device.one('SELECT count(*) FROM sync_rows WHERE change > (SELECT sealed FROM sync_state)')).toBe(0)
  if (gone) centre.put(gone.state)
  for (const one of [other, device, device]) expect(await one.round()).toBe('done')
  expect(device.row('assessments', assessment)).toMatchObject({ title: 'Fractions', group_id: ids.gone })
})

it('takes a row in that names what nobody gets, with what hangs on it, and fills that in when it comes after all', async () => {
  const { centre, device, other } = await twoWithGroups()
  const writer = await enrolledDevice(centre)
  await writer.round()
  const group = await writer.insert('groups', { name: 'not taken' })
  const assessment = await writer.insert('assessments', { ...draft, title: 'Fractions', group_id: group })
  const question = await writer.insert('questions', { ...choice, assessment_id: assessment })
  await writer.round()
  // Its program is older, and knows of no groups.
  const kept = centre.rows().get(`20 ${group}`)
  centre.rows().delete(`20 ${group}`)
  for (const one of [device, other]) expect(await one.round()).toBe('done')
  expect(device.row('assessments', assessment)).toMatchObject({ title: 'Fractions', group_id: null })
  expect(device.row('questions', question)).toBeDefined()
  expect(device.one('SELECT count(*) FROM sync_parked')).toBe(0)
  await device.update('assessments', assessment, { title: 'Halves' })
  await device.round()
  expect(centre.rows().get(`5 ${assessment}`)?.state.values).toMatchObject({ title: 'Halves', group_id: group })
  if (kept) centre.put(kept.state)
  for (const one of [device, other]) {
    expect(await one.round()).toBe('done')
    expect(one.row('assessments', assessment)).toMatchObject({ title: 'Halves', group_id: group })
    expect(one.one('SELECT count(*) FROM sync_rows WHERE absent = 1')).toBe(0)
  }
})

it('lets go of a row that had come back once before it was deleted for good and forgotten', async () => {
  const { centre, device, other, ids } = await twoWithGroups()
  await device.update('groups', ids.gone, { name: 'gone, and back' })
  await other.remove('groups', ids.gone)
  for (const one of [other, device, other]) await one.round()
  expect(names(device)).toContain('gone, and back')
  await other.remove('groups', ids.gone)
  await other.round()
  centre.rows().delete(`20 ${ids.gone}`)
  for (const row of centre.rows().values()) row.echoOf = undefined
  expect(await device.round({ transport: awayForLong(device) })).toBe('done')
  expect(names(device)).toEqual(['own', 'stays'])
})
