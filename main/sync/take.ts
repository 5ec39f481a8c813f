import { receive } from './apply.ts'
import { derivedOf } from './derived.ts'
import { isAnybodyErased } from './erased.ts'
import { type FeedRecord, keepPart, type PagePart } from './inbox.ts'
import { isAnyParked } from './parked.ts'
import { inOneWrite, type Replica, whileApplying } from './replica.ts'
import { allValuesOf, forget, insertManyValues, insertValues, noteManyNew, noteNew, unlessUnfit } from './rows.ts'
import { rowsOfStatement, type SyncTable } from './schema.ts'
import { sealAll } from './seal.ts'

type RowRecord = Extract<FeedRecord, { row: unknown }>

/**
 * Takes a part of a page of the feed in, in one transaction. Rows of which nothing is known here, as nearly all are while a
 * database is filled, go into their tables as they come; all others wait in the inbox until the round has all of it.
 */
export function takePart(replica: Replica, part: PagePart, now: Date, known: number) {
  inOneWrite(replica, () => keepPart(replica, { ...part, records: takeNew(replica, part.records, now) }, known))
}

/** Gives back what has to wait: whatever is known here, or goes, or cannot stand yet. */
function takeNew(replica: Replica, records: FeedRecord[], now: Date): FeedRecord[] {
  sealAll(replica, now.toISOString())
  if (isAnybodyErased(replica) || isAnyParked(replica)) return records
  return whileApplying(replica, () => {
    const derived = derivedOf(replica)
    const taken = new Set<FeedRecord>()
    const living = Map.groupBy(records.filter(isLiving), ({ row }) => row.table)
    // Parents before their children.
    for (const table of replica.schema.tables) {
      for (const record of takeRows(replica, table, living.get(table.number) ?? [])) {
        derived.touched(table, record.row)
        taken.add(record)
      }
    }
    receive(
      replica,
      [...taken].flatMap((record) => ('row' in record ? [record.row] : [])),
      now,
    )
    derived.write()
    return records.filter((record) => !taken.has(record))
  })
}

function isLiving(record: FeedRecord): record is RowRecord {
  return 'row' in record && !record.row.deletion
}

/** Those that went in: many with one statement where nothing is in the way, one by one where something is. */
function takeRows(replica: Replica, table: SyncTable, records: RowRecord[]): RowRecord[] {
  const taken: RowRecord[] = []
  for (let from = 0; from < records.length; from += rowsOfStatement) {
    const some = records.slice(from, from + rowsOfStatement)
    if (takeMany(replica, table, some)) taken.push(...some)
    else taken.push(...some.filter((record) => takeOne(replica, table, record)))
  }
  return taken
}

/** All of them or none. */
function takeMany(replica: Replica, table: SyncTable, records: RowRecord[]): boolean {
  if (records.length < rowsOfStatement) return false
  const rows = records.map(({ row }) => row)
  const values = allValuesOf(table, rows)
  if (!values) return false
  if (unlessUnfit(() => noteManyNew(replica, table, records))) return false
  if (!unlessUnfit(() => insertManyValues(replica, table, values))) return true
  for (const { id } of rows) forget(replica, table, id)
  return false
}

function takeOne(replica: Replica, table: SyncTable, { row, number }: RowRecord): boolean {
  if (!noteNew(replica, table, row, number)) return false
  // The database itself says whether what it refers to stands, and its unique values are free.
  const isUnfit = unlessUnfit(() => insertValues(replica, table, row)) !== undefined
  if (isUnfit) forget(replica, table, row.id)
  return !isUnfit
}
