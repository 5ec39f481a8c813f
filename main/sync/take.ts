import { receive, unlessUnfit } from './apply.ts'
import { derivedOf } from './derived.ts'
import { isAnybodyErased } from './erased.ts'
import { type FeedRecord, keepPart, type PagePart } from './inbox.ts'
import { isAnyParked } from './parked.ts'
import { inOneWrite, type Replica, whileApplying } from './replica.ts'
import { forget, insertValues, noteNew } from './rows.ts'
import { sealAll } from './seal.ts'
import type { RowState } from './state.ts'

/**
 * Takes a part of a page of the feed in, in one transaction. Rows of which nothing is known here, as nearly all are while a
 * database is filled, go into their tables as they come; all others wait in the inbox until the round has all of it.
 */
export function takePart(replica: Replica, part: PagePart, now: Date) {
  inOneWrite(replica, () => keepPart(replica, { ...part, records: takeNew(replica, part.records, now) }))
}

/** Gives back what has to wait: whatever is known here, or goes, or cannot stand yet. */
function takeNew(replica: Replica, records: FeedRecord[], now: Date): FeedRecord[] {
  sealAll(replica, now.toISOString())
  if (isAnybodyErased(replica) || isAnyParked(replica)) return records
  return whileApplying(replica, () => {
    const derived = derivedOf(replica)
    const taken: RowState[] = []
    const waiting = records.filter((record) => {
      const table = 'row' in record && !record.row.deletion && replica.schema.byNumber.get(record.row.table)
      if (!table) return true
      const { number, row } = record
      if (!noteNew(replica, table, row, number)) return true
      // The database itself says whether what it refers to stands, and its unique values are free.
      if (unlessUnfit(() => insertValues(replica, table, row))) {
        forget(replica, table, row.id)
        return true
      }
      derived.touched(table, row)
      taken.push(row)
      return false
    })
    receive(replica, taken, now)
    derived.write()
    return waiting
  })
}
