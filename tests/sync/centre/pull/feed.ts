import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { registry } from '../../../../main/database/registry.ts'
import { PullReply } from '../../../../main/sync/wire.ts'
import { rowsIn } from '../../page.ts'
import type { TestCentre, TestDevice } from '../centre.ts'
import { edited, rowOf } from '../edits.ts'
import { classOf, tables, twoDevicesOf } from './people.ts'

/** Everything in its order, whole, and nothing that a commit passes. */
export function theFeed(centre: TestCentre) {
  const twoDevices = () => twoDevicesOf(centre)

  describe('the feed of an organization', () => {
    it('comes in pages that end where the round began, and goes on after a cut', async () => {
      const { a, b } = await twoDevices()
      await a.push(Array.from({ length: 25 }, (_, index) => a.row('groups', index + 1)))
      const { rows } = await b.pull(10)
      expect(rows).toHaveLength(26)
      expect(new Set(rows.map(({ number }) => number)).size).toBe(26)
      expect(await b.pull(10)).toEqual({ rows: [], leaves: [] })
      b.cursor = 20
      expect((await b.pull(3)).rows.map(({ number }) => number)).toEqual([21, 22, 23, 24, 25, 26])
    })

    it('never passes a commit, with eight devices that write at once', async () => {
      const organization = await centre.organization()
      const reader = await centre.device(organization)
      const writers = await Promise.all(Array.from({ length: 8 }, () => centre.device(organization)))
      const pulled = new Set<string>()
      let isWriting = true
      const reading = (async () => {
        for (;;) {
          const isLast = !isWriting
          for (const { table, id } of (await reader.pull(50)).rows) pulled.add(`${table}/${id}`)
          if (isLast) return
        }
      })()
      await Promise.all(
        writers.map(async (writer) => {
          for (let round = 0; round < 15; round++) {
            await writer.push([1, 2, 3].map((place) => writer.row('groups', round * 3 + place)))
          }
        }),
      )
      isWriting = false
      await reading
      const { rows } = await centre.operator.query<{ numbers: string; last: string }>(
        'SELECT count(DISTINCT number) AS numbers, max(number) AS last FROM sync.row WHERE organization_id = $1',
        [organization],
      )
      expect(rows).toEqual([{ numbers: '361', last: '361' }])
      expect(pulled.size).toBe(361)
    })

    it('gives a device what was sent under its number where it asks for that, and does not take it for heard', async () => {
      const { a } = await twoDevices()
      await a.push([a.row('groups', 1), a.row('groups', 2)])
      const pulled = async () => {
        const { rows } = await centre.operator.query('SELECT pulled FROM sync.site WHERE site = $1', [a.site])
        return Number(rows[0]?.pulled)
      }
      const before = await pulled()
      const request = { cursor: 2, upto: null, limit: 100, own: true }
      const { rows } = await a.connection.query('SELECT sync.pull($1::jsonb) AS reply', [JSON.stringify(request)])
      expect(rowsIn(PullReply.parse(rows[0]?.reply)).map(({ id }) => id)).toContain(a.id(2))
      expect(await pulled()).toBe(before)
      await a.connection.query('SELECT sync.pull($1::jsonb)', [JSON.stringify({ ...request, own: false })])
      expect(await pulled()).toBe(2)
    })

    it('gives a page of large rows in parts', async () => {
      const { a, b } = await twoDevices()
      await a.push(
        Array.from({ length: 9 }, (_, index) => a.row('groups', index + 1, { description: 'x'.repeat(1_000_000) })),
      )
      const page = PullReply.parse(await pageAsItComes(b))
      expect(page.hasMore).toBe(true)
      expect(rowsIn(page).length).toBeLessThan(8)
      expect((await b.pull(100)).rows).toHaveLength(10)
    })

    it('names columns once for rows that have each of them and one stamp, and in every other row', async () => {
      const { organization, a, b } = await twoDevices()
      await classOf(a)
      const { description: _lacks, ...ofOlder } = a.row('groups', 2).values
      const older = { ...a.row('groups', 2), values: ofOlder }
      const newer = a.row('groups', 3, { colour: 'red' })
      expect(await a.push([older, newer])).toMatchObject({ refused: [] })
      const group = rowOf((await b.pull()).rows, tables.groups, a.id(1))
      expect(await b.push([edited(b, group, { name: 'Edited' })])).toMatchObject({ refused: [] })
      const reader = await centre.device(organization)
      const page = await pageAsItComes(reader)
      expect(page.packed.length).toBeGreaterThan(15)
      const groupsByName = page.rows.filter(({ table }) => table === tables.groups).map(({ id }) => id)
      expect(groupsByName.sort()).toEqual([a.id(1), older.id, newer.id].sort())
      const kept = await centre.operator.query<{ row: object }>(
        `SELECT jsonb_build_object('number', number, 'table', table_number, 'id', id) || state AS row FROM sync.row
        WHERE organization_id = $1 AND table_number <> $2 ORDER BY number`,
        [organization, registry.activity_logs.number],
      )
      expect((await reader.pull()).rows).toEqual(kept.rows.map(({ row }) => row))
    })
  })
}

/** Before a device has read it. */
async function pageAsItComes({ connection }: TestDevice) {
  const { rows } = await connection.query<{ reply: z.input<typeof PullReply> }>(
    `SELECT sync.pull('{"cursor": 0, "upto": null, "limit": 1000}') AS reply`,
  )
  const { packed = [], ...page } = rows[0]?.reply ?? { rows: [] }
  return { ...page, packed }
}
