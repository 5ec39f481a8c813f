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
  const [own, other] = [writtenHere(replica, through, unsent), theirs].map((states) =>
    writesOf(replica, states, site),
  ) as [Writes, Writes]
  let clock = before
  for (const at of [...own.keys()].filter((one) => one > before && other.has(one)).sort((a, b) => a - b)) {
    const verdict = compared(own.get(at) ?? new Map(), other.get(at) ?? new Map())
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

interface Written {
  table: string
  id: number
  value: Value
}

/** By clock, what was written then, by row and column. */
type Writes = Map<number, Map<string, Written>>

function writesOf({ schema }: Replica, states: readonly RowState[], site: number): Writes {
  const writes: Writes = new Map()
  for (const state of states) {
    const table = schema.byNumber.get(state.table)
    if (!table) continue
    const note = ([clock, by]: readonly [number, number], column: string, value: Value) => {
      if (by !== site) return
      const its = writes.get(clock) ?? new Map<string, Written>()
      writes.set(clock, its.set(`${table.name} ${state.id} ${column}`, { table: table.name, id: state.id, value }))
    }
    for (const [column, value] of Object.entries(state.values))
      note(stampOf(state, registerOf(table.rules, column)), column, value)
    if (state.deletion) note(state.deletion.stamp, '', null)
  }
  return writes
}

/** Of one of them more columns may still stand than of the other; where none stands of both, nothing can be told. */
function compared(own: Map<string, Written>, other: Map<string, Written>): 'same' | 'different' | 'unknown' {
  const [[one], [another]] = [own.values(), other.values()].map((all) => [...all]) as [Written[], Written[]]
  if (one?.table !== another?.table || one?.id !== another?.id) return 'different'
  const both = [...own].filter(([place]) => other.has(place))
  if (both.length === 0) return 'unknown'
  return both.every(([place, { value }]) => other.get(place)?.value === value) ? 'same' : 'different'
}
