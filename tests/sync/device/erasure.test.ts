import { expect, it } from 'vitest'
import { readSettings } from '../../../main/backup/settings.ts'
import { systemClock } from '../../../main/clock.ts'
import { erasePerson } from '../../../main/domains/privacy/erase.ts'
import { finishErasure } from '../../../main/domains/privacy/finish-erasure.ts'
import { carryOutOrders } from '../../../main/domains/privacy/orders.ts'
import { sealAll } from '../../../main/sync/seal.ts'
import { enrolledDevice, insertPerson } from './device.ts'
import { organizationId, smallCentre } from './small-centre.ts'

const order = (personId: number) => ({
  personId,
  organizationId,
  erasedBy: null,
  erasedAt: '2026-11-26T10:00:00.000Z',
})

async function twoWithPerson() {
  const centre = smallCentre()
  const [one, other] = [await enrolledDevice(centre), await enrolledDevice(centre)]
  const person = await insertPerson(one, 'Canary Person')
  await one.update('beneficiaries', person.id, { notes: 'canary notes' })
  for (const device of [one, other]) await device.round()
  return { centre, one, other, person }
}

it('leaves no image of a person who is erased, and nothing of them in what was sent', async () => {
  const { one, person } = await twoWithPerson()
  await one.database.write((db) => erasePerson(db, one.database.auditKey, order(person.userId)))
  finishErasure(one.database, order(person.userId))
  const kept = ['sync_rows', 'sync_outbox', 'sync_bodies', 'sync_inbox', 'sync_parked'].flatMap((table) =>
    one.replica.prepared(`SELECT * FROM ${table}`).all(),
  )
  expect(JSON.stringify(kept)).not.toMatch(/canary/i)
})

it('carries an order out that came from another machine, and lets nothing of the person in again', async () => {
  const { centre, one, other, person } = await twoWithPerson()
  await one.database.write((db) => erasePerson(db, one.database.auditKey, order(person.userId)))
  await one.round()
  expect(await other.round()).toBe('done')
  expect(readSettings(other.folder).lastForgottenAt).toBeNull()
  await carryOutOrders({ database: other.database, clock: systemClock })
  expect(readSettings(other.folder).lastForgottenAt).not.toBeNull()
  expect(other.row('beneficiaries', person.id)).toBeUndefined()
  expect(other.row('users', person.userId)).toMatchObject({ name: `Erased person ${person.userId}` })

  const at = '2026-11-26T10:00:00.000Z'
  centre.put({
    table: 4,
    id: 900 * 2 ** 32 + 1,
    values: {
      organization_id: organizationId,
      user_id: person.userId,
      status: 'active',
      notes: 'canary',
      created_at: at,
      updated_at: at,
    },
    stamp: [1_000_000, 900],
  })
  expect(await other.round()).toBe('done')
  expect(other.one('SELECT count(*) FROM beneficiaries')).toBe(0)
  expect(other.one('SELECT count(*) FROM sync_parked')).toBe(0)
  expect(await one.round()).toBe('done')
  expect(one.one('SELECT count(*) FROM beneficiaries')).toBe(0)
})

it('takes out what was written here of a person before the order came, which nobody else has', async () => {
  const { one, other, person } = await twoWithPerson()
  const colleague = await insertPerson(other, 'A Colleague')
  await other.insert('messages', {
    sender_id: colleague.userId,
    recipient_id: person.userId,
    content: 'canary to somebody',
    thread: 'a thread',
    sending: 'a sending',
    created_at: '2026-11-26T09:00:00.000Z',
  })
  await one.database.write((db) => erasePerson(db, one.database.auditKey, order(person.userId)))
  await one.round()
  expect(await other.round()).toBe('done')
  // Nothing of the file or the account is left to tell that there is something to do.
  await other.database.write(async () => void other.replica.prepared('UPDATE local_site SET applying = 1').run())
  await other.remove('beneficiaries', person.id)
  await other.database.write(async () => void other.replica.prepared('UPDATE local_site SET applying = 0').run())
  await carryOutOrders({ database: other.database, clock: systemClock })
  expect(other.all('messages')).toEqual([])
  expect(await other.round()).toBe('done')
})

it.each(['a name', 'a note'])(
  'takes out %s that was written here of a person before the order came, with a later clock',
  async (what) => {
    const { one, other, person } = await twoWithPerson()
    const request = await one.insert('privacy_requests', {
      person_id: person.userId,
      kind: 'access',
      received_on: '2026-11-20',
      due_on: '2026-12-20',
      created_at: '2026-11-20T09:00:00.000Z',
    })
    for (const device of [one, other]) await device.round()
    await one.database.write((db) => erasePerson(db, one.database.auditKey, order(person.userId)))
    if (what === 'a name') await other.update('users', person.userId, { name: 'Canary Person-Smith' })
    else await other.update('privacy_requests', request, { note: 'canary by phone' })
    await one.round()
    expect(await other.round()).toBe('done')
    await carryOutOrders({ database: other.database, clock: systemClock })
    expect(other.row('users', person.userId)).toMatchObject({ name: `Erased person ${person.userId}` })
    expect(other.row('privacy_requests', request)).toMatchObject({ note: null })
  },
)

it('leaves nothing of them in what was sealed before and arrives after', async () => {
  const { one, person } = await twoWithPerson()
  await one.update('beneficiaries', person.id, { notes: 'canary sealed' })
  sealAll(one.replica, order(person.userId).erasedAt)
  await one.database.write((db) => erasePerson(db, one.database.auditKey, order(person.userId)))
  finishErasure(one.database, order(person.userId))
  expect(await one.round()).toBe('done')
  expect(JSON.stringify(one.replica.prepared('SELECT * FROM sync_bodies').all())).not.toMatch(/canary/)
  expect(one.one('SELECT count(*) FROM sync_outbox WHERE acknowledged_at IS NULL')).toBe(0)
})

it('leaves no image of what somebody had deleted of them before, nor of what hung on that', async () => {
  const { one, person } = await twoWithPerson()
  const at = '2026-11-26T09:00:00.000Z'
  const goal = await one.insert('goals', {
    beneficiary_id: person.id,
    title: 'canary goal',
    status: 'open',
    created_at: at,
    updated_at: at,
  })
  await one.remove('goals', goal)
  expect(one.one('SELECT image FROM sync_rows WHERE id = ? AND image IS NOT NULL', goal)).toMatch(/canary/)
  await one.database.write((db) => erasePerson(db, one.database.auditKey, order(person.userId)))
  finishErasure(one.database, order(person.userId))
  expect(JSON.stringify(one.replica.prepared('SELECT * FROM sync_rows').all())).not.toMatch(/canary/)
})
