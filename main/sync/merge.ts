import { type Rules, registersOf } from './rules.ts'
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
  for (const { name, columns, isQuiet } of registersOf(rules, a, b)) {
    const [aStamp, bStamp] = [stampOf(a, name), stampOf(b, name)]
    const order = comparePresence(a, b, columns) || compareStamps(aStamp, bStamp) || compareValues(a, b, columns)
    const [won, lost] = order >= 0 ? [a, b] : [b, a]
    for (const column of columns) {
      const from = Object.hasOwn(won.values, column) ? won : lost
      values[column] = from.values[column] ?? null
    }
    stamps[name] = stampOf(won, name)
    const isConcurrent = hasAny(lost, columns) && !hasSeen(bSeen, aStamp) && !hasSeen(aSeen, bStamp)
    if (isQuiet || !isConcurrent || compareValues(a, b, columns) === 0) continue
    conflicts.push(conflictOf('concurrentEdit', a, name, stampOf(won, name), stampOf(lost, name), lost, columns))
  }
  const state = compact({
    table: a.table,
    id: a.id,
    values,
    // Where the image of a dead row has gone, no register is left.
    lowest: compareStamps(a.stamp, b.stamp) >= 0 ? a.stamp : b.stamp,
    stamps,
    seen: joined(aSeen, bSeen),
    deletion: joinedDeletion(a, b),
  })
  const revived = revivedBy(a, b, state, rules)
  return { state, conflicts: revived ? [...conflicts, revived] : conflicts }
}

/**
 * A deletion takes only what it had seen: a write that it did not know of keeps the row. What machines write on their own,
 * such as the time of a sign-in, does not; but what the centre wrote since does, whatever has been written over it.
 */
export function isAlive(state: RowState, rules: Rules): boolean {
  const { deletion } = state
  if (!deletion) return true
  if (rules.deletionWins) return false
  const registers = registersOf(rules, state)
  const byCentre = seenBy(state)[centre] ?? -1
  if (registers.length > 0 && !hasSeen({ [centre]: -1, ...deletion.saw }, [byCentre, centre])) return true
  return registers.some(({ name, isQuiet }) => !isQuiet && !hasSeen(deletion.saw, stampOf(state, name)))
}

/** Its site. */
const centre = 0

function joinedDeletion({ deletion: a }: RowState, { deletion: b }: RowState): RowState['deletion'] {
  if (!a || !b) return a ?? b
  return { stamp: compareStamps(a.stamp, b.stamp) >= 0 ? a.stamp : b.stamp, saw: joined(a.saw, b.saw) }
}

/** One side was dead, and the other had a write that the deletion did not know of and did not know of the deletion. */
function revivedBy(a: RowState, b: RowState, state: RowState, rules: Rules): Conflict | undefined {
  if (!state.deletion || !isAlive(state, rules)) return undefined
  const [dead, alive] = isAlive(a, rules) || (!isAlive(b, rules) && isDeletedLater(b, a)) ? [b, a] : [a, b]
  if (isAlive(dead, rules) || !dead.deletion || hasSeen(seenBy(alive), dead.deletion.stamp)) return undefined
  const kept = registersOf(rules, alive)
    .filter(({ isQuiet }) => !isQuiet)
    .map(({ name }) => stampOf(alive, name))
  const latest = kept.reduce((one, other) => (compareStamps(one, other) >= 0 ? one : other), kept[0] ?? alive.stamp)
  return conflictOf('deleteOverridden', alive, '*', latest, dead.deletion.stamp, alive, [])
}

/** Where each side was dead and the other had what brings it back, the later deletion is the one to ask about. */
function isDeletedLater({ deletion: one }: RowState, { deletion: other }: RowState): boolean {
  return one !== undefined && other !== undefined && compareStamps(one.stamp, other.stamp) > 0
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

/** A column that only a newer program knows has no stamp on the other side: it is neither older there nor in conflict. */
function comparePresence(a: RowState, b: RowState, columns: readonly string[]): number {
  return Number(hasAny(a, columns)) - Number(hasAny(b, columns))
}

function hasAny({ values }: RowState, columns: readonly string[]): boolean {
  return columns.some((column) => Object.hasOwn(values, column))
}

/** Equal stamps have equal values, unless a disk was cloned; then all machines still choose alike. */
function compareValues(a: RowState, b: RowState, columns: readonly string[]): number {
  for (const column of columns) {
    const order = compareValue(a.values[column] ?? null, b.values[column] ?? null)
    if (order !== 0) return order
  }
  return 0
}

/** Null, numbers, texts by their bytes in UTF-8: an order that PostgreSQL has too. */
function compareValue(a: Value, b: Value): number {
  if (a === b) return 0
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return rankOf(a) - rankOf(b)
}

function rankOf(value: Value): number {
  if (value === null) return 0
  return typeof value === 'number' ? 1 : 2
}

/** The same state has one form: the lowest register stamp is not repeated, and what one site wrote alone needs no vector. */
function compact(state: {
  table: number
  id: number
  values: Record<string, Value>
  lowest: Stamp
  stamps: Record<string, Stamp>
  seen: Record<string, number>
  deletion: RowState['deletion']
}): RowState {
  const [first = state.lowest, ...rest] = Object.values(state.stamps)
  const lowest = rest.reduce((one, other) => (compareStamps(one, other) <= 0 ? one : other), first)
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
