import { createPublicKey, verify } from 'node:crypto'
import { expect, it } from 'vitest'
import { publicKeyOf } from '../../../main/sync/envelope.ts'
import { sealAll } from '../../../main/sync/seal.ts'
import { EnvelopeHead, PushedRow } from '../../../main/sync/wire.ts'
import { type Device, enrolledDevice, insertPerson } from './device.ts'
import { smallCentre } from './small-centre.ts'

const now = '2026-11-26T10:00:00.000Z'

interface Sealed {
  number: number
  head: string
  body: string
  hash: string
  signature: string
}

const outbox = ({ replica }: Device) =>
  replica.prepared<Sealed>('SELECT * FROM sync_outbox JOIN sync_bodies USING (number) ORDER BY number').all()
const rowsOf = ({ body }: Sealed) => body.split('\n').map((line) => PushedRow.parse(JSON.parse(line)))

it('chains envelopes by their hashes and signs them with the key of the site', async () => {
  const device = await enrolledDevice(smallCentre())
  sealAll(device.replica, now)
  await device.insert('groups', { name: 'one' })
  sealAll(device.replica, now)
  await device.insert('groups', { name: 'two' })
  sealAll(device.replica, now)
  const sealed = outbox(device)
  expect(sealed).toHaveLength(3)
  const heads = sealed.map(({ head }) => EnvelopeHead.parse(JSON.parse(head)))
  expect(heads.map(({ number }) => number)).toEqual([1, 2, 3])
  expect(heads.map(({ previous }) => previous)).toEqual(['', sealed[0]?.hash, sealed[1]?.hash])
  const spki = publicKeyOf(String(device.one('SELECT private_key FROM sync_state')))
  const key = createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' })
  for (const { hash, signature } of sealed) {
    expect(verify(null, Buffer.from(hash), key, Buffer.from(signature, 'base64'))).toBe(true)
  }
})

it('never changes what is sealed, and leaves no trace of a write that changed nothing', async () => {
  const device = await enrolledDevice(smallCentre())
  const id = await device.insert('groups', { name: 'one' })
  sealAll(device.replica, now)
  const before = outbox(device)
  await device.update('groups', id, { name: 'one' })
  sealAll(device.replica, now)
  expect(outbox(device)).toEqual(before)
  for (const sql of [
    `UPDATE sync_bodies SET body = 'x'`,
    'DELETE FROM sync_bodies',
    `UPDATE sync_outbox SET hash = '${'0'.repeat(64)}'`,
  ]) {
    expect(() => device.database.connection.exec(sql)).toThrow('a sealed envelope stays as it is')
  }
})

it('seals what was written here as it was before it met the others', async () => {
  const centre = smallCentre()
  const [one, other] = [await enrolledDevice(centre), await enrolledDevice(centre)]
  const id = await one.insert('groups', { name: 'first' })
  await one.round()
  await other.round()
  await one.update('groups', id, { name: 'of one' })
  await one.round()
  // Written after the round has sealed what was there, and before it puts in what came.
  await other.round({
    at: (point) => {
      if (point === 'before apply') {
        other.replica.prepared('UPDATE groups SET name = ? WHERE id = ?').run('of the other', id)
      }
    },
  })
  await other.round()
  const edit = centre.pushed
    .filter(({ site }) => site > 4)
    .flatMap(({ body }) => body.split('\n').map((line) => PushedRow.parse(JSON.parse(line))))
    .find((row) => row.id === id && row.table === 20)
  expect(edit?.values['name']).toBe('of the other')
  const seen = edit?.seen ?? {}
  const stampOfOne = centre.pushed
    .filter(({ site }) => site === 1)
    .flatMap(({ body }) => body.split('\n').map((line) => PushedRow.parse(JSON.parse(line))))
    .filter((row) => row.id === id && row.table === 20)
    .at(-1)?.stamps?.['name']
  // It did not know of the other edit, and does not say that it did: a person is asked.
  expect(seen['1'] ?? 0).toBeLessThan(stampOfOne?.[0] ?? 0)
})

it('takes along what a row refers to that was written again later', async () => {
  const device = await enrolledDevice(smallCentre())
  sealAll(device.replica, now)
  const group = await device.insert('groups', { name: 'Mornings' })
  const { id } = await insertPerson(device, 'Ada')
  await device.insert('group_members', { group_id: group, beneficiary_id: id })
  for (let n = 0; n < 30; n += 1) await device.insert('groups', { name: `other ${n}` })
  await device.update('groups', group, { name: 'Mornings, later' })
  const { sealNext } = await import('../../../main/sync/seal.ts')
  sealNext(device.replica, now, 10)
  const first = outbox(device).at(-1)
  const rows = first ? rowsOf(first) : []
  const places = rows.map(({ table, id: row }) => `${table} ${row}`)
  expect(places).toContain(`20 ${group}`)
  expect(rows.findIndex(({ table }) => table === 20)).toBeLessThan(rows.findIndex(({ table }) => table === 21))
})
