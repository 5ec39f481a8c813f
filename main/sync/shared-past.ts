import type { Replica } from './replica.ts'
import { stateOf } from './rows.ts'
import { registerOf } from './rules.ts'
import type { Contents } from './seal.ts'
import { type RowState, stampOf, type Value } from './state.ts'
import { PushedRow } from './wire.ts'

/** What two copies of one disk wrote before they parted. */
export interface SharedPast {
  /** Up to this clock what either has written is of both. */
  clock: number
  /** By table, rows that were there by then. */
  rows: ReadonlyMap<string, ReadonlySet<number>>
}

interface Asked {
  /** Who both were. */
  site: number
  /** Up to here it is known that they were one. */
  clock: number
  /** Rows that were changed here after this change may have been sent by the other copy alone. */
  through: number
  /** What was sealed here and not sent. */
  unsent: readonly Contents[]
  /** What the centre has of the other copy. */
  theirs: readonly RowState[]
}

/**
 * A machine gives each clock to one write. The clocks that both copies gave to the same write are of before they parted, up to
 * the first that they gave to different ones.
 */
export function sharedPast(replica: Replica, { site, clock: before, through, unsent, theirs }: Asked): SharedPast {
  const own = writesOf(replica, writtenHere(replica, through, unsent), site)
  const other = writesOf(replica, theirs, site)
  let clock = before
  for (const at of [...own.keys()].filter((one) => one > before).sort((a, b) => a - b)) {
    const verdict = compared(own.get(at), other.get(at))
    if (verdict === 'different') break
    if (verdict === 'same') clock = at
  }
  const rows = new Map<string, Set<number>>()
  for (const [at, columns] of [...own, ...other]) {
    if (at > clock) continue
    for (const { table, id } of columns.values()) rows.set(table, (rows.get(table) ?? new Set()).add(id))
  }
  return { clock, rows }
}

/** The rows that were changed since, as they are and as they were sealed. */
function writtenHere(replica: Replica, through: number, unsent: readonly Contents[]): RowState[] {
  const changed = replica
    .prepared<{ table: number; id: number }>(
      'SELECT table_number AS "table", id FROM sync_rows WHERE change > 0 AND change > ?',
    )
    .all(through)
  return [
    ...changed.flatMap(({ table, id }) => {
      const its = replica.schema.byNumber.get(table)
      return (its && stateOf(replica, its, id)) ?? []
    }),
    ...unsent.flatMap(({ body }) => body.split('\n').map((line) => PushedRow.parse(JSON.parse(line)))),
  ]
}

/** By row and column. */
type Written = Map<string, { table: string; id: number; value: Value }>

/** What was written, by clock. */
type Writes = Map<number, Written>

function writesOf({ schema }: Replica, states: readonly RowState[], site: number): Writes {
  const writes: Writes = new Map()
  for (const state of states) {
    const table = schema.byNumber.get(state.table)
    if (!table) continue
    const note = ([clock, by]: readonly [number, number], column: string, value: Value) => {
      if (by !== site) return
      const its: Written = writes.get(clock) ?? new Map()
      writes.set(clock, its.set(`${table.name} ${state.id} ${column}`, { table: table.name, id: state.id, value }))
    }
    for (const [column, value] of Object.entries(state.values))
      note(stampOf(state, registerOf(table.rules, column)), column, value)
    if (state.deletion) note(state.deletion.stamp, '', null)
  }
  return writes
}

/**
 * Of one of them more may still stand than of the other; where nothing stands of both, nothing can be told. What was there when
 * the database became one of the centre's has one clock, many rows of it.
 */
function compared(own: Written = new Map(), other: Written = new Map()): 'same' | 'different' | 'unknown' {
  if (other.size === 0) return 'unknown'
  const both = [...own].filter(([place]) => other.has(place))
  if (both.length > 0)
    return both.every(([place, { value }]) => other.get(place)?.value === value) ? 'same' : 'different'
  const rowsOf = (writes: Written) => [...writes.values()].map(({ table, id }) => `${table} ${id}`)
  const theirs = new Set(rowsOf(other))
  return rowsOf(own).some((row) => theirs.has(row)) ? 'unknown' : 'different'
}
