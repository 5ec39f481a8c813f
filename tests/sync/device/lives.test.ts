import { randomBytes } from 'node:crypto'
import { copyFileSync, cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { makeBackup } from '../../../main/backup/make.ts'
import { backupKey, dataFile, readManifest } from '../../../main/backup/manifest.ts'
import { systemClock } from '../../../main/clock.ts'
import { type Connection, openConnection, openCopy } from '../../../main/database/open.ts'
import { registry } from '../../../main/database/registry.ts'
import { beginNewLife } from '../../../main/sync/lives.ts'
import { replicaOf } from '../../../main/sync/replica.ts'
import { runRound } from '../../../main/sync/round.ts'
import { sealAll } from '../../../main/sync/seal.ts'
import { noticeLife } from '../../../main/sync/site-file.ts'
import { type Transport, Unreachable } from '../../../main/sync/wire.ts'
import { testApp } from '../../support/app.ts'
import { testCentre } from '../../support/centre.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { type Device, enrolledDevice, insertPerson } from './device.ts'
import { organizationId, smallCentre } from './small-centre.ts'

/** The file as it is on the disk now, with nothing left in its log. */
function backUp(device: Device): string {
  device.database.connection.pragma('wal_checkpoint(TRUNCATE)')
  const folder = temporaryFolder()
  copyFileSync(device.path, join(folder, 'bdc.db'))
  copyFileSync(join(device.folder, 'bdc.site'), join(folder, 'bdc.site'))
  return folder
}

/** The database of a folder as another program opens it. */
function opened(folder: string, device: Device) {
  const connection = openConnection(join(folder, 'bdc.db'), device.database.key)
  onTestFinished(() => void connection.close())
  const replica = replicaOf(connection)
  return { connection, replica, life: noticeLife(replica, join(folder, 'bdc.db'), randomBytes) }
}

function insertGroup(connection: Connection, name: string): number {
  const site = Number(connection.prepare('SELECT site FROM local_site').pluck().get())
  const minted = connection.prepare(
    `UPDATE id_counters SET next = next + 1 WHERE table_name = 'groups' RETURNING next - 1`,
  )
  const id = site * 2 ** 32 + Number(minted.pluck().get())
  connection.prepare('INSERT INTO groups (id, organization_id, name) VALUES (?, ?, ?)').run(id, organizationId, name)
  return id
}

const roundOf = (replica: ReturnType<typeof replicaOf>, transport: Transport) =>
  runRound({ replica, transport, clock: systemClock, random: randomBytes, app: 'test' })

const namesAt = (centre: ReturnType<typeof smallCentre>) =>
  [...centre.rows().values()].flatMap(({ state }) => (state.table === 20 ? [String(state.values['name'])] : [])).sort()

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

type Opened = ReturnType<typeof opened>

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

it('notices a copy without the file beside it, and that no site is left', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  const copy = backUp(device)
  rmSync(join(copy, 'bdc.site'))
  const { connection, replica, life } = opened(copy, device)
  expect(life).toBe('new')
  connection.exec(`UPDATE sync_state SET spare_sites = '[]', incarnation = '${'x'.repeat(36)}'`)
  expect(noticeLife(replica, join(copy, 'bdc.db'), randomBytes)).toBe('stuck')
  expect(connection.prepare('SELECT status FROM sync_state').pluck().get()).toBe('stuck')
})

it('knows itself at its next start where it has parted from a copy, and an older state of it that takes its place', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  noticeLife(device.replica, device.path, randomBytes)
  await device.round()
  const folder = backUp(device)
  const copy = opened(folder, device)
  insertGroup(copy.connection, 'of the copy')
  expect(await roundOf(copy.replica, centre.transport())).toBe('done')
  const older = backUp(device)
  await device.insert('groups', { name: 'own' })
  expect(await device.round()).toBe('done')
  expect(device.one('SELECT site FROM local_site')).toBe(2)
  expect(noticeLife(device.replica, device.path, randomBytes)).toBe('same')
  expect(device.one('SELECT site FROM local_site')).toBe(2)
  copyFileSync(join(device.folder, 'bdc.site'), join(older, 'bdc.site'))
  expect(opened(older, device).life).toBe('new')
})

it('says what was written before it met what others wrote, also where it parts from a copy before that is sent', async () => {
  const centre = smallCentre()
  const [device, other] = [await enrolledDevice(centre), await enrolledDevice(centre)]
  const id = await device.insert('groups', { name: 'first' })
  for (const one of [device, other]) await one.round()
  const copy = opened(backUp(device), device)
  insertGroup(copy.connection, 'of the copy')
  // Its clock is a second ahead.
  other.replica.prepared('UPDATE sync_state SET clock = clock + 1000 * 4096').run()
  // In the middle of a round, when nothing is sent any more: what comes with it is the later write.
  const pull: Transport['pull'] = async (request) => {
    await device.update('groups', id, { name: 'mine' })
    await other.update('groups', id, { name: 'theirs' })
    await other.round()
    return device.transport.pull(request)
  }
  expect(await device.round({ transport: { ...device.transport, pull } })).toBe('done')
  expect(device.row('groups', id)).toMatchObject({ name: 'theirs' })
  expect(await roundOf(copy.replica, centre.transport())).toBe('done')
  expect(await device.round()).toBe('done')
  expect(device.one('SELECT site FROM local_site')).not.toBe(1)
  // Otherwise nobody would be asked about it.
  expect(centre.pushed.filter(({ body }) => body.includes('"mine"'))).toHaveLength(1)
})

