import { type Conflict, isAlive } from '../../../main/sync/merge.ts'
import { compareStamps, type RowState, stampOf } from '../../../main/sync/state.ts'
import { repairReferences } from './arbitrate-references.ts'
import { repairUniques } from './arbitrate-uniques.ts'
import { type Centre, type CentreRow, headOf, keyOf } from './centre.ts'
import { notice } from './conflicts.ts'
import { clockAt, outWrite, rulesOfRow } from './out-write.ts'

export interface Touched {
  row: CentreRow
  conflicts: Conflict[]
  /** When the state before was received; null for a new row. */
  receivedBefore: number | null
  incoming: RowState
}

const tolerance = 5 * 60_000

/** What no machine alone could decide, decided once: by writes of site 0 that travel like all others. */
export function arbitrate(centre: Centre, touched: Touched[]) {
  for (const one of touched) for (const conflict of one.conflicts) judge(centre, one, conflict)
  const queue = touched.map(({ row }) => row)
  for (let next = 0; next < queue.length; next += 1) {
    const row = queue[next]
    if (!row) continue
    queue.push(...repairReferences(centre, row))
    queue.push(...repairUniques(centre, row))
  }
}

/**
 * Stamps decide, unless what stood here won by a clock that was ahead when it came, over what was written and came later:
 * then that stands.
 */
function judge(centre: Centre, { row, incoming, receivedBefore }: Touched, conflict: Conflict) {
  const { kind, register, kept, lost, lostValues } = conflict
  const isStoredKept = compareStamps(stampOf(incoming, register), kept) !== 0
  const before = receivedBefore ?? centre.now()
  const isAhead = kept[0] > clockAt(before + tolerance) && Math.min(lost[0], clockAt(centre.now())) > clockAt(before)
  if (kind !== 'concurrentEdit' || !isStoredKept || !isAhead) {
    notice(centre, row, { kind, register, kept, lost, lostValues })
    return
  }
  const values = row.state.values
  outWrite(centre, row, lostValues)
  notice(centre, row, {
    kind: 'wrongClock',
    register,
    kept: stampOf(row.state, register),
    lost: kept,
    lostValues: Object.fromEntries(Object.keys(lostValues).map((column) => [column, values[column] ?? null])),
  })
}

export function isLiving(centre: Centre, { state }: CentreRow): boolean {
  return isAlive(state, rulesOfRow(centre, state))
}

export function rowAt(centre: Centre, organizationId: number, table: number, id: unknown): CentreRow | undefined {
  const row = typeof id === 'number' ? centre.state.rows.get(keyOf(table, id)) : undefined
  return row?.organizationId === organizationId ? row : undefined
}

/** Living rows of one table of an organization. */
export function livingIn(centre: Centre, organizationId: number, table: number): CentreRow[] {
  headOf(centre, organizationId)
  return [...centre.state.rows.values()].filter(
    (row) => row.state.table === table && row.organizationId === organizationId && isLiving(centre, row),
  )
}
