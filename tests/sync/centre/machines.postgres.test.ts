import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { keepNewName, membership } from '../../../main/domains/sync/queries.ts'
import { ownMembership } from '../../../main/sync/membership.ts'
import type { HelloReply } from '../../../main/sync/wire.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import type { Device } from '../device/device.ts'
import { type TestCentre, type TestDevice, testCentre } from './centre.ts'
import { realDevice } from './real-device.ts'

let server: PostgresServer
let centre: TestCentre
beforeAll(async () => {
  server = await startPostgres()
  centre = await testCentre(server)
})
afterAll(() => server[Symbol.asyncDispose]())

async function called({ site }: { site: number }, name: string) {
  await centre.operator.query('SELECT sync.call_site($1, $2)', [site, name])
}

async function nameAtCentre({ site }: { site: number }) {
  const { rows } = await centre.operator.query<{ name: string }>(
    `SELECT coalesce(machine, '') AS name FROM sync.site WHERE site = $1`,
    [site],
  )
  return rows[0]?.name
}

const everyLife = ({ site, spares }: TestDevice, name: string) =>
  [site, ...spares].map((life) => ({ site: life, name, number: expect.any(Number) }))

const last = ({ names = [] }: HelloReply) => names.at(-1)?.number ?? 0

it('tells a device what the computers of its organization are called, those alone, and each of them once', async () => {
  const [here, elsewhere] = [await centre.organization('Here'), await centre.organization('Elsewhere')]
  const [desk, laptop, other] = [
    await centre.device(here),
    await centre.device(here, { scope: 'trainer', trainerId: 1 }),
    await centre.device(elsewhere),
  ]
  await called(desk, 'Front office · مكتب')
  await called(other, 'Of somebody else')
  const asked = await laptop.hello({ names: 0 })
  expect(asked.names).toEqual(everyLife(desk, 'Front office · مكتب'))

  await called(laptop, 'Field laptop')
  const next = await desk.hello({ names: last(asked) })
  expect(next.names).toEqual(everyLife(laptop, 'Field laptop'))
  expect((await desk.hello({ names: last(next) })).names).toEqual([])
})

it('tells a kiosk its own name alone, nothing to who does not ask or is shut out, and refuses what is no number', async () => {
  const organization = await centre.organization()
  const [desk, kiosk] = [await centre.device(organization), await centre.device(organization, { scope: 'kiosk' })]
  await called(desk, 'Front office')
  expect(await kiosk.hello({ names: 0 })).toMatchObject({ names: [] })
  await called(kiosk, 'Kiosk 1')
  expect((await kiosk.hello({ names: 0 })).names).toEqual(everyLife(kiosk, 'Kiosk 1'))
  expect(await desk.hello()).not.toHaveProperty('names')
  for (const names of [-1, 1.5, 1e15, 'one', null, [1]])
    await expect(desk.hello({ names })).rejects.toThrow('malformed hello')
  await centre.operator.query('SELECT sync.revoke_site($1)', [desk.site])
  expect(await desk.hello({ names: 0, name: 'Still there' })).toMatchObject({ status: 'revoked' })
  expect(await desk.hello({ names: 0 })).not.toHaveProperty('names')
  expect(await nameAtCentre(desk)).toBe('Front office')
})

it('calls a device as it asks to be called, tells the others, and refuses what is no name', async () => {
  const organization = await centre.organization()
  const [desk, laptop] = [await centre.device(organization), await centre.device(organization)]
  await called(desk, 'Desk')
  const before = await laptop.hello({ names: 0 })
  for (const name of ['', 'x'.repeat(101), null, ['Desk'], { a: 1 }])
    await expect(desk.hello({ name })).rejects.toThrow('malformed hello')
  const renamed = await desk.hello({ names: last(before), name: 'Front office ☎ مكتب' })
  expect(renamed.names).toEqual(everyLife(desk, 'Front office ☎ مكتب'))
  expect((await laptop.hello({ names: last(before) })).names).toEqual(renamed.names)
  expect(await nameAtCentre(laptop)).toBe('')
})