it('parts from a copy of the whole disk: who comes second moves what it wrote alone, and nothing is lost or mixed up', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  const shared = await device.insert('groups', { name: 'before' })
  await device.round()
  device.database.connection.pragma('wal_checkpoint(TRUNCATE)')
  const folder = temporaryFolder()
  cpSync(device.folder, folder, { recursive: true, filter: (path) => !/wal|shm|lock/.test(path) })
  const clone = opened(folder, device)
  expect(clone.life).toBe('same')

  await device.insert('groups', { name: 'of the first' })
  await device.update('groups', shared, { description: 'by the first' })
  const { id } = await insertPerson(device, 'First Person')
  expect(await device.round()).toBe('done')

  const own = insertGroup(clone.connection, 'of the second')
  clone.connection.prepare('UPDATE groups SET name = ? WHERE id = ?').run('before, by the second', shared)
  expect(await roundOf(clone.replica, centre.transport())).toBe('done')
  expect(await device.round()).toBe('done')

  expect(namesAt(centre)).toEqual(['before, by the second', 'of the first', 'of the second'])
  expect(clone.connection.prepare('SELECT site FROM local_site').pluck().get()).toBe(2)
  expect(clone.connection.prepare('SELECT name FROM groups WHERE id = ?').pluck().get(own)).toBe('of the first')
  expect(
    clone.connection
      .prepare('SELECT name FROM groups WHERE id = ?')
      .pluck()
      .get(own + 2 ** 32),
  ).toBe('of the second')
  expect(device.row('groups', shared)).toMatchObject({ name: 'before, by the second', description: 'by the first' })
  expect(clone.connection.prepare('SELECT count(*) FROM beneficiaries WHERE id = ?').pluck().get(id)).toBe(1)
  expect(clone.connection.pragma('foreign_key_check')).toEqual([])

  // What moved keeps its places in the new block, and whatever is saved next gets others.
  const later = ['later', 'and later', 'still later'].map((name) => insertGroup(clone.connection, name))
  expect(later.every((one) => one > own + 2 ** 32)).toBe(true)
  expect(await roundOf(clone.replica, centre.transport())).toBe('done')
  expect(namesAt(centre)).toHaveLength(6)
})

it('gets in one exchange past all sites that other copies of its disk have taken', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice({ ...centre, enrol: () => centre.enrol(6) })
  const disk = backUp(device)
  await device.insert('groups', { name: 'of the first' })
  expect(await device.round()).toBe('done')
  for (let place = 2; place <= 7; place += 1) {
    const folder = temporaryFolder()
    cpSync(disk, folder, { recursive: true })
    const { connection, replica } = opened(folder, device)
    insertGroup(connection, `of copy ${place}`)
    expect(await roundOf(replica, centre.transport())).toBe('done')
    expect(connection.prepare('SELECT site FROM local_site').pluck().get()).toBe(place)
  }
  expect(namesAt(centre)).toEqual([...[2, 3, 4, 5, 6, 7].map((place) => `of copy ${place}`), 'of the first'])
})

it('takes no site that another copy has taken before, whose rows are here already', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  const early = opened(backUp(device), device)
  await device.insert('groups', { name: 'of the first' })
  for (const name of ['of the second', 'of the second too']) insertGroup(early.connection, name)
  for (const replica of [device.replica, early.replica, device.replica])
    expect(await roundOf(replica, centre.transport())).toBe('done')

  const late = opened(backUp(device), device)
  await device.insert('groups', { name: 'of the first again' })
  insertGroup(late.connection, 'of the third')
  for (const replica of [device.replica, late.replica]) expect(await roundOf(replica, centre.transport())).toBe('done')
  expect(late.connection.prepare('SELECT site FROM local_site').pluck().get()).toBe(3)
  expect(namesAt(centre)).toEqual([
    'of the first',
    'of the first again',
    'of the second',
    'of the second too',
    'of the third',
  ])
})

