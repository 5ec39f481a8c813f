import { expect, it } from 'vitest'
import type { TableName } from '../../../main/database/registry.ts'
import { openClassroom } from '../../../main/domains/classroom/queries.ts'
import type { PullReply, Transport } from '../../../main/sync/wire.ts'
import type { Row } from '../../support/rows.ts'
import { rowsIn } from '../page.ts'
import { agree, type Device, enrolledDevice, insertPerson } from './device.ts'
import { organizationId, smallCentre } from './small-centre.ts'

async function twoDevices() {
  const centre = smallCentre()
  const [one, other] = [await enrolledDevice(centre), await enrolledDevice(centre)]
  return { centre, one, other }
}

it('brings what is written on one machine to the other, names in the list of people too', async () => {
  const { one, other } = await twoDevices()
  const { id, userId } = await insertPerson(one, 'Élodie')
  await agree(one, other)
  expect(other.row('users', userId)).toEqual(one.row('users', userId))
  expect(other.row('beneficiaries', id)).toEqual(one.row('beneficiaries', id))
  expect(other.one('SELECT sort_name FROM people_index WHERE beneficiary_id = ?', id)).toBe('elodie')
  expect(other.row('organizations', organizationId)).toMatchObject({ name: 'The Centre', slug: 'the-centre' })
})

it('brings up to date what follows from people and messages, whatever of them was changed elsewhere', async () => {
  const { centre, one, other } = await twoDevices()
  const [ada, ben, eve] = [
    await insertPerson(one, 'Ada'),
    await insertPerson(one, 'Ben'),
    await insertPerson(one, 'Eve'),
  ]
  const profile = await one.insert('profiles', {
    user_id: ada.userId,
    date_of_birth: '2001-02-03',
    phone: '0791234567',
  })
  const said = {
    sender_id: ada.userId,
    recipient_id: ben.userId,
    subject: 'Tomorrow',
    content: 'At nine?',
    thread: 'a',
    sending: 'a',
  }
  const message = await one.insert('messages', said)
  await agree(one, other)
  const lists = ({ replica }: Device) =>
    ['people_index ORDER BY 1', 'people_keys ORDER BY kind, value, beneficiary_id', 'message_texts ORDER BY 1'].map(
      (those) => replica.prepared<object>(`SELECT * FROM ${those}`).all(),
    )
  const changes: [TableName, number, Row | null][] = [
    ['users', ada.userId, { name: 'Adele' }],
    ['profiles', profile, { date_of_birth: '2001-02-04' }],
    ['profiles', profile, { phone: '0797654321' }],
    ['profiles', profile, { user_id: eve.userId }],
    ['beneficiaries', ada.id, { metadata: '{"number":"7","own":{"shoe":"41"}}' }],
    ['beneficiaries', ada.id, { status: 'inactive', trainer_id: eve.userId }],
    ['beneficiaries', eve.id, { deleted_at: '2026-11-26T10:00:00.000Z' }],
    ['beneficiaries', eve.id, { deleted_at: null }],
    ['beneficiaries', ben.id, { merged_into: ada.id }],
    ['profiles', profile, null],
    ['messages', message, { subject: 'Today' }],
    ['messages', message, { content: 'At ten!' }],
  ]
  for (const [table, id, values] of changes) {
    const before = lists(other)
    if (values) await one.update(table, id, values)
    else await one.remove(table, id)
    await agree(one, other)
    const fresh = await enrolledDevice(centre)
    expect(await fresh.round()).toBe('done')
    expect({ values, lists: lists(other) }).toEqual({ values, lists: lists(fresh) })
    expect({ values, lists: lists(other) }).not.toEqual({ values, lists: before })
  }
})

it('sends nothing twice and asks for nothing it has, once both agree', async () => {
  const { centre, one, other } = await twoDevices()
  await insertPerson(one, 'Élodie')
  await agree(one, other)
  const [before, head] = [centre.pushed.length, centre.head()]
  await agree(one, other)
  expect([centre.pushed.length, centre.head()]).toEqual([before, head])
})

it('joins what two people wrote into different parts of one row, and takes the later where they wrote into one', async () => {
  const { one, other } = await twoDevices()
  const { id } = await insertPerson(one, 'Ada')
  await agree(one, other)
  await one.update('beneficiaries', id, { notes: 'from one', status: 'inactive' })
  await other.update('beneficiaries', id, { notes: 'from the other' })
  await agree(one, other)
  expect(one.row('beneficiaries', id)).toMatchObject({ notes: 'from the other', status: 'inactive' })
  expect(other.row('beneficiaries', id)).toEqual(one.row('beneficiaries', id))
})

