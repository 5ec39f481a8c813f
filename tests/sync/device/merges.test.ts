import { expect, it } from 'vitest'
import { registry } from '../../../main/database/registry.ts'
import { rebuildPeopleIndex } from '../../../main/domains/beneficiaries/people-index.ts'
import { fileOf } from '../../../main/domains/beneficiaries/person-file.ts'
import { markOf } from '../../../main/domains/links/apart.ts'
import { pairsAcross } from '../../../main/domains/merges/across.ts'
import { likelyPairs } from '../../../main/domains/merges/likely.ts'
import { putTogether } from '../../../main/domains/merges/put-together.ts'
import { putAwayFile, putAwayFiles } from '../../../main/domains/merges/queries.ts'
import { takeApart } from '../../../main/domains/merges/take-apart.ts'
import { putInTrash, takeOut } from '../../../main/domains/people-trash/put.ts'
import { dueIn, filesAlong, trashedPeople } from '../../../main/domains/people-trash/queries.ts'
import { agree, type Device, enrolledDevice, insertPerson } from './device.ts'
import { organizationId, smallCentre } from './small-centre.ts'

const now = '2026-11-26T10:00:00.000Z'
const scope = { organizationId, trainerId: null }
const chosen = { taken: [], joinsNotes: false }

async function twoMachines() {
  const centre = smallCentre()
  const [one, other] = [await enrolledDevice(centre), await enrolledDevice(centre)]
  const [kept, merged] = [await insertPerson(one, 'Kept Person'), await insertPerson(one, 'Second Person')]
  const groupId = await one.insert('groups', { name: 'Mornings' })
  await one.insert('group_members', { group_id: groupId, beneficiary_id: merged.id })
  await one.database.write(rebuildPeopleIndex)
  await agree(one, other)
  return { one, other, kept, merged, groupId }
}

function put({ database }: Device, keptId: number, mergedId: number) {
  return database.write(async (db) => {
    const [kept, merged] = [await fileOf(db, scope, keptId), await fileOf(db, scope, mergedId)]
    await putTogether(db, scope, { kept, merged, chosen, by: null }, now)
  })
}

const listed = (device: Device) =>
  device.replica.prepared<number>('SELECT beneficiary_id FROM people_index ORDER BY 1').pluck().all()
const members = (device: Device) => device.all('group_members').map((row) => row['beneficiary_id'])

it('tells other machines of two files that became one, and any of them can take them apart again', async () => {
  const { one, other, kept, merged } = await twoMachines()
  expect(listed(other)).toEqual([kept.id, merged.id])
  await put(one, kept.id, merged.id)
  await agree(one, other)
  expect(listed(other)).toEqual([kept.id])
  expect(members(other)).toEqual([kept.id])
  expect(other.row('users', merged.userId)).toMatchObject({ is_active: 0 })

  await other.database.write(async (db) => {
    const file = await putAwayFile(db, scope, merged.id)
    if (!file?.record) throw new Error('The record did not come along.')
    await takeApart(db, scope, { ...file, record: file.record }, now)
  })
  await agree(other, one)
  for (const device of [one, other]) {
    expect(listed(device)).toEqual([kept.id, merged.id])
    expect(members(device)).toEqual([merged.id])
  }
})

it('hides neither file where two machines put them into each other without knowing', async () => {
  const { one, other, kept, merged } = await twoMachines()
  await put(one, kept.id, merged.id)
  await put(other, merged.id, kept.id)
  await agree(one, other)
  for (const device of [one, other]) {
    expect(listed(device)).toEqual([kept.id, merged.id])
    expect(members(device)).toHaveLength(1)
    for (const { id } of [kept, merged]) expect(await fileOf(device.database.reader, scope, id)).toMatchObject({ id })
  }
})

const trashed = (device: Device) => trashedPeople(device.database.reader, scope)

function putAway({ database }: Device, id: number, at = now) {
  return database.write(async (db) => putInTrash(db, await fileOf(db, scope, id), null, at))
}

