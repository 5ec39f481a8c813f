import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeRules } from '../../../main/centre/rules.ts'
import { registry } from '../../../main/database/registry.ts'
import { Email } from '../../../shared/contract/base.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { envelopes } from './arriving/envelopes.ts'
import { refused } from './arriving/refused.ts'
import { together } from './arriving/together.ts'
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
async function two(): Promise<{ organization: number; a: TestDevice; b: TestDevice }> {
  const organization = await centre.organization()
  return { organization, a: await centre.device(organization), b: await centre.device(organization) }
}

const arriving = { centre: () => centre, two, typed }
envelopes(arriving)
refused(arriving)
together(arriving)

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

  it('fills in a reference to what lives again', async () => {
    const { a, b } = await two()
    await a.push([a.row('users', 1, { email: 'q@centre.example' }), a.row('beneficiaries', 1, { user_id: a.id(1) })])
    await a.push([a.row('groups', 1)])
    const group = rowOf((await b.pull()).rows, registry.groups.number, a.id(1))
    await a.push([deleted(a, group)])
    // The one cannot be without it, so that it comes back for the other too.
    await b.push([
      b.row('assessments', 1, { group_id: a.id(1) }),
      b.row('group_members', 1, { group_id: a.id(1), beneficiary_id: a.id(1) }),
    ])
    expect(await typed('SELECT group_id FROM assessments WHERE id = $1', b.id(1))).toEqual([
      { group_id: String(a.id(1)) },
    ])
    expect(await typed('SELECT * FROM sync.waiting WHERE parent_id = $1', a.id(1))).toEqual([])
  })

  it('fills in what a line of the log names when that lives again', async () => {
    const { a, b } = await two()
    await a.push([a.row('users', 1, { email: 'back@centre.example' }), a.row('activity_logs', 1, { user_id: a.id(1) })])
    const account = rowOf((await b.pull()).rows, users, a.id(1))
    const named = () => typed('SELECT user_id FROM activity_logs WHERE id = $1', a.id(1))
    await a.push([deleted(a, account)])
    expect(await named()).toEqual([{ user_id: null }])
    await b.push([edited(b, account, { name: 'Still here' })])
    expect(await named()).toEqual([{ user_id: String(a.id(1)) }])
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

  it('refuses nothing of a conflict about a person that an erasure has emptied, and empties it', async () => {
    const { organization, a, b } = await two()
    const c = await centre.device(organization)
    await a.push([a.row('users', 1, { name: 'Awa' })])
    const account = rowOf((await b.pull()).rows, users, a.id(1))
    for (const device of [b, c]) await device.push([edited(device, account, { name: `secret ${device.site}` })])
    const { rows } = await a.pull()
    const conflict = rows.find(({ table }) => table === registry.sync_conflicts.number)
    if (!conflict) throw new Error('Nobody is asked.')
    const emptied = { kept_values: null, lost_values: null }
    const nobody = { email: `erased-${a.id(1)}@no-email.invalid`, name: 'Erased person', password_hash: '!' }
    const { stamps, ...written } = edited(a, conflict, emptied)
    const erasing = [
      // Its columns but for the decision are one register.
      { ...written, stamps: { row: stamps?.['kept_values'] ?? written.stamp } },
      edited(a, rowOf(rows, users, a.id(1)), nobody),
      a.row('erasure_orders', 1, { person_id: a.id(1), erased_by: null }),
    ]
    expect(await a.push(erasing)).toMatchObject({ refused: [] })
    expect(await typed('SELECT kept_values, lost_values FROM sync_conflicts WHERE id = $1', conflict.id)).toEqual([
      emptied,
    ])
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