it('tells all names again after the centre was restored, and those that come then', async () => {
  const organization = await centre.organization()
  const [desk, laptop] = [await centre.device(organization), await centre.device(organization)]
  await called(desk, 'Desk')
  const known = last(await laptop.hello({ names: 0 })) + 7
  await centre.operator.query('SELECT sync.begin_history()')
  const asked = await laptop.hello({ names: known })
  expect(asked.names).toEqual(everyLife(desk, 'Desk'))
  await called(laptop, 'Laptop')
  expect((await desk.hello({ names: last(asked) })).names).toEqual(everyLife(laptop, 'Laptop'))
})

it('shows a new name on the computer at once, at the centre and on the others after their next rounds', async () => {
  const organizationId = await centre.organization()
  const [desk, laptop] = [
    await realDevice({ server, centre }, organizationId, null),
    await realDevice({ server, centre }, organizationId, null),
  ]
  const { site } = ownMembership(desk.replica)
  await called({ site }, 'DESKTOP-34')
  await desk.round()
  await laptop.round()
  const shownAt = async ({ database }: Device) =>
    (await database.reader.selectFrom('sync_machines').select('name').where('site', '=', site).executeTakeFirst())?.name
  const own = async ({ database }: Device) => (await membership(database.reader))?.machine
  expect([await own(desk), await shownAt(laptop)]).toEqual(['DESKTOP-34', 'DESKTOP-34'])

  await desk.database.write((db) => keepNewName(db, 'Front office'))
  expect([await own(desk), await nameAtCentre({ site }), await shownAt(laptop)]).toEqual([
    'Front office',
    'DESKTOP-34',
    'DESKTOP-34',
  ])
  await desk.round()
  await laptop.round()
  expect([await own(desk), await nameAtCentre({ site }), await shownAt(laptop)]).toEqual(
    Array.from({ length: 3 }, () => 'Front office'),
  )
  // What it is called already is heard too, though the centre does nothing about it.
  await desk.database.write((db) => keepNewName(db, 'Front office'))
  await desk.round()
  // The centre has the last word: what it calls the computer later is not asked back.
  await centre.operator.query('SELECT sync.rename($1, $2)', [site, 'Reception'])
  await desk.round()
  await desk.round()
  expect([await own(desk), await nameAtCentre({ site })]).toEqual(['Reception', 'Reception'])
})

it('waits for a computer that is pushing, and meanwhile another one is let in', async () => {
  const organization = await centre.organization()
  const desk = await centre.device(organization)
  const [pushing, renaming] = [await server.again(centre.operator), await server.again(centre.operator)]
  await pushing.query('BEGIN')
  await pushing.query('SELECT FROM sync.site WHERE site = $1 FOR UPDATE', [desk.site])
  const renamed = renaming.query('SELECT sync.rename($1, $2)', [desk.site, 'Reception'])
  const waiting = `SELECT FROM pg_stat_activity WHERE query LIKE 'SELECT sync.rename(%' AND wait_event_type = 'Lock'`
  await vi.waitFor(async () => expect((await centre.operator.query(waiting)).rowCount).toBe(1), 10_000)
  await centre.operator.query(`SET lock_timeout = '2s'`)
  await centre.device(organization)
  await centre.operator.query('RESET lock_timeout')
  await pushing.query('COMMIT')
  await renamed
  expect(await nameAtCentre(desk)).toBe('Reception')
})

it('tells of many computers some hundreds at a time', async () => {
  const organization = await centre.organization()
  const desk = await centre.device(organization)
  await called(desk, 'Front office')
  await centre.operator.query(
    `SELECT sync.create_site($1, 'organization', NULL, gen_random_uuid(), NULL, 4) FROM generate_series(1, 120)`,
    [organization],
  )
  await centre.operator.query(
    `UPDATE sync.site SET machine = 'Computer ' || family WHERE organization_id = $1 AND site = family`,
    [organization],
  )
  // The first of them, and the last to get its name.
  await called(desk, 'Reception')
  const told: number[] = []
  for (let known = 0; ; ) {
    const reply = await desk.hello({ names: known })
    if (reply.names?.length === 0) break
    expect(reply.names?.length).toBeLessThanOrEqual(400)
    told.push(...(reply.names ?? []).map(({ site }) => site))
    known = last(reply)
  }
  expect(told).toHaveLength(121 * 5)
  expect(new Set(told).size).toBe(told.length)
})

