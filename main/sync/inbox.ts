import type { Replica } from './replica.ts'
import { lastPlace, placeOf } from './rows.ts'
import type { RowState } from './state.ts'
import type { PullReply } from './wire.ts'

/** A row of the feed, or that a row no longer concerns this machine. */
export type FeedRecord = { number: number; row: RowState } | { number: number; leave: { table: number; id: number } }

/**
 * Cuts a page of the feed into parts of a few rows, each together with where the next one begins: a pull goes on where it was
 * cut off, and nobody waits long for the disk.
 */
export function partsOfPage({ upto, rows, leaves, cursor, hasMore }: PullReply, size: number): PagePart[] {
  const records: FeedRecord[] = [
    ...rows.map(({ number, ...row }) => ({ number, row })),
    ...leaves.map(({ number, ...gone }) => ({ number, leave: gone })),
  ].sort((a, b) => a.number - b.number)
  const parts: PagePart[] = []
  for (let from = 0; from === 0 || from < records.length; from += size) {
    const part = records.slice(from, from + size)
    const isLast = from + size >= records.length
    parts.push({ upto, records: part, page: isLast ? (hasMore ? cursor : upto) : (part.at(-1)?.number ?? cursor) })
  }
  return parts
}

export interface PagePart {
  upto: number
  records: FeedRecord[]
  page: number
}

/** `known`: the last change here that the centre had when this part was asked for. */
export function keepPart(replica: Replica, { upto, records, page }: PagePart, known: number) {
  const insert = replica.prepared(
    `INSERT INTO sync_inbox (number, place, record) VALUES (?, ?, ?)
    ON CONFLICT (number) DO UPDATE SET place = excluded.place, record = excluded.record`,
  )
  for (const record of records) insert.run(record.number, placeOfRecord(replica, record), JSON.stringify(record))
  replica
    .prepared('UPDATE sync_state SET known = iif(upto IS NULL, ?, known), upto = ?, page = ?')
    .run(known, upto, page)
}

/** What goes for good goes after what died, children before parents. */
function placeOfRecord({ schema }: Replica, record: FeedRecord): number {
  if ('row' in record) return placeOf(schema.byNumber.get(record.row.table), record.row)
  return 2 * lastPlace + 1000 - (schema.byNumber.get(record.leave.table)?.place ?? 0)
}

/** As they were kept: what came from outside was looked at by the transport, before that. */
export function recordsIn({ prepared }: Replica, limit: number): FeedRecord[] {
  return prepared<string>('SELECT record FROM sync_inbox ORDER BY place, number LIMIT ?')
    .pluck()
    .all(limit)
    .map((text): FeedRecord => JSON.parse(text))
}

/** The records that `recordsIn` gave are put in. */
export function forgetRecords({ prepared }: Replica, limit: number) {
  prepared('DELETE FROM sync_inbox WHERE number IN (SELECT number FROM sync_inbox ORDER BY place, number LIMIT ?)').run(
    limit,
  )
}

export function isInInbox({ prepared }: Replica): boolean {
  return prepared('SELECT 1 FROM sync_inbox LIMIT 1').get() !== undefined
}