it('keeps somebody who was put in the trash on one machine in the file that they became part of on another', async () => {
  const { one, other, kept, merged } = await twoMachines()
  await putAway(one, merged.id)
  await put(other, kept.id, merged.id)
  await agree(one, other)
  for (const device of [one, other]) {
    expect(listed(device)).toEqual([kept.id])
    expect(members(device)).toEqual([kept.id])
    expect(await trashed(device)).toEqual([])
    expect(await dueIn(device.database.reader, '2027-06-01T00:00:00.000Z')).toEqual([])
    expect(await putAwayFiles(device.database.reader, scope)).toMatchObject([{ id: merged.id }])
  }
  await one.database.write(async (db) => {
    const file = await putAwayFile(db, scope, merged.id)
    if (!file?.record) throw new Error('The record did not come along.')
    await takeApart(db, scope, { ...file, record: file.record }, now)
  })
  await agree(one, other)
  for (const device of [one, other]) {
    expect(listed(device)).toEqual([kept.id, merged.id])
    expect(members(device)).toEqual([merged.id])
    expect(await trashed(device)).toEqual([])
  }
})

it('gives somebody thirty days of their own whose file was put into one that lay in the trash of another machine', async () => {
  const { one, other, kept, merged } = await twoMachines()
  await putAway(one, kept.id, '2026-10-01T10:00:00.000Z')
  await put(other, kept.id, merged.id)
  await agree(one, other)
  for (const device of [one, other]) {
    const { reader } = device.database
    expect(listed(device)).toEqual([])
    expect(await trashed(device)).toMatchObject([{ id: kept.id, lastJoined: now }])
    expect(await filesAlong(reader, [kept.id])).toEqual(new Map([[kept.id, ['Second Person']]]))
    expect(await dueIn(reader, '2026-11-20T00:00:00.000Z')).toEqual([])
    expect(await dueIn(reader, '2026-12-27T00:00:00.000Z')).toMatchObject([{ id: kept.id }])
  }
  await other.database.write((db) => takeOut(db, scope, kept.id, now))
  await agree(other, one)
  for (const device of [one, other]) {
    expect(listed(device)).toEqual([kept.id])
    expect(members(device)).toEqual([kept.id])
    expect(await putAwayFiles(device.database.reader, scope)).toMatchObject([{ id: merged.id, keptId: kept.id }])
  }
})

it('tells of people who were written down on two machines, until somebody says that they are two', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  const everybody = { organizationId, trainerId: null }
  const at = '2026-11-26T10:00:00.000Z'
  const stamps = { organization_id: organizationId, created_at: at, updated_at: at }
  const onMachine = (site: number, counter: number, name: string, phone: string | null) => {
    const [account, file] = [site * 2 ** 32 + counter, site * 2 ** 32 + counter]
    const user = { email: `p${account}@x.example`, password_hash: '!', name, role: 'student', ...stamps }
    centre.put({ table: registry.users.number, id: account, values: user, stamp: [1000, site] })
    const profile = { user_id: account, phone, ...stamps }
    centre.put({ table: registry.profiles.number, id: file, values: profile, stamp: [1001, site] })
    const values = { user_id: account, status: 'active', ...stamps }
    centre.put({ table: registry.beneficiaries.number, id: file, values, stamp: [1002, site] })
    return file
  }
  const [one, other] = [onMachine(900, 1, 'Amina Diallo', '77 123 45 67'), onMachine(901, 1, 'Aminah Diallo', null)]
  onMachine(900, 2, 'Chidi Okafor', null)
  onMachine(900, 3, 'Chidi Okafor', null)
  expect(await device.round()).toBe('done')
  const { reader } = device.database
  expect(await pairsAcross(reader, everybody)).toBe(1)
  const { pairs } = await likelyPairs(reader, everybody)
  expect(pairs.map(({ first, second, isAcross }) => [first.id, second.id, isAcross])).toContainEqual([one, other, true])
  expect(pairs.filter(({ isAcross }) => isAcross)).toHaveLength(1)
  expect(await pairsAcross(reader, { organizationId, trainerId: 5 })).toBe(0)

  const known = (name: string, phone: string | null) => ({ name, dateOfBirth: null, phone })
  const mark = markOf(known('Amina Diallo', '77 123 45 67'), known('Aminah Diallo', null))
  const apart = { beneficiary_id: one, other_id: other, kind: 'different', mark, ...stamps }
  centre.put({ table: registry.person_links.number, id: 900 * 2 ** 32 + 9, values: apart, stamp: [2000, 900] })
  expect(await device.round()).toBe('done')
  expect(await pairsAcross(reader, everybody)).toBe(0)
})
