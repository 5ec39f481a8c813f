import { describe, expect, it } from 'vitest'
import { registry } from '../../../../main/database/registry.ts'
import { clockNow, type TestDevice } from '../centre.ts'
import { edited, rowOf } from '../edits.ts'
import { type Arriving, users } from './stage.ts'

/** A row with other JSON in place of the word. */
const withJson = (row: object, json: string) => JSON.stringify(row).replace('"JSON"', json)
/** Larger than any that a machine can hold. */
const beyond = '1e400'

/** Rows in an envelope that stay where they are. */

export function refused({ two, typed }: Arriving) {
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

    it('holds what no machine can hold, in a column of any program and in a row that is gone', async () => {
      const { a } = await two()
      const now = clockNow()
      const deletion = { stamp: [now + 1, a.site] as [number, number], saw: { [a.site]: now } }
      const rows = [
        a.row('users', 1, { created_at: '10000-11-23T10:00:00.00Z' }),
        a.row('users', 2, { created_at: 'infinity' }),
        withJson(a.row('users', 3, { later: 'JSON' }), 'true'),
        withJson(a.row('users', 4, { later: 'JSON' }), '{"name":1}'),
        withJson(a.row('users', 5, { is_active: 'JSON' }), beyond),
        withJson(a.row('users', 6, { later: 'JSON' }), beyond),
        withJson(a.row('users', 7, { is_active: 'JSON' }, { stamp: [now, a.site], deletion }), beyond),
      ]
      const reply = await a.push([...rows, a.row('users', 8)])
      expect(reply.refused.map(({ reason }) => reason)).toEqual(rows.map(() => 'invalidValue'))
      expect(await typed('SELECT id FROM users WHERE id >> 32 = $1', a.site)).toEqual([{ id: String(a.id(8)) }])
      expect(await typed('SELECT id FROM sync.row WHERE table_number = $1 AND id >> 32 = $2', users, a.site)).toEqual([
        { id: String(a.id(8)) },
      ])
    })

    it('follows what stands here, and is not to be taken all the same', async () => {
      const { organization, a, b } = await two()
      await a.push([
        a.row('users', 1, { email: 'one@centre.example' }),
        a.row('beneficiaries', 1, { user_id: a.id(1) }),
      ])
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
}
