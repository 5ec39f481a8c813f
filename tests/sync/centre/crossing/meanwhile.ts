import { expect, it } from 'vitest'
import { crossBack, lateWritings, moveToOrganization } from '../../../../main/centre/move-organization.ts'
import { registry } from '../../../../main/database/registry.ts'
import { agree, type Device } from '../../device/device.ts'
import { clockNow } from '../centre.ts'
import { sample } from './full-file.ts'
import { type Stage, twoOffices } from './offices.ts'
import { traces } from './traces.ts'

const refusals = (device: Device) =>
  device.replica.prepared<{ reason: string }>('SELECT reason FROM sync_refused ORDER BY number').all()

/** What is written about somebody while they go, and before anybody has heard of it. */
export function meanwhile(stage: Stage) {
  it('neither loses nor takes what devices of the organization before wrote without a network, and tells who wrote it', async () => {
    const { from, to, id, userId, there } = await twoOffices(stage)
    const goal = await from.desk.insert('goals', { beneficiary_id: id, title: 'Reads a map' })
    await agree(from.desk, from.laptop, to.desk)
    const move = await moveToOrganization(stage.centre.operator, id, there)
    expect(await lateWritings(stage.centre.operator, move)).toEqual([])
    await expect(lateWritings(stage.centre.operator, move + 1_000_000)).rejects.toThrow('No move')
    // One of the rows the desk made itself and has never got from the centre, the other is new.
    await from.desk.update('goals', goal, { title: 'Reads a map at night' })
    await from.desk.insert('goals', { beneficiary_id: id, title: 'Takes the bus' })
    const message = await from.desk.insert(
      'messages',
      sample('messages', { sender_id: from.trainer, recipient_id: userId }),
    )
    await from.laptop.update('users', userId, { name: 'Lina B.' })
    await from.laptop.update('beneficiaries', id, { notes: 'the last lesson' })
    await agree(from.laptop)
    // It hears of the move, and stops before it takes that in: written meanwhile, sent with the next round.
    const stop = (point: string) => {
      if (point === 'before apply') throw new Error('cut')
    }
    await expect(from.desk.round({ at: stop })).rejects.toThrow('cut')
    await from.desk.insert('goals', { beneficiary_id: id, title: 'Swims' })
    await agree(from.desk, from.laptop)
    await agree(to.desk)

    expect(refusals(from.desk)).toEqual(Array(3).fill({ reason: 'moved' }))
    expect(refusals(from.laptop)).toEqual(Array(2).fill({ reason: 'moved' }))
    const { rows: kept } = await stage.centre.operator.query<{ row: string }>(
      'SELECT row FROM sync.refused WHERE organization_id = $1',
      [from.organizationId],
    )
    const texts = kept.map(({ row }) => row).join()
    for (const text of ['at night', 'Takes the bus', 'Swims', 'Lina B.', 'the last lesson'])
      expect(texts).toContain(text)
    for (const device of [from.desk, from.laptop])
      expect(traces(device, { beneficiaries: id, users: userId })).toEqual([])
    // Whoever moved them is told what it was, and only that.
    expect(await lateWritings(stage.centre.operator, move)).toMatchObject([
      { table: 'users', id: userId, values: { name: 'Lina B.' } },
      { table: 'beneficiaries', id, values: { notes: 'the last lesson' } },
      { table: 'goals', id: goal, values: { title: 'Reads a map at night' } },
      { table: 'goals', values: { title: 'Takes the bus', status: 'open' } },
      { table: 'goals', values: { title: 'Swims', status: 'open' } },
    ])
    expect(to.desk.row('goals', goal)).toMatchObject({ title: 'Reads a map' })
    expect(to.desk.all('goals')).toHaveLength(1)
    expect(to.desk.row('users', userId)).toMatchObject({ name: 'Lina' })
    expect(to.desk.row('beneficiaries', id)).toMatchObject({ notes: 'first' })
    expect([to.desk, from.desk, from.laptop].flatMap((device) => device.all('sync_conflicts'))).toEqual([])
    // The message is its writer's; that it names nobody now, every device agrees upon.
    expect(from.desk.row('messages', message)).toMatchObject({ recipient_id: null })
    expect(from.laptop.row('messages', message)).toMatchObject({ recipient_id: null })
    expect(from.laptop.one('SELECT count(*) FROM sync_parked')).toBe(0)
    const { rows: named } = await stage.centre.operator.query(
      "SELECT state #> '{values,recipient_id}' AS recipient FROM sync.row WHERE table_number = $1 AND id = $2",
      [registry.messages.number, message],
    )
    expect(named).toEqual([{ recipient: null }])

    // What is written where they are now counts as ever.
    await to.desk.update('goals', goal, { title: 'Reads every map' })
    await agree(to.desk, to.laptop)
    expect(to.laptop.row('goals', goal)).toMatchObject({ title: 'Reads every map' })
    expect(refusals(to.desk)).toEqual([])
  })

  it('lets nobody take the number of what stayed, nor write to somebody who goes at this moment', async () => {
    const [south, north] = [await stage.centre.organization('Left'), await stage.centre.organization('Right')]
    const device = await stage.centre.device(south)
    const row = device.row
    const made = [1, 2].flatMap((one) => [
      row('users', one, { email: `p${device.id(one)}@example.org`, role: 'student' }),
      row('beneficiaries', one, { user_id: device.id(one) }),
    ])
    const member = row('group_members', 1, { group_id: device.id(1), beneficiary_id: device.id(1) })
    await device.push([...made, row('groups', 1), member])
    const there = { organizationId: north, trainer: null }

    // A push that was sent while they go waits, and is told that they have gone.
    const going = await stage.server.again(stage.centre.operator)
    await going.query('BEGIN')
    const move = await moveToOrganization(going, device.id(1), there)
    const pushed = device.push([
      {
        ...made[1],
        values: { ...made[1]?.values, notes: 'at the same time' },
        base: 2,
        stamp: [clockNow(), device.site],
      },
    ])
    await expect
      .poll(async () => (await stage.centre.operator.query(`SELECT FROM pg_locks WHERE NOT granted`)).rows.length)
      .toBeGreaterThan(0)
    await going.query('COMMIT')
    expect((await pushed).refused).toMatchObject([{ id: device.id(1), reason: 'moved' }])

    const taken = { ...member, values: { ...member.values, beneficiary_id: device.id(2) } }
    expect((await device.push([taken])).refused).toMatchObject([{ id: device.id(1), reason: 'moved' }])
    const other = await moveToOrganization(stage.centre.operator, device.id(2), there)
    await device.push([row('goals', 1, { beneficiary_id: device.id(2), title: 'of the other one' })])
    expect(await lateWritings(stage.centre.operator, move)).toMatchObject([
      { table: 'beneficiaries', values: { notes: 'at the same time' } },
      { table: 'group_members' },
    ])
    expect(await lateWritings(stage.centre.operator, other)).toMatchObject([
      { table: 'group_members' },
      { values: { title: 'of the other one' } },
    ])
    expect(await crossBack(stage.centre.operator, move)).toBe(true)
    const { rows } = await stage.centre.operator.query('SELECT beneficiary_id::text FROM group_members WHERE id = $1', [
      device.id(1),
    ])
    expect(rows).toEqual([{ beneficiary_id: String(device.id(1)) }])
  })
}
