import { expect, it } from 'vitest'
import { rebuildPeopleIndex } from '../../../main/domains/beneficiaries/people-index.ts'
import { fileOf } from '../../../main/domains/beneficiaries/person-file.ts'
import { putTogether } from '../../../main/domains/merges/put-together.ts'
import { putAwayFile } from '../../../main/domains/merges/queries.ts'
import { takeApart } from '../../../main/domains/merges/take-apart.ts'
import { type Device, enrolledDevice, insertPerson } from './device.ts'
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

async function agree(...devices: Device[]) {
  for (const device of [...devices, ...devices]) await device.round()
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
