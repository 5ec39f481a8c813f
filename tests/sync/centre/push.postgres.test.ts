import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeRules } from '../../../main/centre/rules.ts'
import { registry } from '../../../main/database/registry.ts'
import { Email } from '../../../shared/contract/base.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { clockNow, type TestCentre, type TestDevice, testCentre } from './centre.ts'
import { deleted, edited, type PulledRow, rowOf } from './edits.ts'

let server: PostgresServer
let centre: TestCentre
beforeAll(async () => {
  server = await startPostgres()
  centre = await testCentre(server)
})
afterAll(() => server[Symbol.asyncDispose]())

const users = registry.users.number

async function typed(sql: string, ...values: unknown[]) {
  const { rows } = await centre.operator.query<Record<string, unknown>>(sql, values)
  return rows
}

/** Two devices of one organization. */
async function two() {
  const organization = await centre.organization()
  return { organization, a: await centre.device(organization), b: await centre.device(organization) }
}

describe('an envelope', () => {
  it('that is sent again is a duplicate and changes nothing', async () => {
    const { organization, a } = await two()
    const envelope = a.seal(JSON.stringify(a.row('users', 1, { email: 'once@centre.example' })))
    expect(await a.send(envelope)).toMatchObject({ status: 'ok', acknowledged: 1, refused: [] })
    const before = await typed('SELECT * FROM sync.row WHERE organization_id = $1', organization)
    expect(await a.send(envelope)).toMatchObject({ status: 'duplicate', acknowledged: 1 })
    expect(await typed('SELECT * FROM sync.row WHERE organization_id = $1', organization)).toEqual(before)
  })

  it('that is sent again tells again what was refused of it', async () => {
    const { a } = await two()
    const row = { ...a.row('users', 1, { email: 'x@centre.example' }), id: 2 ** 40 + 1 }
    const envelope = a.seal(JSON.stringify(row))
    const { refused } = await a.send(envelope)
    expect(refused).toEqual([{ table: row.table, id: row.id, column: null, reason: 'foreignBlock' }])
    expect(await a.send(envelope)).toMatchObject({ status: 'duplicate', refused })
  })

  it('of a restored database under a number that was used is a fork, never a duplicate', async () => {
    const { a } = await two()
    await a.push([a.row('users', 1, { email: 'first@centre.example' })])
    const other = a.seal(JSON.stringify(a.row('users', 2, { email: 'other@centre.example' })), {
      number: 1,
      previous: '',
    })
    expect(await a.send(other)).toMatchObject({ status: 'fork', acknowledged: 1 })
    expect(await typed('SELECT id FROM users WHERE id = $1', a.id(2))).toEqual([])
  })

  it('that leaves a number out, names another one before, or another life is a fork', async () => {
    const { a } = await two()
    await a.push([a.row('users', 1, { email: 'first@centre.example' })])
    const row = a.row('users', 2, { email: 'second@centre.example' })
    expect(await a.push([row], { number: 3 })).toMatchObject({ status: 'fork' })
    expect(await a.push([row], { previous: 'a'.repeat(64) })).toMatchObject({ status: 'fork' })
    expect(await a.push([row], { incarnation: '00000000-0000-4000-8000-000000000000' })).toMatchObject({
      status: 'fork',
    })
    expect(await a.push([row])).toMatchObject({ status: 'ok', acknowledged: 2 })
  })

  it('whose hash is not that of its bytes, or that names another site, is invalid', async () => {
    const { a, b } = await two()
    const [head, body, hash] = a.seal(JSON.stringify(a.row('users', 1)))
    expect(await a.send([head, `${body} `, hash, ''])).toMatchObject({ status: 'invalid', acknowledged: 0 })
    expect(await b.send([head, body, hash, ''])).toMatchObject({ status: 'invalid', acknowledged: 0 })
    expect(await a.send(['{', body, hash, ''])).toMatchObject({ status: 'invalid' })
  })

  it('of another protocol or too old a schema asks for an update', async () => {
    const { a } = await two()
    expect(await a.push([], { protocol: 2 })).toMatchObject({ status: 'upgrade' })
    await centre.operator.query('UPDATE sync.centre SET least_schema = 6')
    expect(await a.push([])).toMatchObject({ status: 'upgrade' })
    expect(await a.hello()).toMatchObject({ status: 'upgrade' })
    await centre.operator.query('UPDATE sync.centre SET least_schema = 0')
    expect(await a.push([])).toMatchObject({ status: 'ok' })
  })

  it('of a revoked device is not taken, also where it was on its way before, and nothing is given to it', async () => {
    const { organization, a, b } = await two()
    await centre.operator.query('SELECT sync.revoke_site($1)', [a.site])
    expect(await a.push([a.row('users', 1)])).toMatchObject({ status: 'revoked', acknowledged: 0 })
    expect(await a.hello()).toMatchObject({ status: 'revoked' })
    await expect(a.pull()).rejects.toThrow(/revoked/)

    await centre.operator.query('BEGIN')
    await centre.operator.query('SELECT sync.revoke_site($1)', [b.site])
    const reply = b.push([b.row('users', 1)])
    await expect.poll(() => typed('SELECT 1 FROM pg_locks WHERE NOT granted')).toHaveLength(1)
    await centre.operator.query('COMMIT')
    expect(await reply).toMatchObject({ status: 'revoked', acknowledged: 0 })
    expect(await typed('SELECT id FROM users WHERE organization_id = $1', organization)).toEqual([])
  })

  it('reaches every other device and the typed tables, in the order of commits', async () => {
    const { a, b } = await two()
    await a.push([
      a.row('users', 1, { email: 'awa@centre.example', role: 'student' }),
      a.row('beneficiaries', 1, {
        user_id: a.id(1),
        enrollment_date: '2026-01-15',
        metadata: '{"a":"\\ud800\\u0000"}',
      }),
    ])
    const { rows } = await b.pull()
    const numbers = rows.map(({ number }) => number)
    expect(numbers).toEqual(numbers.toSorted((x, y) => x - y))
    expect(rowOf(rows, users, a.id(1)).values).toMatchObject({ email: 'awa@centre.example', is_active: 1 })
    expect(
      await typed('SELECT user_id, enrollment_date::text, metadata FROM beneficiaries WHERE id = $1', a.id(1)),
    ).toEqual([{ user_id: String(a.id(1)), enrollment_date: '2026-01-15', metadata: { a: '\ufffd\ufffd' } }])
    expect(await a.pull()).toMatchObject({ rows: [{ table: 1 }], leaves: [] })
  })
})

