import { describe, expect, it } from 'vitest'
import { registry } from '../../../../main/database/registry.ts'
import { type TestDevice } from '../centre.ts'
import { deleted, edited, rowOf } from '../edits.ts'
import { type Arriving, users } from './stage.ts'

/** Writes of two devices about the same. */
export function together({ two, typed }: Arriving) {
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
      expect(
        await typed('SELECT kept_by::float, lost_by::float FROM sync_conflicts WHERE row_id = $1', a.id(1)),
      ).toEqual([conflict])
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
}
