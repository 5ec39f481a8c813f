import { afterAll, beforeAll, expect, it } from 'vitest'
import { tidy } from '../../../main/centre/tidy.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { agree, type Device } from '../device/device.ts'
import { type TestCentre, testCentre } from './centre.ts'
import { realDevice } from './real-device.ts'

let server: PostgresServer
let centre: TestCentre
beforeAll(async () => {
  server = await startPostgres()
  centre = await testCentre(server)
})
afterAll(() => server[Symbol.asyncDispose]())

/** All that was deleted was so 401 days ago, and the device has not been there since. */
async function yearsPass(organizationId: number, away: Device) {
  const site = away.one<number>('SELECT site FROM local_site')
  await centre.operator.query('UPDATE sync.row SET received_clock = 0 WHERE NOT alive AND organization_id = $1', [
    organizationId,
  ])
  await centre.operator.query("UPDATE sync.site SET last_seen_at = now() - interval '401 days' WHERE site = $1", [site])
}

it('forgets deletions once a day, organization by organization, and nothing that a device in use has not heard of', async () => {
  const [organizationId, other] = [await centre.organization('First'), await centre.organization('Second')]
  const [one, two] = [
    await realDevice({ server, centre }, organizationId, null),
    await realDevice({ server, centre }, organizationId, null),
  ]
  const id = await one.insert('groups', { name: 'gone' })
  await agree(one, two)
  await one.remove('groups', id)
  await agree(one)
  await centre.operator.query('UPDATE sync.row SET received_clock = 0 WHERE NOT alive')
  expect((await tidy(centre.operator, 0)).filter(({ organization }) => organization !== 'Third')).toEqual([
    { organization: 'First', gone: 0 },
    { organization: 'Second', gone: 0 },
  ])
  // Within the day nobody looks again.
  expect(await tidy(centre.operator, 1)).toEqual([])
  await agree(one, two)
  expect(await tidy(centre.operator, 0)).toMatchObject([{ gone: 1 }, { gone: 0 }])
  expect(two.row('groups', id)).toBeUndefined()
  expect(await two.round()).toBe('done')
  expect(other).not.toBe(organizationId)
})

it('lets nothing wait any more for what is forgotten', async () => {
  const organizationId = await centre.organization('Fourth')
  const [one, two] = [
    await realDevice({ server, centre }, organizationId, null),
    await realDevice({ server, centre }, organizationId, null),
  ]
  const id = await one.insert('users', {
    email: 'gone@centre.example',
    name: 'Gone',
    password_hash: '!',
    role: 'trainer',
  })
  await one.insert('activity_logs', { user_id: id, action: 'a line of the log', created_at: new Date().toISOString() })
  await agree(one, two)
  // The other computer has no lines of this one.
  await two.remove('users', id)
  await two.round()
  const waiting = async () =>
    (await centre.operator.query('SELECT FROM sync.waiting WHERE parent_id = $1', [id])).rowCount
  expect(await waiting()).toBe(1)
  await agree(one, two)
  await centre.operator.query('UPDATE sync.row SET received_clock = 0 WHERE NOT alive')
  await tidy(centre.operator, 0)
  expect(await waiting()).toBe(0)
})

it('walks a device that was away for longer through a fresh start: what was deleted goes, and what it wrote is kept', async () => {
  const organizationId = await centre.organization('Third')
  const [home, away] = [
    await realDevice({ server, centre }, organizationId, null),
    await realDevice({ server, centre }, organizationId, null),
  ]
  const [gone, edited, back, kept] = [
    await home.insert('groups', { name: 'gone' }),
    await home.insert('groups', { name: 'gone and edited' }),
    await away.insert('groups', { name: 'written here, gone and edited' }),
    await home.insert('groups', { name: 'kept' }),
  ]
  const goneHere = await away.insert('groups', { name: 'written here, gone' })
  await agree(home, away, home)
  for (const id of [gone, edited, back, goneHere]) await home.remove('groups', id)
  await agree(home)
  await away.update('groups', edited, { name: 'edited away' })
  await away.update('groups', back, { name: 'back' })
  await away.update('groups', kept, { description: 'written away' })
  const fresh = await away.insert('groups', { name: 'made away' })
  await yearsPass(organizationId, away)
  expect(await tidy(centre.operator, 0)).toContainEqual({ organization: 'Third', gone: 4 })

  // Cut in the middle of pulling everything again, and written to meanwhile.
  const stop = (point: string) => {
    if (point === 'page taken') throw new Error('cut')
  }
  await expect(away.round({ at: stop, pullRows: 2 })).rejects.toThrow('cut')
  const meanwhile = await away.insert('groups', { name: 'made meanwhile' })
  await agree(away, home)
  const names = (device: Device) =>
    device
      .all('groups')
      .map(({ name }) => name)
      .sort()
  expect(names(home)).toEqual(['back', 'kept', 'made away', 'made meanwhile'])
  expect(names(away)).toEqual(['back', 'edited away', 'kept', 'made away', 'made meanwhile'])
  expect(home.row('groups', kept)).toMatchObject({ description: 'written away' })
  expect([home.row('groups', fresh), home.row('groups', meanwhile)]).not.toContain(undefined)
  expect(away.one('SELECT count(*) FROM sync_refused WHERE id = ?', edited)).toBe(1)
  expect(away.one('SELECT count(*) FROM sync_rows WHERE again > 0')).toBe(0)

  // What the centre has refused it has not, and the next fresh start takes that for no deletion.
  await centre.operator.query('UPDATE sync.head SET floor = number + 1 WHERE organization_id = $1', [organizationId])
  await home.insert('groups', { name: 'later' })
  await agree(home, away)
  expect(names(away)).toEqual(['back', 'edited away', 'kept', 'later', 'made away', 'made meanwhile'])
})