describe('a row that is not taken', () => {
  it.each([
    ['foreignBlock', (a: TestDevice) => a.row('users', 1, {}, { id: 99 * 2 ** 32 + 1 })],
    ['foreignStamp', (a: TestDevice) => a.row('users', 1, {}, { stamp: [clockNow(), 99] })],
    ['foreignStamp', (a: TestDevice) => a.row('users', 1, {}, { seen: { 99: 5, [a.site]: clockNow() } })],
    ['foreignOrganization', (a: TestDevice) => a.row('users', 1, { organization_id: 77 })],
    ['foreignOrganization', (a: TestDevice) => a.row('users', 1, { organization_id: null })],
    ['unknownTable', (a: TestDevice) => ({ ...a.row('users', 1), table: 999 })],
    ['parentMissing', (a: TestDevice) => a.row('beneficiaries', 1, { user_id: a.id(55) })],
    ['invalidValue', (a: TestDevice) => a.row('users', 1, { role: 'emperor' })],
    ['invalidValue', (a: TestDevice) => a.row('users', 1, { created_at: '2026-11-23' })],
    ['invalidValue', (a: TestDevice) => a.row('users', 1, { created_at: '2026-11-23T24:00:00.000Z' })],
    ['invalidValue', (a: TestDevice) => a.row('users', 1, { created_at: '2026-11-23T10:00:60.000Z' })],
    ['invalidValue', (a: TestDevice) => a.row('users', 1, { is_active: 2 })],
    ['invalidValue', (a: TestDevice) => a.row('users', 1, { name: 'x'.repeat(101) })],
    ['invalidValue', (a: TestDevice) => a.row('users', 1, { 'x"; DROP TABLE users; --': 1 })],
    ['invalidValue', (a: TestDevice) => ({ ...a.row('users', 1), stamp: [2 ** 53, a.site] })],
    ['invalidValue', (a: TestDevice) => ({ ...a.row('users', 1), stamp: [1000.5, a.site] })],
    ['invalidValue', () => '{"table":2,'],
    ['notAllowed', (a: TestDevice) => a.row('sync_conflicts', 1)],
    ['tooLarge', (a: TestDevice) => a.row('users', 1, { name: 'x'.repeat(9_000_000) })],
    ['moved', (a: TestDevice) => a.row('users', 1, {}, { base: 12 })],
  ])('is %s, is kept for a person, and the rows beside it are taken', async (reason, row) => {
    const { organization, a } = await two()
    const rows = [a.row('groups', 1, { name: 'before' }), row(a), a.row('groups', 2, { name: 'after' })]
    const reply = await a.push(rows)
    expect(reply).toMatchObject({ status: 'ok', acknowledged: 1, refused: [{ reason, column: null }] })
    expect(await typed('SELECT name FROM groups WHERE organization_id = $1 ORDER BY name', organization)).toEqual([
      { name: 'after' },
      { name: 'before' },
    ])
    expect(await typed('SELECT reason FROM sync.refused WHERE site = $1', a.site)).toEqual([{ reason }])
    expect(await typed('SELECT id FROM users WHERE organization_id = $1', organization)).toEqual([])
  })

  it('follows what stands here, and is not to be taken all the same', async () => {
    const { organization, a, b } = await two()
    await a.push([a.row('users', 1, { email: 'one@centre.example' }), a.row('beneficiaries', 1, { user_id: a.id(1) })])
    const file = rowOf((await b.pull()).rows, registry.beneficiaries.number, a.id(1))
    expect(await b.push([edited(b, file, { organization_id: organization + 1 })])).toMatchObject({
      status: 'ok',
      refused: [{ reason: 'foreignOrganization' }],
    })
    expect(await b.push([edited(b, file, { user_id: b.id(99) })])).toMatchObject({
      refused: [{ reason: 'parentMissing' }],
    })
    expect(await b.push([edited(b, file, { notes: 'taken' })])).toMatchObject({ refused: [] })
    expect(await typed('SELECT notes, user_id FROM beneficiaries WHERE id = $1', a.id(1))).toEqual([
      { notes: 'taken', user_id: String(a.id(1)) },
    ])
  })

  it('claims a write of another site in a row that is known', async () => {
    const { a, b } = await two()
    await a.push([a.row('groups', 1, { name: 'as it is' })])
    const state = rowOf((await b.pull()).rows, registry.groups.number, a.id(1))
    const forged = {
      ...edited(b, state, { name: 'forged' }),
      stamps: { name: [clockNow(1000), a.site] as [number, number] },
    }
    expect(await b.push([forged])).toMatchObject({ refused: [{ reason: 'foreignStamp' }] })
    const same = {
      ...edited(b, state, { description: 'mine' }),
      values: { ...state.values, name: 'forged', description: 'mine' },
    }
    expect(await b.push([same])).toMatchObject({ refused: [] })
    expect(await typed('SELECT name, description FROM groups WHERE id = $1', a.id(1))).toEqual([
      { name: 'as it is', description: 'mine' },
    ])
  })
})

