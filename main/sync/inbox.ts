import * as z from 'zod'
import { inOneWrite, type Replica } from './replica.ts'
import { lastPlace, placeOf } from './rows.ts'
import { RowState } from './state.ts'
import type { PullReply } from './wire.ts'

/** A row of the feed, or that a row no longer concerns this machine. */
export const FeedRecord = z.union([
  z.object({ number: z.int(), row: RowState }),
  z.object({ number: z.int(), leave: z.object({ table: z.int(), id: z.int() }) }),
])
export type FeedRecord = z.infer<typeof FeedRecord>

/** Keeps a page of the feed together with where the next one begins: a pull goes on where it was cut off. */
export function keepPage(replica: Replica, { upto, rows, leaves, cursor, hasMore }: PullReply) {
  inOneWrite(replica, () => {
    const insert = replica.prepared(
      `INSERT INTO sync_inbox (number, place, record) VALUES (?, ?, ?)
      ON CONFLICT (number) DO UPDATE SET place = excluded.place, record = excluded.record`,
    )
    for (const { number, ...row } of rows) {
      const place = placeOf(replica.schema.byNumber.get(row.table), row)
      insert.run(number, place, JSON.stringify({ number, row } satisfies FeedRecord))
    }
    for (const { number, table, id } of leaves) {
      const place = 2 * lastPlace + 1000 - (replica.schema.byNumber.get(table)?.place ?? 0)
      insert.run(number, place, JSON.stringify({ number, leave: { table, id } } satisfies FeedRecord))
    }
    replica.prepared('UPDATE sync_state SET upto = ?, page = ?').run(upto, hasMore ? cursor : upto)
  })
}

export function recordsIn({ prepared }: Replica, limit: number): FeedRecord[] {
  return prepared<string>('SELECT record FROM sync_inbox ORDER BY place, number LIMIT ?')
    .pluck()
    .all(limit)
    .map((text) => FeedRecord.parse(JSON.parse(text)))
}

export function isInInbox({ prepared }: Replica): boolean {
  return prepared('SELECT 1 FROM sync_inbox LIMIT 1').get() !== undefined
}
