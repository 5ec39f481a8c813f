import { randomBytes } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeBackup } from '../../../main/backup/make.ts'
import { backupKey, dataFile, readManifest } from '../../../main/backup/manifest.ts'
import { systemClock } from '../../../main/clock.ts'
import { openCopy } from '../../../main/database/open.ts'
import { registry } from '../../../main/database/registry.ts'
import { beginNewLife } from '../../../main/sync/lives.ts'
import { sealAll } from '../../../main/sync/seal.ts'
import { noticeLife } from '../../../main/sync/site-file.ts'
import { type Transport } from '../../../main/sync/wire.ts'
import { enrolledDevice } from './device.ts'
import { backUp, insertGroup, namesAt, type Opened, opened, roundOf } from './several-lives.ts'
import { smallCentre } from './small-centre.ts'

it('goes on as it was where nothing has happened, also when it was killed while it started', async () => {
  const device = await enrolledDevice(smallCentre())
  expect(noticeLife(device.replica, device.path, randomBytes)).toBe('same')
  device.replica.prepared('UPDATE sync_state SET openings = openings + 1').run()
  expect(noticeLife(device.replica, device.path, randomBytes)).toBe('same')
  expect(device.one('SELECT site FROM local_site')).toBe(1)
})

it('takes a site of its own when a backup takes its place, and loses nothing of either life', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  noticeLife(device.replica, device.path, randomBytes)
  await device.insert('groups', { name: 'at the centre' })
  await device.round()
  await device.insert('groups', { name: 'in the backup alone' })
  const backup = backUp(device)
  noticeLife(device.replica, device.path, randomBytes)
  await device.insert('groups', { name: 'after the backup' })
  await device.round()
  copyFileSync(join(device.folder, 'bdc.site'), join(backup, 'bdc.site'))

  const restored = opened(backup, device)
  expect(restored.life).toBe('new')
  expect(restored.connection.prepare('SELECT site FROM local_site').pluck().get()).toBe(2)
  insertGroup(restored.connection, 'after the restore')
  expect(await roundOf(restored.replica, centre.transport())).toBe('done')
  const all = ['after the backup', 'after the restore', 'at the centre', 'in the backup alone']
  expect(namesAt(centre)).toEqual(all)
  expect(restored.connection.prepare('SELECT name FROM groups ORDER BY name').pluck().all()).toEqual(all)
})

/** A device of which a copy of the disk was made, and then a backup; both hold a row of the same number, which they have not sent. */
async function copiedAndBackedUp(centre: ReturnType<typeof smallCentre>) {
  const device = await enrolledDevice(centre)
  noticeLife(device.replica, device.path, randomBytes)
  await device.insert('groups', { name: 'before' })
  await device.round()
  const copy = opened(backUp(device), device)
  const own = await device.insert('groups', { name: 'in the backup' })
  expect(insertGroup(copy.connection, 'of the copy')).toBe(own)
  sealAll(device.replica, systemClock.now().toISOString())
  const backup = backUp(device)
  noticeLife(device.replica, device.path, randomBytes)
  copyFileSync(join(device.folder, 'bdc.site'), join(backup, 'bdc.site'))
  /** The former self of what this opens goes no further, or has before. */
  const restore = () => {
    const restored = opened(backup, device)
    insertGroup(restored.connection, 'after the restore')
    return restored
  }
  return { device, copy, restore }
}

it.each<[string, (lives: { copy: Opened; restored: Opened }) => Opened[]]>([
  ['the copy', ({ copy, restored }) => [copy, restored, copy, restored]],
  ['the restored database', ({ copy, restored }) => [restored, copy, restored, copy]],
])(
  'mixes no rows up where a disk was copied and a backup restored, and %s is first at the centre',
  async (_who, turns) => {
    const centre = smallCentre()
    const { copy, restore } = await copiedAndBackedUp(centre)
    const restored = restore()
    for (const { replica } of turns({ copy, restored })) expect(await roundOf(replica, centre.transport())).toBe('done')
    const all = ['after the restore', 'before', 'in the backup', 'of the copy']
    expect(namesAt(centre)).toEqual(all)
    for (const { connection } of [copy, restored]) {
      expect(connection.prepare('SELECT name FROM groups ORDER BY name').pluck().all()).toEqual(all)
      expect(connection.pragma('foreign_key_check')).toEqual([])
      expect(connection.prepare('SELECT former_site FROM sync_state').pluck().get()).toBeNull()
    }
  },
)