describe('two devices that wrote without knowing of each other', () => {
  it('keep the later write, and the other one is a conflict with both values', async () => {
    const { a, b } = await two()
    await a.push([a.row('groups', 1, { name: 'at first' })])
    const state = rowOf((await b.pull()).rows, registry.groups.number, a.id(1))
    const theirs = edited(b, state, { name: 'of b', description: 'of b' }, 1000)
    expect(await b.push([theirs])).toMatchObject({ refused: [] })
    expect(await a.push([edited(a, state, { name: 'of a' })])).toMatchObject({ refused: [] })
    const { rows } = await a.pull()
    expect(rowOf(rows, registry.groups.number, a.id(1)).values).toMatchObject({ name: 'of b', description: 'of b' })
    const conflicts = rows.filter(({ table }) => table === registry.sync_conflicts.number)
    expect(conflicts.map(({ values }) => values)).toMatchObject([
      {
        kind: 'concurrentEdit',
        register: 'name',
        table_number: registry.groups.number,
        row_id: a.id(1),
        kept_values: '{"name": "of b"}',
        lost_values: '{"name": "of a"}',
        kept_site: b.site,
        lost_site: a.site,
      },
    ])
    expect(await typed('SELECT lost_values FROM sync_conflicts WHERE row_id = $1', a.id(1))).toEqual([
      { lost_values: { name: 'of a' } },
    ])
  })

  it('are both named with the conflict, as the log of each machine says who it was', async () => {
    const { a, b } = await two()
    await a.push([
      a.row('users', 1, { name: 'Awa' }),
      a.row('users', 2, { name: 'Ben', email: 'ben@x.example' }),
      a.row('groups', 1, { name: 'at first' }),
    ])
    const state = rowOf((await b.pull()).rows, registry.groups.number, a.id(1))
    const line = (device: TestDevice, counter: number, user_id: number, created_at = new Date().toISOString()) =>
      device.row('activity_logs', counter, { user_id, resource_type: 'groups', resource_id: a.id(1), created_at })
    const longBefore = line(b, 1, a.id(1), '2026-01-01T00:00:00.000Z')
    expect(await b.push([edited(b, state, { name: 'of b' }, 1000), longBefore, line(b, 2, a.id(2))])).toMatchObject({
      refused: [],
    })
    expect(await a.push([edited(a, state, { name: 'of a' }), line(a, 1, a.id(1))])).toMatchObject({ refused: [] })
    const conflict = { kept_by: a.id(2), lost_by: a.id(1) }
    const { rows } = await a.pull()
    expect(
      rows.filter(({ table }) => table === registry.sync_conflicts.number).map(({ values }) => values),
    ).toMatchObject([conflict])
    expect(await typed('SELECT kept_by::float, lost_by::float FROM sync_conflicts WHERE row_id = $1', a.id(1))).toEqual(
      [conflict],
    )
  })

  it('are named where the log speaks of the file that the row is part of', async () => {
    const { a, b } = await two()
    await a.push([
      a.row('users', 1, { email: 'awa@x.example' }),
      a.row('users', 2, { email: 'ben@x.example' }),
      a.row('beneficiaries', 1, { user_id: a.id(2) }),
    ])
    const state = rowOf((await b.pull()).rows, users, a.id(2))
    const line = (device: TestDevice) =>
      device.row('activity_logs', 1, { user_id: a.id(1), resource_type: 'beneficiaries', resource_id: a.id(1) })
    await b.push([edited(b, state, { name: 'of b' }, 1000), line(b)])
    await a.push([edited(a, state, { name: 'of a' })])
    expect(await typed('SELECT kept_by::float, lost_by FROM sync_conflicts WHERE row_id = $1', a.id(2))).toEqual([
      { kept_by: a.id(1), lost_by: null },
    ])
  })

  it('end with the same whichever of them comes first', async () => {
    const names: unknown[] = []
    for (const isFirst of [true, false]) {
      const { a, b } = await two()
      await a.push([a.row('groups', 1)])
      const state = rowOf((await b.pull()).rows, registry.groups.number, a.id(1))
      const [early, late] = [edited(a, state, { name: 'early' }), edited(b, state, { name: 'late' }, 60_000)]
      if (isFirst) await a.push([early])
      await b.push([late])
      if (!isFirst) await a.push([early])
      names.push(...(await typed('SELECT name FROM groups WHERE id = $1', a.id(1))))
    }
    expect(names).toEqual([{ name: 'late' }, { name: 'late' }])
  })

  it('are not held to a clock that is a year ahead', async () => {
    const { a, b } = await two()
    await a.push([a.row('groups', 1, { name: 'at first' })])
    const state = rowOf((await b.pull()).rows, registry.groups.number, a.id(1))
    await a.push([edited(a, state, { name: 'a year ahead' }, 365 * 86_400_000)])
    await new Promise((resolve) => setTimeout(resolve, 5))
    await b.push([edited(b, state, { name: 'later in truth' })])
    expect(await typed('SELECT name FROM groups WHERE id = $1', a.id(1))).toEqual([{ name: 'later in truth' }])
    expect(await typed('SELECT kind, lost_values FROM sync_conflicts WHERE row_id = $1', a.id(1))).toEqual([
      { kind: 'wrongClock', lost_values: { name: 'a year ahead' } },
    ])
  })

  it('bring a row back that one of them deleted and the other changed', async () => {
    const { a, b } = await two()
    await a.push([a.row('groups', 1)])
    const state = rowOf((await b.pull()).rows, registry.groups.number, a.id(1))
    await a.push([deleted(a, state)])
    expect(await typed('SELECT id FROM groups WHERE id = $1', a.id(1))).toEqual([])
    await b.push([edited(b, state, { name: 'still needed' })])
    expect(await typed('SELECT name FROM groups WHERE id = $1', a.id(1))).toEqual([{ name: 'still needed' }])
    expect(await typed('SELECT kind FROM sync_conflicts WHERE row_id = $1', a.id(1))).toEqual([
      { kind: 'deleteOverridden' },
    ])
  })
})

