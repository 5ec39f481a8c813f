import { receive } from './apply.ts'
import { derivedOf } from './derived.ts'
import { isAnybodyErased } from './erased.ts'
import { type FeedRecord, keepPart, type PagePart } from './inbox.ts'
import { type PackedRow, type PackedRows, unpacked } from './packed.ts'
import { isAnyParked } from './parked.ts'
import { inOneWrite, type Replica, whileApplying } from './replica.ts'
import {
  allNotesOf,
  allValuesOf,
  forget,
  insertValues,
  knownAmong,
  noteNew,
  packedNotesOf,
  packedValuesOf,
  placesOfColumns,
  unlessUnfit,
} from './rows.ts'
import type { Many, SyncTable } from './schema.ts'
import { sealAll } from './seal.ts'
import { highestClock, type Value } from './state.ts'

type RowRecord = Extract<FeedRecord, { row: unknown }>

/**
 * Takes a part of a page of the feed in, in one transaction. Rows of which nothing is known here, as nearly all are while a
 * database is filled, go into their tables as they come; all others wait in the inbox until the round has all of it.
 */
export function takePart(replica: Replica, part: PagePart, now: Date, known: number) {
  inOneWrite(replica, () => keepPart(replica, { ...part, records: takeNew(replica, part, now) }, known))
}

/** Gives back what has to wait: whatever is known here, or goes, or cannot stand yet. */
function takeNew(replica: Replica, { packed, records }: PagePart, now: Date): FeedRecord[] {
  sealAll(replica, now.toISOString())
  if (isAnybodyErased(replica) || isAnyParked(replica)) return [...packed.flatMap(recordsOf), ...records]
  return whileApplying(replica, () => {
    const derived = derivedOf(replica)
    const clocks: number[] = []
    const packedOf = Map.groupBy(packed, ({ table }) => table)
    const livingOf = Map.groupBy(records.filter(isLiving), ({ row }) => row.table)
    const waiting = records.filter((record) => !isLiving(record))
    // Parents before their children.
    for (const table of replica.schema.tables) {
      const living = livingOf.get(table.number) ?? []
      for (const its of packedOf.get(table.number) ?? []) {
        const { taken, known, left } = takePacked(replica, table, its)
        for (const [, , [clock]] of taken) clocks.push(clock)
        if (derived.isFrom(table)) for (const row of unpacked({ ...its, rows: taken })) derived.touched(table, row)
        waiting.push(...recordsOf({ ...its, rows: known }))
        living.push(...recordsOf({ ...its, rows: left }))
      }
      const { taken, known, left } = takeRows(replica, table, living)
      for (const { row } of taken) {
        clocks.push(highestClock(row))
        derived.touched(table, row)
      }
      waiting.push(...known, ...left)
      packedOf.delete(table.number)
      livingOf.delete(table.number)
    }
    receive(replica, clocks, now)
    derived.write()
    // Tables that only a newer program knows.
    for (const its of packedOf.values()) waiting.push(...its.flatMap(recordsOf))
    for (const its of livingOf.values()) waiting.push(...its)
    return waiting
  })
}

function isLiving(record: FeedRecord): record is RowRecord {
  return 'row' in record && !record.row.deletion
}

function recordsOf(packed: PackedRows): RowRecord[] {
  return unpacked(packed).map(({ number, ...row }) => ({ number, row }))
}

interface Sorted<T> {
  taken: T[]
  /** Rows of which something is known here. */
  known: T[]
  /** What something else is in the way of, or what does not fill a statement. */
  left: T[]
}

/** Not taken apart where they have the columns of the table. */
function takePacked(replica: Replica, table: SyncTable, { columns, rows }: PackedRows): Sorted<PackedRow> {
  const places = placesOfColumns(columns, table)
  if (!places) return { taken: [], known: [], left: rows }
  return inStatements(table.many, rows, {
    take: (some, { notePacked, insert }) =>
      takeAll(replica, table, {
        ids: some.map(([, id]) => id),
        note: { statement: notePacked, values: packedNotesOf(some) },
        insert: { statement: insert, values: packedValuesOf(some, places) },
      }),
    sort: (some) => sortKnown(replica, table, some, ([, id]) => id),
  })
}

/** Many with one statement where nothing is in the way, one by one where something is. */
function takeRows(replica: Replica, table: SyncTable, records: RowRecord[]): Sorted<RowRecord> {
  const { taken, known, left } = inStatements(table.many, records, {
    take(some, { note, insert }) {
      const rows = some.map(({ row }) => row)
      const values = allValuesOf(table, rows)
      return (
        values !== undefined &&
        takeAll(replica, table, {
          ids: rows.map(({ id }) => id),
          note: { statement: note, values: allNotesOf(table, some) },
          insert: { statement: insert, values },
        })
      )
    },
    sort: (some) => sortKnown(replica, table, some, ({ row }) => row.id),
  })
  const alone = new Set(left.filter((record) => takeOne(replica, table, record)))
  return { taken: [...taken, ...alone], known, left: left.filter((record) => !alone.has(record)) }
}

interface Taking<T> {
  /** All of them, or none. */
  take(some: T[], many: Many): boolean
  /** What of them is known, where none was taken. */
  sort(some: T[]): Pick<Sorted<T>, 'known' | 'left'>
}

/** Offers as many as a statement takes, then fewer of those that were not taken and of which nothing is known. */
function inStatements<T>(sizes: readonly Many[], all: T[], taking: Taking<T>): Sorted<T> {
  const sorted: Sorted<T> = { taken: [], known: [], left: [] }
  const [many, ...smaller] = sizes
  if (!many) return { ...sorted, left: all }
  for (let from = 0; from < all.length; from += many.rows) {
    const some = all.slice(from, from + many.rows)
    const isFull = some.length === many.rows
    if (isFull && taking.take(some, many)) sorted.taken.push(...some)
    else {
      const { known, left } = isFull ? taking.sort(some) : { known: [], left: some }
      const rest = inStatements(smaller, left, taking)
      sorted.taken.push(...rest.taken)
      sorted.known.push(...known, ...rest.known)
      sorted.left.push(...rest.left)
    }
  }
  return sorted
}

function sortKnown<T>(replica: Replica, table: SyncTable, some: T[], idIn: (one: T) => number) {
  const ids = knownAmong(replica, table, some.map(idIn))
  return { known: some.filter((one) => ids.has(idIn(one))), left: some.filter((one) => !ids.has(idIn(one))) }
}

interface Writing {
  statement: string
  /** Of all rows, one after the other. */
  values: readonly Value[]
}

/** All of them or none. */
function takeAll(
  replica: Replica,
  table: SyncTable,
  { ids, note, insert }: { ids: readonly number[]; note: Writing; insert: Writing },
): boolean {
  const isUnfit = ({ statement, values }: Writing) =>
    unlessUnfit(() => void replica.prepared(statement).run(values)) !== undefined
  if (isUnfit(note)) return false
  if (!isUnfit(insert)) return true
  for (const id of ids) forget(replica, table, id)
  return false
}

function takeOne(replica: Replica, table: SyncTable, { row, number }: RowRecord): boolean {
  if (!noteNew(replica, table, row, number)) return false
  // The database itself says whether what it refers to stands, and its unique values are free.
  const isUnfit = unlessUnfit(() => insertValues(replica, table, row)) !== undefined
  if (isUnfit) forget(replica, table, row.id)
  return !isUnfit
}