it('keeps the site that the centre has not heard of where a backup is restored twice, so that no copy of the disk gets its numbers', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  noticeLife(device.replica, device.path, randomBytes)
  const copy = opened(backUp(device), device)
  insertGroup(copy.connection, 'of the copy')
  await device.insert('groups', { name: 'not sent' })
  sealAll(device.replica, systemClock.now().toISOString())
  const backup = backUp(device)
  noticeLife(device.replica, device.path, randomBytes)
  copyFileSync(join(device.folder, 'bdc.site'), join(backup, 'bdc.site'))
  const { connection, replica } = opened(backup, device)
  insertGroup(connection, 'after the first restore')
  beginNewLife(replica, randomBytes)
  insertGroup(connection, 'after the second restore')
  for (const one of [replica, copy.replica, replica]) expect(await roundOf(one, centre.transport())).toBe('done')
  const all = ['after the first restore', 'after the second restore', 'not sent', 'of the copy']
  expect(namesAt(centre)).toEqual(all)
  for (const one of [connection, copy.connection]) {
    expect(one.prepare('SELECT name FROM groups ORDER BY name').pluck().all()).toEqual(all)
    expect(one.prepare('SELECT former_site FROM sync_state').pluck().get()).toBeNull()
  }
})

it('doubles nothing that its former life sent after the backup', async () => {
  const centre = smallCentre()
  const { device, restore } = await copiedAndBackedUp(centre)
  await device.insert('groups', { name: 'after the backup' })
  expect(await device.round()).toBe('done')
  const restored = restore()
  expect(await roundOf(restored.replica, centre.transport())).toBe('done')
  expect(namesAt(centre)).toEqual(['after the backup', 'after the restore', 'before', 'in the backup'])
  // What was written since waited for its own name: there was nothing to part from.
  expect(restored.connection.prepare('SELECT spare_sites FROM sync_state').pluck().get()).toBe('[3,4]')
})

it('lets go of what its former life had sent and deleted since, once the centre has forgotten that it was deleted', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  noticeLife(device.replica, device.path, randomBytes)
  const gone = await device.insert('groups', { name: 'gone' })
  await device.insert('groups', { name: 'stays' })
  await device.round()
  const backup = backUp(device)
  noticeLife(device.replica, device.path, randomBytes)
  copyFileSync(join(device.folder, 'bdc.site'), join(backup, 'bdc.site'))
  await device.remove('groups', gone)
  await device.round()
  centre.rows().delete(`${registry.groups.number} ${gone}`)

  const { connection, replica, life } = opened(backup, device)
  expect(life).toBe('new')
  // What is on its way is no reason to keep the rest.
  insertGroup(connection, 'after the restore')
  const transport = centre.transport()
  const hello: Transport['hello'] = async (request) => ({ ...(await transport.hello(request)), status: 'resync' })
  expect(await roundOf(replica, { ...transport, hello })).toBe('done')
  const all = ['after the restore', 'stays']
  expect(connection.prepare('SELECT name FROM groups ORDER BY name').pluck().all()).toEqual(all)
  expect(namesAt(centre)).toEqual(all)
})

it.each([
  ['are still here', ''],
  ['were forgotten since', 'DELETE FROM sync_bodies WHERE number = 1'],
])(
  'brings a restored centre what its former life had sealed, where the envelopes that the centre lost %s',
  async (_what, forget) => {
    const centre = smallCentre()
    const before = centre.backUp()
    const { restore } = await copiedAndBackedUp(centre)
    centre.restore(before)
    const { connection, replica } = restore()
    connection.exec(forget)
    for (let again = 0; again < 2; again += 1) expect(await roundOf(replica, centre.transport())).toBe('done')
    expect(namesAt(centre)).toEqual(['after the restore', 'before', 'in the backup'])
  },
)

it('seals what was not sent before a backup is made, so that the backup and this database send the same bytes', async () => {
  const device = await enrolledDevice(smallCentre())
  await device.insert('groups', { name: 'not sent' })
  const [folder, madeAt] = [join(device.folder, 'backups'), '2026-11-26T10:00:00.000Z']
  const job = { databasePath: device.path, databaseKey: device.database.key, folder, madeAt, slots: [] }
  const made = join(folder, makeBackup({ ...job, reason: 'asked', app: 'test' }))
  expect(device.one('SELECT sealed = change FROM sync_state')).toBe(1)
  const { connection, close } = openCopy(dataFile(made), backupKey(device.database.key, readManifest(made).salt))
  const hashes = 'SELECT group_concat(hash) FROM sync_outbox WHERE acknowledged_at IS NULL'
  expect(connection.prepare(hashes).pluck().get()).toBe(device.one(hashes))
  expect(device.one<string>(hashes)).toMatch(/^[0-9a-f]{64}/)
  close()
})