it('doubles nothing that had arrived before the disk of a kiosk was copied, though nobody had heard so', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  device.replica.prepared(`UPDATE sync_state SET scope = 'kiosk'`).run()
  await device.round()
  const shared = await device.insert('groups', { name: 'arrived' })
  const push: Transport['push'] = async (envelope) => {
    await device.transport.push(envelope)
    throw new Unreachable('the answer was lost')
  }
  expect(await device.round({ transport: { ...device.transport, push } })).toBe('unreachable')
  await device.update('groups', shared, { name: 'written over' })
  const clone = opened(backUp(device), device)

  expect(await device.round()).toBe('done')
  insertGroup(clone.connection, 'of the copy')
  expect(await roundOf(clone.replica, centre.transport())).toBe('done')
  expect(await device.round()).toBe('done')
  expect(namesAt(centre)).toEqual(['of the copy', 'written over'])
  expect(clone.connection.prepare('SELECT site FROM local_site').pluck().get()).toBe(2)
  expect(device.all('sync_conflicts')).toEqual([])
})

it('keeps as one what both copies had written before they parted and not sent, and moves only what one of them wrote alone', async () => {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  const known = await device.insert('groups', { name: 'known' })
  await device.round()
  const early = await device.insert('groups', { name: 'early' })
  await device.update('groups', known, { description: 'not sent' })
  const { id } = await insertPerson(device, 'Of Both')
  const clones = [1, 2].map(() => opened(backUp(device), device))

  await device.insert('groups', { name: 'of the first' })
  await device.update('groups', early, { description: 'by the first' })
  expect(await device.round()).toBe('done')
  for (const [index, { connection, replica }] of clones.entries()) {
    insertGroup(connection, `of clone ${index}`)
    connection.prepare('UPDATE groups SET name = ? WHERE id = ?').run(`early, by clone ${index}`, early)
    expect(await roundOf(replica, centre.transport())).toBe('done')
  }
  expect(await device.round()).toBe('done')

  expect(namesAt(centre)).toEqual(['early, by clone 1', 'known', 'of clone 0', 'of clone 1', 'of the first'])
  expect(device.row('groups', early)).toMatchObject({ name: 'early, by clone 1', description: 'by the first' })
  expect(device.row('groups', known)).toMatchObject({ description: 'not sent' })
  expect(device.all('beneficiaries').map((row) => row['id'])).toEqual([id])
  for (const { connection } of clones) {
    expect(connection.prepare('SELECT count(*) FROM groups WHERE id = ?').pluck().get(early)).toBe(1)
    expect(connection.pragma('foreign_key_check')).toEqual([])
  }
  expect(centre.pushed.filter(({ body }) => body.includes('"not sent"')).map(({ site }) => site)).toEqual([1, 2, 3])
})

it('brings nobody twice where a database that stood alone was enrolled and its disk copied before any of it was sent', async () => {
  const centre = smallCentre()
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const [{ id: anna }, { id: ben }] = [
    await admin.beneficiaries.create({ name: 'Anna' }),
    await admin.beneficiaries.create({ name: 'Ben' }),
  ]
  const { id: group } = await admin.groups.create({ name: 'Mornings' })
  await admin.groups.addMembers({ id: group, beneficiaryIds: [anna, ben] })
  await app.pause()
  const device = await enrolledDevice(centre, app.dataDir)
  expect(noticeLife(device.replica, device.path, randomBytes)).toBe('same')
  const held = (connection: Connection) =>
    ['users', 'beneficiaries', 'groups', 'group_members'].map((table) =>
      connection.prepare(`SELECT id FROM ${table} ORDER BY id`).pluck().all(),
    )
  const before = held(device.database.connection)
  expect(before.map((ids) => ids.length)).toEqual([3, 2, 1, 2])
  const clones = [1, 2].map(() => opened(backUp(device), device))

  for (const id of before[0] ?? []) await device.update('users', Number(id), { is_active: 0 })
  expect(await device.round()).toBe('done')
  for (const { connection, replica } of clones) {
    insertGroup(connection, 'own')
    expect(await roundOf(replica, centre.transport())).toBe('done')
  }
  for (const { replica } of clones) expect(await roundOf(replica, centre.transport())).toBe('done')
  expect(await device.round()).toBe('done')

  expect(namesAt(centre)).toEqual(['Mornings', 'own', 'own'])
  for (const connection of [device.database.connection, ...clones.map((clone) => clone.connection)]) {
    const [users, beneficiaries, groups, members] = held(connection)
    expect([users, beneficiaries, groups?.slice(0, 1), members]).toEqual(before)
    expect(groups).toHaveLength(3)
    expect(connection.pragma('foreign_key_check')).toEqual([])
  }
  await device.close()
})

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

it('loses nothing of a copy of the disk that was first at a centre, which was then restored and went on with the other one', async () => {
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
  for (const { replica } of [clone, device, clone]) expect(await roundOf(replica, centre.transport())).toBe('done')

  expect(namesAt(centre)).toEqual(['of both', 'of the copy', 'of the first'])
  expect(clone.connection.prepare('SELECT site FROM local_site').pluck().get()).toBe(2)
  for (const connection of [device.database.connection, clone.connection]) {
    expect(connection.prepare('SELECT name FROM groups ORDER BY name').pluck().all()).toEqual(namesAt(centre))
    expect(connection.prepare('SELECT description FROM groups WHERE id = ?').pluck().get(shared)).toBe('by the copy')
  }
})

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