it('takes a deletion along, and brings a row back that somebody edited without knowing of it', async () => {
  const { one, other } = await twoDevices()
  const [gone, kept] = [await one.insert('groups', { name: 'gone' }), await one.insert('groups', { name: 'kept' })]
  await agree(one, other)
  await one.remove('groups', gone)
  await one.remove('groups', kept)
  await other.update('groups', kept, { name: 'kept, and edited' })
  await agree(one, other)
  for (const device of [one, other]) {
    expect(device.row('groups', gone)).toBeUndefined()
    expect(device.row('groups', kept)).toMatchObject({ name: 'kept, and edited' })
  }
  expect(one.one('SELECT count(*) FROM sync_rows WHERE image IS NOT NULL')).toBe(0)
})

it('wins with what somebody writes after they saw what a wrong clock had written', async () => {
  const { centre, one } = await twoDevices()
  const id = await one.insert('groups', { name: 'first' })
  await one.round()
  const state = [...centre.rows().values()].find((stored) => stored.state.id === id)?.state
  const years = 365 * 86_400_000 * 4096
  if (!state) throw new Error('The group has not arrived.')
  centre.put({
    ...state,
    values: { ...state.values, name: 'from the future' },
    stamps: { name: [state.stamp[0] + 30 * years, 900] },
    seen: { [state.stamp[1]]: state.stamp[0], 900: state.stamp[0] + 30 * years },
  })
  await one.round()
  expect(one.row('groups', id)).toMatchObject({ name: 'from the future' })
  await one.update('groups', id, { name: 'now' })
  await agree(one)
  const after = [...centre.rows().values()].find((stored) => stored.state.id === id)?.state
  expect(after?.values).toMatchObject({ name: 'now' })
  const clock = Number(one.one('SELECT clock FROM sync_state'))
  await one.insert('groups', { name: 'other' })
  expect(Number(one.one('SELECT clock FROM sync_state'))).toBeLessThan(clock + years)
})

it('puts many rows in at once, and what stands in the way of one keeps only that one waiting', async () => {
  const { centre, one, other } = await twoDevices()
  const known = await one.insert('groups', { name: 'known' })
  await agree(one, other)
  await one.update('groups', known, { name: 'known, and renamed' })
  const groups = [known]
  for (let count = 0; count < 50; count += 1) groups.push(await one.insert('groups', { name: `Group ${count}` }))
  const people = []
  for (let count = 0; count < 50; count += 1) people.push(await insertPerson(one, `Person ${count}`))
  await one.round()
  const lost = people[10]
  if (!lost) throw new Error('There is no eleventh person.')
  // Its account comes only afterwards, so its file cannot stand until then.
  const stored = centre.rows()
  const account = [...stored].find(([, { state }]) => state.id === lost.userId)
  if (!account) throw new Error('The account has not arrived.')
  stored.delete(account[0])
  expect(await other.round()).toBe('done')
  expect(other.all('groups').map(({ id }) => id)).toEqual(groups.toSorted((a, b) => a - b))
  expect(other.row('groups', known)).toMatchObject({ name: 'known, and renamed' })
  const others = people.filter((person) => person !== lost).map(({ id }) => id)
  expect(other.all('beneficiaries').map(({ id }) => id)).toEqual(others.toSorted((a, b) => a - b))
  expect(other.one('SELECT count(*) FROM people_index')).toBe(49)
  centre.put(account[1].state)
  expect(await other.round()).toBe('done')
  expect(other.row('beneficiaries', lost.id)).toEqual(one.row('beneficiaries', lost.id))
  expect(other.one('SELECT count(*) FROM people_index')).toBe(50)
  expect(other.one('SELECT count(*) FROM sync_rows')).toBe(one.one('SELECT count(*) FROM sync_rows'))
})

it('takes packed rows in as it does rows that came one by one', async () => {
  const { centre, one, other } = await twoDevices()
  // They fill statements: none of them is left to be taken in by itself.
  const rows = 48
  for (let count = 0; count < rows; count += 1) {
    await insertPerson(one, `Person ${count}`)
    await one.insert('groups', { name: `Group ${count}`, description: count % 2 === 0 ? null : `Of ${count}` })
  }
  await one.round()
  const pages: PullReply[] = []
  const pull: Transport['pull'] = async (request) => {
    const page = await other.transport.pull(request)
    pages.push(page)
    return page
  }
  expect(await other.round({ transport: { ...other.transport, pull } })).toBe('done')
  expect(pages.flatMap(({ packed }) => packed.map((its) => its.rows.length))).toContain(rows)
  const third = await enrolledDevice(centre)
  const apart: Transport['pull'] = async (request) => {
    const page = await third.transport.pull(request)
    return { ...page, packed: [], rows: rowsIn(page) }
  }
  expect(await third.round({ transport: { ...third.transport, pull: apart } })).toBe('done')
  const held = ({ replica }: Device) =>
    ['users', 'beneficiaries', 'groups', 'people_index', 'people_keys']
      .map((table) => `SELECT * FROM ${table}`)
      .concat(
        `SELECT table_number, id, clock, site, highest, stamps, seen, deletion, base, extra FROM sync_rows
        WHERE table_number IN (2, 4, 20)`,
      )
      .map((sql) => replica.prepared<object>(`${sql} ORDER BY 1, 2`).all())
  expect(held(other)).toEqual(held(third))
  expect(held(other).map((its) => its.length)).toEqual([rows, rows, rows, rows, expect.any(Number), 3 * rows])
  expect(other.all('groups')).toEqual(one.all('groups'))
  const clock = Number(other.one('SELECT clock FROM sync_state'))
  expect(clock).toBeGreaterThanOrEqual(Number(other.one('SELECT max(highest) FROM sync_rows WHERE site > 0')))
})

