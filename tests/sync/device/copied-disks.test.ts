import { randomBytes, randomUUID } from 'node:crypto'
import { copyFileSync, cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Connection } from '../../../main/database/open.ts'
import { ownMembership } from '../../../main/sync/membership.ts'
import { noticeLife } from '../../../main/sync/site-file.ts'
import { type Transport, Unreachable } from '../../../main/sync/wire.ts'
import { testApp } from '../../support/app.ts'
import { testCentre } from '../../support/centre.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { referenceServer } from '../simulator/reference-server.ts'
import { enrolledDevice, insertPerson } from './device.ts'
import { backUp, insertGroup, namesAt, type Opened, opened, roundOf } from './several-lives.ts'
import { smallCentre } from './small-centre.ts'

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

/** One of a centre that has a site for as many lives as it likes to have. */
async function deviceOfWholeCentre() {
  const centre = await referenceServer({ organizations: [1], now: Date.now, uuid: randomUUID, isOlder: false })
  const enrolment = await centre.admit(1)
  expect(enrolment.spareSites).toHaveLength(3)
  const transport = () => centre.transportOf(() => enrolment.site)
  const device = await enrolledDevice({ enrol: () => enrolment, transport })
  noticeLife(device.replica, device.path, randomBytes)
  await device.round()
  return {
    device,
    transportOf: ({ replica }: Opened) =>
      centre.transportOf(() => ownMembership(replica).former ?? ownMembership(replica).site),
    groups: async () =>
      [...((await centre.living(1)).get('groups')?.values() ?? [])].map(({ name }) => String(name)).sort(),
  }
}

it('goes on as long as anybody likes where a disk is put back every night', async () => {
  const { device, transportOf, groups } = await deviceOfWholeCentre()
  const night = backUp(device)
  const wanted: string[] = []
  for (let day = 1; day <= 6; day += 1) {
    const folder = temporaryFolder()
    cpSync(night, folder, { recursive: true })
    const today = opened(folder, device)
    expect(today.life).toBe('same')
    for (const name of [`day ${day}, at the start`, `day ${day}, later`]) {
      insertGroup(today.connection, name)
      wanted.push(name)
      expect(await roundOf(today.replica, transportOf(today))).toBe('done')
    }
  }
  expect(await groups()).toEqual(wanted)
})

it('asks for a site where its former life needs the last one', async () => {
  const { device, transportOf, groups } = await deviceOfWholeCentre()
  const copy = opened(backUp(device), device)
  insertGroup(copy.connection, 'of the copy')
  expect(await roundOf(copy.replica, transportOf(copy))).toBe('done')
  await device.insert('groups', { name: 'sealed' })
  const push: Transport['push'] = async () => {
    throw new Unreachable('The line is cut.')
  }
  expect(await device.round({ transport: { ...device.transport, push } })).toBe('unreachable')
  device.replica.prepared(`UPDATE sync_state SET spare_sites = '[2]'`).run()
  const backup = backUp(device)
  rmSync(join(backup, 'bdc.site'))
  const restored = opened(backup, device)
  expect(ownMembership(restored.replica)).toMatchObject({ site: 2, former: 1, spareSites: [] })
  expect(await roundOf(restored.replica, transportOf(restored))).toBe('done')
  expect(await groups()).toEqual(['of the copy', 'sealed'])
})
