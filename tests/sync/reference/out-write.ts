import { mergeRows } from '../../../main/sync/merge.ts'
import { registerOf, rulesOf } from '../../../main/sync/rules.ts'
import { highestClock, joined, type RowState, type Stamp, seenBy, type Value } from '../../../main/sync/state.ts'
import { type Centre, type CentreRow, headOf, keyOf } from './centre.ts'

const epoch = Date.UTC(2024, 0, 1)

/** The clock of a moment, in milliseconds since 1970. */
export function clockAt(milliseconds: number): number {
  return Math.max(0, milliseconds - epoch) * 4096
}

export function rulesOfRow({ schema }: Centre, { table }: RowState) {
  const found = schema.get(table)
  if (!found) throw new Error(`No table has the number ${table}.`)
  return rulesOf(found.name)
}

/** The same state has one form, whoever wrote it. */
export function settled(centre: Centre, state: RowState): RowState {
  return mergeRows(state, state, rulesOfRow(centre, state)).state
}

/** Later than all that the row has seen, so that every machine takes it. */
function nextStamp(centre: Centre, row: RowState | undefined): Stamp {
  return [Math.max(clockAt(centre.now()), row ? highestClock(row) + 1 : 0), 0]
}

/** The centre writes as site 0, like everybody else, and puts the row at the end of the feed. */
export function outWrite(centre: Centre, row: CentreRow, values: Record<string, Value>) {
  const { state } = row
  const stamp = nextStamp(centre, state)
  const rules = rulesOfRow(centre, state)
  const registers = Object.keys(values).map((column) => registerOf(rules, column))
  put(centre, row, {
    ...state,
    values: { ...state.values, ...values },
    stamps: { ...state.stamps, ...Object.fromEntries(registers.map((register) => [register, stamp])) },
    seen: { ...seenBy(state), 0: stamp[0] },
  })
}

/**
 * The row lives again as it was. What brings it back is the time of its last change, written anew with the value it had: an
 * edit by somebody who knew of none of this then stands beside it, and nobody is asked.
 */
export function outRevive(centre: Centre, row: CentreRow) {
  const { values } = row.state
  const column = ['updated_at', 'created_at', ...Object.keys(values).sort()].find((name) => name in values)
  if (column !== undefined) outWrite(centre, row, { [column]: values[column] ?? null })
}

/** Does not claim to have seen its own stamp: what a centre wrote before it was restored it has not seen. */
export function outDelete(centre: Centre, row: CentreRow) {
  const { state } = row
  const seen = seenBy(state)
  put(centre, row, {
    ...state,
    seen,
    deletion: { stamp: nextStamp(centre, state), saw: joined(seen, state.deletion?.saw ?? {}) },
  })
}

export function outInsert(centre: Centre, organizationId: number, table: number, values: Record<string, Value>) {
  centre.state.minted += 1
  const state: RowState = { table, id: centre.state.minted, values, stamp: nextStamp(centre, undefined) }
  const row: CentreRow = { state, organizationId, number: 0, firstNumber: 0, receivedAt: centre.now(), echoOf: null }
  centre.state.rows.set(keyOf(table, state.id), row)
  put(centre, row, state)
}

function put(centre: Centre, row: CentreRow, state: RowState) {
  row.state = settled(centre, state)
  row.echoOf = null
  row.receivedAt = centre.now()
  number(centre, row)
}

/** The next number of the feed. */
export function number(centre: Centre, row: CentreRow) {
  const head = headOf(centre, row.organizationId)
  head.number += 1
  row.number = head.number
  if (row.firstNumber === 0) row.firstNumber = head.number
}
