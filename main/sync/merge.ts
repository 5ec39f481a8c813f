import { type Register, type Rules, registersOf } from './rules.ts'
import { compareStamps, hasSeen, joined, type RowState, type Stamp, seenBy, stampOf, type Value } from './state.ts'

/** Two people wrote without knowing of each other; what did not stay is kept for a person to decide about. */
export interface Conflict {
  kind: 'concurrentEdit' | 'deleteOverridden'
  table: number
  id: number
  /** '*' is the whole row. */
  register: string
  kept: Stamp
  lost: Stamp
  /** By column; what a deletion would have taken is in the row itself. */
  lostValues: Record<string, Value>
}

export interface Merged {
  state: RowState
  conflicts: Conflict[]
}

/**
 * Joins two states of one row. Commutative, associative and idempotent in `state`, so it does not matter who delivers what,
 * when, or how often. Who had seen what never chooses a winner; it only tells a conflict from a succession.
 * The same rules are written in PL/pgSQL for the centre (`sync.merge_rows`).
 */
export function mergeRows(a: RowState, b: RowState, rules: Rules): Merged {
  const [aSeen, bSeen] = [seenBy(a), seenBy(b)]
  const conflicts: Conflict[] = []
  const values: Record<string, Value> = {}
  const stamps: Record<string, Stamp> = {}
  for (const register of registersOf(rules, a, b)) {
    const { name, columns } = register
    const { won, lost, isOneSided, isTie } = sidesOf(a, b, register)
    stamps[name] = stampOf(won, name)
    for (const column of columns) {
      const value = isTie ? greater(a.values[column], b.values[column]) : won.values[column]
      if (value !== undefined) values[column] = value
    }
    const isConcurrent = !hasSeen(bSeen, stampOf(a, name)) && !hasSeen(aSeen, stampOf(b, name))
    if (isOneSided || register.isQuiet || !isConcurrent || haveSameValues(a, b, columns)) continue
    conflicts.push(conflictOf('concurrentEdit', a, name, stampOf(won, name), stampOf(lost, name), lost, columns))
  }
  const state = compact({
    table: a.table,
    id: a.id,
    values,
    stamps,
    seen: joined(aSeen, bSeen),
    deletion: joinedDeletion(a, b),
  })
  const revived = revivedBy(a, b, state, rules)
  return { state, conflicts: revived ? [...conflicts, revived] : conflicts }
}

/** A deletion takes only what it had seen: a write that it did not know of keeps the row. */
export function isAlive(state: RowState, rules: Rules): boolean {
  const { deletion } = state
  if (!deletion) return true
  if (rules.deletionWins) return false
  return registersOf(rules, state).some(({ name }) => !hasSeen(deletion.saw, stampOf(state, name)))
}

function joinedDeletion({ deletion: a }: RowState, { deletion: b }: RowState): RowState['deletion'] {
  if (!a || !b) return a ?? b
  return { stamp: compareStamps(a.stamp, b.stamp) >= 0 ? a.stamp : b.stamp, saw: joined(a.saw, b.saw) }
}

/** One side was dead and the other had a write that the deletion did not know of. */
function revivedBy(a: RowState, b: RowState, state: RowState, rules: Rules): Conflict | undefined {
  if (!state.deletion || !isAlive(state, rules)) return undefined
  const [dead, alive] = isAlive(a, rules) ? [b, a] : [a, b]
  if (isAlive(dead, rules) || !dead.deletion) return undefined
  const kept = registersOf(rules, alive).map(({ name }) => stampOf(alive, name))
  const latest = kept.reduce((one, other) => (compareStamps(one, other) >= 0 ? one : other))
  return conflictOf('deleteOverridden', alive, '*', latest, dead.deletion.stamp, alive, [])
}

function conflictOf(
  kind: Conflict['kind'],
  { table, id }: RowState,
  register: string,
  kept: Stamp,
  lost: Stamp,
  loser: RowState,
  columns: readonly string[],
): Conflict {
  const lostValues = Object.fromEntries(columns.map((column) => [column, loser.values[column] ?? null]))
  return { kind, table, id, register, kept, lost, lostValues }
}

/**
 * A state that has no column of a register, because it comes from an older version or because its reader may not see the
 * column, says nothing about it, whatever its stamp: otherwise the order of merging would show.
 */
function sidesOf(a: RowState, b: RowState, { name, columns }: Register) {
  const [isInA, isInB] = [a, b].map(({ values }) => columns.some((column) => column in values))
  const order = isInA && isInB ? compareStamps(stampOf(a, name), stampOf(b, name)) : isInA ? 1 : -1
  const [won, lost] = order >= 0 ? [a, b] : [b, a]
  return { won, lost, isOneSided: !(isInA && isInB), isTie: order === 0 }
}

function haveSameValues(a: RowState, b: RowState, columns: readonly string[]): boolean {
  return columns.every((column) => (a.values[column] ?? null) === (b.values[column] ?? null))
}

/** Equal stamps have equal values, unless one side lacks a column or a disk was cloned; then all machines choose alike. */
function greater(a: Value | undefined, b: Value | undefined): Value | undefined {
  return compareValues(a, b) >= 0 ? a : b
}

/** No value, null, numbers, texts by their UTF-8 bytes: an order that PostgreSQL has too. */
function compareValues(a: Value | undefined, b: Value | undefined): number {
  if (a === b) return 0
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return rankOf(a) - rankOf(b)
}

function rankOf(value: Value | undefined): number {
  if (value === undefined) return 0
  if (value === null) return 1
  return typeof value === 'number' ? 2 : 3
}

/** The same state has one form: the commonest register stamp is not repeated, and what one site wrote alone needs no vector. */
function compact(state: {
  table: number
  id: number
  values: Record<string, Value>
  stamps: Record<string, Stamp>
  seen: Record<string, number>
  deletion: RowState['deletion']
}): RowState {
  const lowest = Object.values(state.stamps).reduce((one, other) => (compareStamps(one, other) <= 0 ? one : other))
  const others = Object.entries(state.stamps).filter(([, stamp]) => compareStamps(stamp, lowest) !== 0)
  const whole: RowState = {
    table: state.table,
    id: state.id,
    values: state.values,
    stamp: lowest,
    ...(others.length > 0 && { stamps: Object.fromEntries(others) }),
    ...(state.deletion && { deletion: state.deletion }),
  }
  const alone = seenBy(whole)
  const sites = Object.keys(state.seen)
  const isAlone = sites.length === 1 && alone[sites[0] ?? ''] === state.seen[sites[0] ?? '']
  return isAlone ? whole : { ...whole, seen: state.seen }
}