describe('what the centre decides', () => {
  it('gives the address to who had it first', async () => {
    const { a, b } = await two()
    await a.push([a.row('users', 1, { email: 'one@centre.example' })])
    await b.push([b.row('users', 1, { email: 'one@centre.example' })])
    expect(await typed('SELECT id, email FROM users WHERE id IN ($1, $2) ORDER BY id', a.id(1), b.id(1))).toEqual([
      { id: String(a.id(1)), email: 'one@centre.example' },
      { id: String(b.id(1)), email: `dup-${b.id(1)}.one@centre.example` },
    ])
    expect(await typed('SELECT kind, lost_values FROM sync_conflicts WHERE row_id = $1', b.id(1))).toEqual([
      { kind: 'sameName', lost_values: { email: 'one@centre.example' } },
    ])
    const { email } = rowOf((await b.pull()).rows, users, b.id(1)).values
    expect(email).toBe(`dup-${b.id(1)}.one@centre.example`)
    expect(Email.safeParse(email).success).toBe(true)
  })

  it('lets two organizations have the same address and settings', async () => {
    const [one, other] = [await two(), await two()]
    for (const { a } of [one, other]) {
      const rows = [a.row('users', 1, { email: 'same@centre.example' }), a.row('settings', 1, { key: 'same' })]
      expect(await a.push(rows)).toMatchObject({ refused: [] })
      expect(await typed('SELECT email FROM users WHERE id = $1', a.id(1))).toEqual([{ email: 'same@centre.example' }])
    }
  })

  it('unites rows that mean the same, and the later value stays', async () => {
    const { organization, a, b } = await two()
    await a.push([a.row('settings', 1, { key: 'language', value: 'en' })])
    await b.push([b.row('settings', 1, { key: 'language', value: 'fr' }, { stamp: [clockNow(1000), b.site] })])
    expect(await typed('SELECT id, value FROM settings WHERE organization_id = $1', organization)).toEqual([
      { id: String(a.id(1)), value: 'fr' },
    ])
    expect(
      await typed('SELECT kind, register, lost_values FROM sync_conflicts WHERE organization_id = $1', organization),
    ).toEqual([{ kind: 'sameThing', register: 'value', lost_values: { value: 'en' } }])
    const mine = (await b.pull()).rows.filter(({ table }) => table === registry.settings.number)
    expect(mine.map(({ id, deletion }) => [id, deletion !== undefined])).toEqual([
      [a.id(1), false],
      [b.id(1), true],
    ])
  })

  it('brings a parent back that a child of somebody else needs', async () => {
    const { a, b } = await two()
    await a.push([a.row('users', 1, { email: 'p@centre.example' }), a.row('beneficiaries', 1, { user_id: a.id(1) })])
    const { rows } = await b.pull()
    const parent = rowOf(rows, registry.beneficiaries.number, a.id(1))
    await a.push([deleted(a, parent)])
    expect(await typed('SELECT id FROM beneficiaries WHERE id = $1', a.id(1))).toEqual([])
    expect(await b.push([b.row('appointments', 1, { beneficiary_id: a.id(1) })])).toMatchObject({ refused: [] })
    expect(await typed('SELECT id FROM beneficiaries WHERE id = $1', a.id(1))).toEqual([{ id: String(a.id(1)) }])
    expect(await typed('SELECT kind FROM sync_conflicts WHERE row_id = $1', a.id(1))).toEqual([
      { kind: 'parentRevived' },
    ])
    expect(rowOf((await a.pull()).rows, registry.beneficiaries.number, a.id(1)).values).toEqual(parent.values)
  })

  it('brings a parent back whose deletion comes after the child', async () => {
    const { a, b } = await two()
    await a.push([a.row('users', 1, { email: 'p@centre.example' }), a.row('beneficiaries', 1, { user_id: a.id(1) })])
    const parent = rowOf((await b.pull()).rows, registry.beneficiaries.number, a.id(1))
    await b.push([b.row('appointments', 1, { beneficiary_id: a.id(1) })])
    await a.push([deleted(a, parent)])
    expect(await typed('SELECT id FROM beneficiaries WHERE id = $1', a.id(1))).toEqual([{ id: String(a.id(1)) }])
    expect(await typed('SELECT id FROM appointments WHERE id = $1', b.id(1))).toEqual([{ id: String(b.id(1)) }])
  })

  it('brings no parent back of which nothing is left but that it went', async () => {
    const { organization, a, b } = await two()
    const bare = { ...a.row('beneficiaries', 1), values: { organization_id: organization } }
    expect(await a.push([deleted(a, bare)])).toMatchObject({ refused: [] })
    expect(await b.push([b.row('goals', 1, { beneficiary_id: a.id(1) })])).toMatchObject({
      refused: [{ table: registry.goals.number, reason: 'invalidValue' }],
    })
    expect(await typed('SELECT id FROM beneficiaries WHERE organization_id = $1', organization)).toEqual([])
  })

  it('empties a reference to somebody who is gone, and keeps one to somebody who is still to come', async () => {
    const { a, b } = await two()
    await a.push([a.row('groups', 1)])
    const group = rowOf((await b.pull()).rows, registry.groups.number, a.id(1))
    await a.push([deleted(a, group)])
    await b.push([b.row('assessments', 1, { group_id: a.id(1) }), b.row('assessments', 2, { trainer_id: b.id(9) })])
    expect(await typed('SELECT group_id FROM assessments WHERE id = $1', b.id(1))).toEqual([{ group_id: null }])
    const { rows } = await a.pull()
    expect(rowOf(rows, registry.assessments.number, b.id(1)).values.group_id).toBeNull()
    expect(rowOf(rows, registry.assessments.number, b.id(2)).values.trainer_id).toBe(b.id(9))
    expect(await typed('SELECT trainer_id FROM assessments WHERE id = $1', b.id(2))).toEqual([{ trainer_id: null }])
    await b.push([b.row('users', 9, { email: 'late@centre.example' })])
    expect(await typed('SELECT trainer_id FROM assessments WHERE id = $1', b.id(2))).toEqual([
      { trainer_id: String(b.id(9)) },
    ])
  })

  it('takes nothing more about a person who was erased, and forgets what others wrote meanwhile', async () => {
    const { a, b } = await two()
    await a.push([
      a.row('users', 1, { email: 'gone@centre.example', role: 'student' }),
      a.row('beneficiaries', 1, { user_id: a.id(1) }),
    ])
    const before = await b.pull()
    await b.push([b.row('appointments', 1, { beneficiary_id: a.id(1), notes: 'secret' })])
    const account = rowOf(before.rows, users, a.id(1))
    await a.push([
      edited(a, account, {
        email: `erased-${a.id(1)}@no-email.invalid`,
        name: 'Erased person',
        password_hash: '!',
        is_active: 0,
      }),
      deleted(a, rowOf(before.rows, registry.beneficiaries.number, a.id(1))),
      a.row('erasure_orders', 1, { person_id: a.id(1), erased_by: null }),
    ])
    expect(await typed('SELECT id FROM appointments WHERE id = $1', b.id(1))).toEqual([])
    expect(JSON.stringify(await typed('SELECT state FROM sync.row WHERE person_id = $1', a.id(1)))).not.toMatch(
      /secret|gone@/,
    )
    expect(await b.push([edited(b, account, { name: 'Awa again' })])).toMatchObject({ refused: [{ reason: 'erased' }] })
    const left = rowOf((await b.pull()).rows, users, a.id(1))
    expect(await b.push([edited(b, left, { name: 'Awa again' })])).toMatchObject({ refused: [{ reason: 'erased' }] })
    expect(await b.push([b.row('profiles', 1, { user_id: a.id(1) })])).toMatchObject({
      refused: [{ reason: 'erased' }],
    })
    expect(await typed('SELECT name FROM users WHERE id = $1', a.id(1))).toEqual([{ name: 'Erased person' }])
    // Neither what was not taken of them.
    const refused = await typed(
      `SELECT row FROM sync.refused WHERE reason = 'erased' AND id IN ($1, $2)`,
      a.id(1),
      b.id(1),
    )
    expect(refused.map(({ row }) => row)).toEqual(['', '', ''])
  })

  it('leaves nothing of a person who was erased in messages, later names, later deletions, and what it did not take', async () => {
    const { organization, a, b } = await two()
    await a.push([
      a.row('users', 1, { email: 'gone@centre.example', role: 'student' }),
      a.row('users', 2, { email: 'staff@centre.example', role: 'trainer' }),
      a.row('beneficiaries', 1, { user_id: a.id(1) }),
      a.row('messages', 1, { sender_id: a.id(2), recipient_id: a.id(1), content: 'secret before' }),
    ])
    const { rows } = await b.pull()
    const [account, file] = [rowOf(rows, users, a.id(1)), rowOf(rows, registry.beneficiaries.number, a.id(1))]
    await b.push([
      edited(b, account, { name: 'secret name' }, 1000),
      b.row('goals', 9, { beneficiary_id: b.id(77), title: `secret of ${a.id(1)}`, written_by: a.id(1) }),
    ])
    await a.push([
      edited(a, account, { email: `erased-${a.id(1)}@no-email.invalid`, name: 'Erased person', password_hash: '!' }),
      deleted(a, file),
      a.row('erasure_orders', 1, { person_id: a.id(1), erased_by: null }),
    ])
    const late = await b.push([
      b.row('messages', 1, { sender_id: a.id(2), recipient_id: a.id(1), content: 'secret after' }),
      // Deleted by somebody who had not heard of it: what is gone is not refused, and not kept.
      deleted(b, { ...edited(b, file, { notes: 'secret image' }), number: file.number }),
      b.row('beneficiaries', 2, { user_id: a.id(1), notes: 'secret file' }),
      b.row('goals', 1, { beneficiary_id: b.id(2), title: 'secret goal' }),
    ])
    expect(late.refused.map(({ table, reason }) => [table, reason])).toEqual(
      expect.arrayContaining([
        [registry.messages.number, 'erased'],
        [registry.beneficiaries.number, 'erased'],
        [registry.goals.number, 'parentMissing'],
      ]),
    )
    expect(late.refused).toHaveLength(3)
    expect(await b.push([b.row('goals', 1, { beneficiary_id: b.id(2), title: 'secret again' })])).toMatchObject({
      refused: [{ reason: 'erased' }],
    })
    const kept = [
      ...(await typed('SELECT state FROM sync.row WHERE organization_id = $1', organization)),
      ...(await typed('SELECT row FROM sync.refused WHERE organization_id = $1', organization)),
      ...(await typed('SELECT content AS text FROM messages WHERE organization_id = $1', organization)),
      ...(await typed('SELECT name AS text FROM users WHERE organization_id = $1', organization)),
    ]
    expect(JSON.stringify(kept)).not.toMatch(/secret/)
  })

  it('keeps columns that only a newer program knows, and takes what that writes to a row of an older one, which lacks them', async () => {
    const { a, b } = await two()
    await a.push([a.row('groups', 1, { colour: 'blue' })])
    expect(rowOf((await b.pull()).rows, registry.groups.number, a.id(1)).values.colour).toBe('blue')
    const { description: _, ...values } = a.row('groups', 2).values
    await a.push([{ ...a.row('groups', 2), values }])
    const state = rowOf((await b.pull()).rows, registry.groups.number, a.id(2))
    expect(state.values).not.toHaveProperty('description')
    // With its program the column stands as it does in a new row, under the stamp of whoever made the row.
    const whole = { ...state, values: { ...state.values, description: null } }
    const forged: PulledRow = { ...whole, stamps: { description: [clockNow(1000), a.site] } }
    expect(await b.push([edited(b, forged, { name: 'forged' })])).toMatchObject({
      refused: [{ reason: 'foreignStamp' }],
    })
    expect(await b.push([edited(b, whole, { name: 'renamed' })])).toMatchObject({ refused: [] })
    expect(await b.push([edited(b, whole, { description: 'of b' })])).toMatchObject({ refused: [] })
    expect(await typed('SELECT name, description FROM groups WHERE id = $1', a.id(2))).toEqual([
      { name: 'renamed', description: 'of b' },
    ])
  })

  it('puts into its own column, once it has one, what newer programs had sent before', async () => {
    const { organization, a, b } = await two()
    await centre.operator.query('ALTER TABLE groups DROP COLUMN description')
    await writeRules(centre.operator)
    await a.push([a.row('groups', 1, { name: 'newer', description: 'kept' }), a.row('groups', 2, { name: 'gone' })])
    const pulled = await b.pull()
    await b.push([
      edited(b, rowOf(pulled.rows, registry.groups.number, a.id(1)), { name: 'renamed' }),
      deleted(b, rowOf(pulled.rows, registry.groups.number, a.id(2))),
    ])
    await centre.operator.query('ALTER TABLE groups ADD COLUMN description text')
    await writeRules(centre.operator)
    expect(
      await typed('SELECT name, description FROM groups WHERE organization_id = $1 ORDER BY id', organization),
    ).toEqual([{ name: 'renamed', description: 'kept' }])
  })
})