it('waits with a row until what it refers to has come', async () => {
  const { centre, one, other } = await twoDevices()
  const group = await one.insert('groups', { name: 'Mornings' })
  const { id } = await insertPerson(one, 'Ada')
  const member = await one.insert('group_members', { group_id: group, beneficiary_id: id })
  await one.round()
  const held = [...centre.rows()].filter(([, { state }]) => state.id === group && state.table === 20)
  for (const [key] of held) centre.rows().delete(key)
  expect(await other.round()).toBe('done')
  expect(other.row('group_members', member)).toBeUndefined()
  expect(other.one('SELECT why FROM sync_parked')).toBe('parent')
  for (const [, { state }] of held) centre.put(state)
  expect(await other.round()).toBe('done')
  expect(other.row('group_members', member)).toEqual(one.row('group_members', member))
  expect(other.one('SELECT count(*) FROM sync_parked')).toBe(0)
})

it('exchanges the unique values of two rows', async () => {
  const { one, other } = await twoDevices()
  const [a, b] = [await insertPerson(one, 'A'), await insertPerson(one, 'B')]
  await agree(one, other)
  const [first, second] = [one.row('users', a.userId)?.['email'], one.row('users', b.userId)?.['email']]
  await one.update('users', a.userId, { email: 'between@centre.example' })
  await one.update('users', b.userId, { email: String(first) })
  await one.update('users', a.userId, { email: String(second) })
  await agree(one, other)
  expect(other.row('users', a.userId)).toMatchObject({ email: second })
  expect(other.row('users', b.userId)).toMatchObject({ email: first })
})

it('keeps a group that somebody else deleted while a member of it has not reached the centre', async () => {
  const { one, other } = await twoDevices()
  const group = await one.insert('groups', { name: 'Mornings' })
  const { id } = await insertPerson(one, 'Ada')
  await agree(one, other)
  await one.remove('groups', group)
  await one.round()
  const member = await other.insert('group_members', { group_id: group, beneficiary_id: id })
  await other.round()
  expect(other.row('group_members', member)).toBeDefined()
  expect(other.row('groups', group)).toBeDefined()
  await other.remove('group_members', member)
  await other.round()
  expect(other.row('groups', group)).toBeUndefined()
  expect(other.one('SELECT count(*) FROM sync_parked')).toBe(0)
})

it('does not take the room that is open on another machine for its own', async () => {
  const { one, other } = await twoDevices()
  const place = { address: '10.0.0.2', port: 4190, name: 'bdc.local', security: 'open' }
  const room = await one.insert('classroom_sessions', { assessment_ids: '[]', settings: JSON.stringify(place) })
  await agree(one, other)
  expect(other.row('classroom_sessions', room)).toBeDefined()
  expect(await openClassroom(one.database.reader)).toMatchObject({ id: room })
  expect(await openClassroom(other.database.reader)).toBeUndefined()
})

it('seals what is written in one transaction into one envelope, and parents of a later one with it', async () => {
  const { centre, one, other } = await twoDevices()
  const { connection } = one.database
  await one.database.write(async (db) => {
    await db.updateTable('id_counters').set({ next: 10_000 }).where('table_name', '=', 'groups').execute()
    const insert = connection.prepare('INSERT INTO groups (id, organization_id, name) VALUES (?, ?, ?)')
    const site = Number(one.one('SELECT site FROM local_site'))
    for (let n = 1; n <= 4500; n++) insert.run(site * 2 ** 32 + n, organizationId, `Group ${n}`)
  })
  await agree(one, other)
  expect(other.one('SELECT count(*) FROM groups')).toBe(4500)
  expect(centre.pushed.length).toBeGreaterThanOrEqual(3)
})

it('puts many rows in with several transactions, between which others write', async () => {
  const { one, other } = await twoDevices()
  for (let n = 0; n < 60; n++) await insertPerson(one, `Person ${n}`)
  await one.round()
  let slices = 0
  const outcome = await other.round({
    writeRows: 25,
    rest: async () => {
      slices += 1
      await other.insert('groups', { name: `between ${slices}` })
    },
  })
  expect(outcome).toBe('done')
  expect(slices).toBeGreaterThan(3)
  expect(other.one('SELECT count(*) FROM beneficiaries')).toBe(60)
  await agree(other, one)
  expect(one.one('SELECT count(*) FROM groups')).toBe(slices)
})
