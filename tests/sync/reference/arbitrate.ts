import type { Conflict } from '../../../main/sync/merge.ts'
import { compareStamps, type RowState, stampOf } from '../../../main/sync/state.ts'
import { emptyReferences, reviveParents } from './arbitrate-references.ts'
import { repairUniques } from './arbitrate-uniques.ts'
import type { Centre, CentreRow } from './centre.ts'
import { notice } from './conflicts.ts'
import { clockAt, outWrite } from './out-write.ts'

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
  const rows = new Set(touched.map(({ row }) => row))
  const repairs = [reviveParents, emptyReferences, repairUniques]
  // From the beginning after each that did something: what lives again keeps what refers to it.
  for (let next = 0; next < repairs.length; ) {
    const changed = [...rows].flatMap((row) => repairs[next]?.(centre, row) ?? [])
    for (const row of changed) rows.add(row)
    next = changed.length > 0 ? 0 : next + 1
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
