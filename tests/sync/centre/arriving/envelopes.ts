import { describe, expect, it } from 'vitest'
import { registry } from '../../../../main/database/registry.ts'
import { edited, rowOf } from '../edits.ts'
import { type Arriving, users } from './stage.ts'

/** What makes an envelope one that is taken, and what becomes of others. */
export function envelopes({ centre, two, typed }: Arriving) {
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
      await centre().operator.query('UPDATE sync.centre SET least_schema = 6')
      expect(await a.push([])).toMatchObject({ status: 'upgrade' })
      expect(await a.hello()).toMatchObject({ status: 'upgrade' })
      await centre().operator.query('UPDATE sync.centre SET least_schema = 0')
      expect(await a.push([])).toMatchObject({ status: 'ok' })
    })

    it('of a revoked device is not taken, also where it was on its way before, and nothing is given to it', async () => {
      const { organization, a, b } = await two()
      await centre().operator.query('SELECT sync.revoke_site($1)', [a.site])
      expect(await a.push([a.row('users', 1)])).toMatchObject({ status: 'revoked', acknowledged: 0 })
      expect(await a.hello()).toMatchObject({ status: 'revoked' })
      await expect(a.pull()).rejects.toThrow(/revoked/)

      await centre().operator.query('BEGIN')
      await centre().operator.query('SELECT sync.revoke_site($1)', [b.site])
      const reply = b.push([b.row('users', 1)])
      await expect.poll(() => typed('SELECT 1 FROM pg_locks WHERE NOT granted')).toHaveLength(1)
      await centre().operator.query('COMMIT')
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

    it('of edits changes in the typed tables what they say anew, and nothing else', async () => {
      const { a, b } = await two()
      await a.push([
        a.row('groups', 1),
        ...[1, 2, 3].map((number) => a.row('assessments', number, { title: 'before', time_limit: 30 })),
      ])
      const { rows } = await b.pull()
      const edit = (number: number, values: Parameters<typeof edited>[2]) =>
        edited(b, rowOf(rows, registry.assessments.number, a.id(number)), values)
      const edits = [
        edit(1, { title: 'after', time_limit: 45 }),
        edit(2, { group_id: a.id(1) }),
        edit(3, { title: 'after', group_id: a.id(1) }),
      ]
      expect(await b.push(edits)).toMatchObject({ status: 'ok', refused: [] })
      const group = { group_id: String(a.id(1)) }
      expect(
        await typed(
          'SELECT title, time_limit, group_id FROM assessments WHERE id = ANY ($1) ORDER BY id',
          [1, 2, 3].map((number) => a.id(number)),
        ),
      ).toEqual([
        { title: 'after', time_limit: 45, group_id: null },
        { title: 'before', time_limit: 30, ...group },
        { title: 'after', time_limit: 30, ...group },
      ])
      expect((await a.pull()).rows.map(({ id }) => id)).toEqual(expect.arrayContaining([1, 2, 3].map((n) => a.id(n))))
    })

    it('that lets a row name what is still to come is filled in as soon as that is here', async () => {
      const { a, b } = await two()
      await a.push([a.row('assessments', 1)])
      const assessment = rowOf((await b.pull()).rows, registry.assessments.number, a.id(1))
      await b.push([edited(b, assessment, { group_id: b.id(7) })])
      const named = () => typed('SELECT group_id FROM assessments WHERE id = $1', a.id(1))
      expect(await named()).toEqual([{ group_id: null }])
      await b.push([b.row('groups', 7)])
      expect(await named()).toEqual([{ group_id: String(b.id(7)) }])
    })

    it('that says whom a row is about tells the centre so', async () => {
      const { a, b } = await two()
      await a.push([
        ...[1, 2].map((number) => a.row('users', number, { email: `${number}@centre.example`, role: 'student' })),
        a.row('profiles', 1, { user_id: a.id(1) }),
      ])
      const profile = rowOf((await b.pull()).rows, registry.profiles.number, a.id(1))
      expect(await b.push([edited(b, profile, { user_id: a.id(2) })])).toMatchObject({ status: 'ok', refused: [] })
      const about = 'SELECT person_id FROM sync.row WHERE table_number = $1 AND id = $2'
      expect(await typed(about, registry.profiles.number, a.id(1))).toEqual([{ person_id: String(a.id(2)) }])
    })
  })
}
