import type { PackedRow, PackedRows } from './packed.ts'
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
export function partsOfPage({ upto, packed, rows, leaves, cursor, hasMore }: PullReply, size: number): PagePart[] {
  const records: FeedRecord[] = [
    ...rows.map(({ number, ...row }) => ({ number, row })),
    ...leaves.map(({ number, ...gone }) => ({ number, leave: gone })),
  ]
  const numbers = [...packed.flatMap((its) => its.rows.map(numberOf)), ...records.map(({ number }) => number)].sort(
    (a, b) => a - b,
  )
  const takeRecords = taking(records, ({ number }) => number)
  const takePacked = packed.map(({ rows: its, ...more }) => {
    const take = taking(its, numberOf)
    return (last: number) => ({ ...more, rows: take(last) })
  })
  const parts: PagePart[] = []
  for (let from = 0; from === 0 || from < numbers.length; from += size) {
    const isLast = from + size >= numbers.length
    const last = numbers[isLast ? numbers.length - 1 : from + size - 1] ?? cursor
    parts.push({
      upto,
      packed: takePacked.map((take) => take(last)).filter((its) => its.rows.length > 0),
      records: takeRecords(last),
      page: isLast ? (hasMore ? cursor : upto) : last,
    })
  }
  return parts
}

/** Each call gives those that are left up to a number of the feed. */
function taking<T>(all: readonly T[], numberIn: (one: T) => number): (last: number) => T[] {
  const sorted = all.toSorted((a, b) => numberIn(a) - numberIn(b))
  let from = 0
  return (last) => {
    const begin = from
    while (from < sorted.length && numberIn(sorted[from] as T) <= last) from += 1
    return sorted.slice(begin, from)
  }
}

const numberOf = ([number]: PackedRow) => number

export interface PagePart {
  upto: number
  /** Most rows, as they came: what goes straight into a table is not taken apart before. */
  packed: PackedRows[]
  records: FeedRecord[]
  page: number
}

/** `known`: the last change here that the centre had when this part was asked for. */
export function keepPart(replica: Replica, { upto, records, page }: Omit<PagePart, 'packed'>, known: number) {
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
