import { describe, expect, it } from 'vitest'
import type { TestCentre } from '../centre.ts'
import { deleted, edited, rowOf } from '../edits.ts'
import { classOf, tables, twoDevicesOf } from './people.ts'

/** Devices and centres that were away, or are older than they think. */
export function comingBack(centre: TestCentre) {
  const twoDevices = () => twoDevicesOf(centre)

  describe('a device that comes back', () => {
    it('is told to pull everything again when deletions were forgotten that it never heard of', async () => {
      const { organization, a, b } = await twoDevices()
      await a.push([a.row('groups', 1), a.row('groups', 2)])
      const state = rowOf((await b.pull()).rows, tables.groups, a.id(1))
      await a.push([deleted(a, state)])
      const collect = () => centre.operator.query('SELECT sync.collect_deletions($1, 0, 0) AS gone', [organization])
      await centre.operator.query(`UPDATE sync.row SET received_clock = 0 WHERE organization_id = $1`, [organization])
      await a.pull()
      await a.pull()
      await b.hello()
      await centre.operator.query(
        "UPDATE sync.site SET created_at = now() + interval '1 day', last_seen_at = now() + interval '1 day'",
      )
      expect((await collect()).rows).toEqual([{ gone: '0' }])
      await centre.operator.query("UPDATE sync.site SET last_seen_at = now() - interval '1 day' WHERE site = $1", [
        b.site,
      ])
      expect((await collect()).rows).toEqual([{ gone: '1' }])
      expect(await b.hello()).toMatchObject({ status: 'resync' })
      expect(await b.push([edited(b, state, { name: 'of a row that is gone' })])).toMatchObject({
        refused: [{ reason: 'moved' }],
      })
      expect(await a.push([{ ...a.row('groups', 1), base: state.number }])).toMatchObject({
        refused: [{ reason: 'moved' }],
      })
    })

    it('gets even its own rows when it is told to pull everything again', async () => {
      const { organization, a } = await twoDevices()
      await a.push([a.row('groups', 1)])
      expect((await a.pull()).rows).toHaveLength(1)
      await centre.operator.query('UPDATE sync.head SET floor = 100 WHERE organization_id = $1', [organization])
      expect(await a.hello()).toMatchObject({ status: 'resync' })
      a.cursor = 0
      expect((await a.pull()).rows).toHaveLength(2)
    })

    it('offers to a restored centre what others wrote, and to no other centre', async () => {
      const { organization, a, b } = await twoDevices()
      await a.push([a.row('groups', 1)])
      const { number: base, ...row } = rowOf((await b.pull()).rows, tables.groups, a.id(1))
      await centre.operator.query('DELETE FROM sync.row WHERE id = $1', [a.id(1)])
      await centre.operator.query('DELETE FROM groups WHERE id = $1', [a.id(1)])
      await centre.operator.query('UPDATE sync.head SET number = 1 WHERE organization_id = $1', [organization])
      expect(await b.push([{ ...row, base }])).toMatchObject({ refused: [{ reason: 'moved' }] })
      await centre.operator.query('SELECT sync.begin_history()')
      expect(await b.push([{ ...row, base }])).toMatchObject({ refused: [{ reason: 'moved' }] })
      // Also where the feed has grown beyond what the device had read of the one before.
      expect(await b.hello({ history: b.incarnation, cursor: 1 })).toMatchObject({ status: 'rolledBack', head: 1 })
      expect(await b.hello({ history: b.incarnation })).toMatchObject({ status: 'rolledBack', head: 1 })
      expect(await b.push([{ ...row, base: 1 }])).toMatchObject({ refused: [{ reason: 'moved' }] })
      expect(await b.push([{ ...row, base, offered: true }])).toMatchObject({ refused: [{ reason: 'invalidValue' }] })
      expect(await b.push([{ ...row, base }])).toMatchObject({ refused: [] })
      expect((await a.pull()).rows.some(({ id }) => id === a.id(1))).toBe(true)
    })

    it('may say again what it said once, also of somebody who has left it, and hears nothing of what others wrote', async () => {
      const { organization, a, b } = await twoDevices()
      await classOf(a)
      const theirs = a.row('goals', 1, { beneficiary_id: a.id(1) })
      await a.push([theirs])
      const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
      const own = laptop.row('goals', 1, { beneficiary_id: a.id(1) })
      expect(await laptop.push([own])).toMatchObject({ refused: [] })
      const file = rowOf((await b.pull()).rows, tables.beneficiaries, a.id(1))
      expect(await b.push([edited(b, file, { trainer_id: a.id(2) })])).toMatchObject({ refused: [] })
      expect((await laptop.pull()).leaves.length).toBeGreaterThan(0)
      // It tells that it has heard of them when it asks for what follows, and with each row.
      await laptop.pull()
      const base = laptop.cursor
      expect(await laptop.push([{ ...own, base }])).toMatchObject({ refused: [] })
      const guessed = { ...theirs, stamp: [theirs.stamp[0] - 1, a.site] }
      const later = { ...own, values: { ...own.values, title: 'Another' }, stamp: [own.stamp[0] + 1, laptop.site] }
      for (const row of [theirs, guessed, { ...own, id: theirs.id }, later])
        expect(await laptop.push([{ ...row, base }])).toMatchObject({ refused: [{ id: row.id, reason: 'notAllowed' }] })
      const { rows } = await centre.operator.query('SELECT title FROM goals WHERE id = $1', [own.id])
      expect(rows).toEqual([{ title: own.values['title'] }])
    })

    it('gets a number from a restored centre that nobody got in the days it has lost', async () => {
      const next = async () => {
        const { rows } = await centre.operator.query<Record<string, string>>(
          `SELECT (SELECT next_site FROM sync.centre) AS site, nextval('sync.organization_ids') AS organization,
            nextval('sync.conflict_ids') AS conflict, nextval('sync.copy_ids') AS copy`,
        )
        return Object.values(rows[0] ?? {}).map(Number)
      }
      const before = await next()
      await centre.operator.query('SELECT sync.begin_history()')
      const after = await next()
      expect(after.map((number, index) => number - (before[index] ?? 0) > 900)).toEqual([true, true, true, true])
    })

    it('begins anew under a spare number after a restore, with the rows of its former life', async () => {
      const { a } = await twoDevices()
      await a.push([a.row('groups', 1)])
      const next = await centre.device(a.organization, { after: a })
      expect(await next.hello()).toMatchObject({ status: 'ok', acknowledged: 0, chain: '' })
      const old = a.row('groups', 2)
      expect(await next.push([{ ...old }])).toMatchObject({ status: 'ok', refused: [] })
      expect((await next.pull()).rows.map(({ id }) => id)).toContain(a.id(1))
    })
  })
}