/** As if lives of it had said hello under these. */
const taken = (sites: readonly number[]) =>
  centre.operator.query('UPDATE sync.site SET incarnation = gen_random_uuid() WHERE site = ANY ($1)', [sites])

it('has three numbers that nobody uses for the next lives of a device, as long as that takes no more than a device can', async () => {
  const organization = await centre.organization()
  const [desk, other] = [await centre.device(organization), await centre.device(organization)]
  await called(desk, 'Front office')
  const numbersOf = async () => (await desk.hello()).spareSites ?? []
  expect(await numbersOf()).toEqual(desk.spares)
  const [first = 0, ...rest] = desk.spares
  await taken(rest)
  const next = await numbersOf()
  expect(next).toEqual([first, expect.any(Number), expect.any(Number)])
  expect(next.filter((site) => site > Math.max(...other.spares))).toHaveLength(2)
  expect(await numbersOf()).toEqual(next)
  expect((await other.hello({ names: 0 })).names?.map(({ site }) => site)).toEqual(expect.arrayContaining(next))
  const { rows } = await centre.operator.query(
    'SELECT DISTINCT organization_id::integer AS organization, family, scope, stands, acknowledged::integer AS acknowledged FROM sync.site WHERE site = ANY ($1)',
    [next],
  )
  expect(rows).toEqual([{ organization, family: desk.site, scope: 'organization', stands: true, acknowledged: 0 }])

  for (let day = 0; day < 40; day += 1) await taken(await numbersOf())
  const all = 'SELECT count(*)::integer AS count FROM sync.site WHERE family = $1'
  const [{ count = 0 } = {}] = (await centre.operator.query<{ count: number }>(all, [desk.site])).rows
  expect([100, 101, 102, 103]).toContain(count)
  expect(await numbersOf()).toEqual([])
  await centre.operator.query(`UPDATE sync.site SET created_at = created_at - interval '1 day' WHERE family = $1`, [
    desk.site,
  ])
  expect(await numbersOf()).toHaveLength(3)
})

it('gives a device that is shut out no other numbers, nor one that is being shut out', async () => {
  const desk = await centre.device(await centre.organization())
  const [first = 0] = desk.spares
  await taken([desk.site, ...desk.spares.slice(1)])
  const { rows } = await centre.operator.query<{ role: string }>('SELECT role FROM sync.site WHERE site = $1', [first])
  const life = await server.again(centre.operator)
  await life.query(`SET SESSION AUTHORIZATION "${rows[0]?.role}"`)
  const hello = async () => {
    const request = {
      protocol: 1,
      schema: 5,
      app: 'test',
      site: first,
      incarnation: desk.incarnation,
      cursor: 0,
      now: 0,
    }
    const asked = { ...request, history: desk.incarnation }
    const { rows: replies } = await life.query<{ reply: HelloReply }>('SELECT sync.hello($1) AS reply', [asked])
    return replies[0]?.reply
  }
  const shuttingOut = await server.again(centre.operator)
  await shuttingOut.query('BEGIN')
  // What the operator holds first.
  await shuttingOut.query('SELECT sync.held_family($1)', [first])
  expect(await hello()).toMatchObject({ status: 'rolledBack', spareSites: [] })
  await shuttingOut.query('SELECT sync.revoke_site($1)', [first])
  await shuttingOut.query('COMMIT')
  expect(await hello()).toMatchObject({ status: 'revoked' })
  expect(await hello()).not.toHaveProperty('spareSites')
  const open = 'SELECT count(*)::integer AS count FROM sync.site WHERE family = $1 AND revoked_at IS NULL'
  expect((await centre.operator.query(open, [desk.site])).rows).toEqual([{ count: 0 }])
})
