import type { RowState } from '../../../main/sync/state.ts'
import { highestClock, seenBy } from '../../../main/sync/state.ts'
import type { PushedRow } from '../../../main/sync/wire.ts'
import { clockNow, type TestDevice } from './centre.ts'

export type PulledRow = RowState & { number?: number }

/** What `device` would push after it wrote `values` into a state that it has pulled; each column is a register here. */
export function edited(device: TestDevice, row: PulledRow, values: RowState['values'], aheadMs = 0): PushedRow {
  const { number: base = 0, ...state } = row
  const clock = Math.max(clockNow(aheadMs), highestClock(state) + 1)
  const written = Object.fromEntries(
    Object.keys(values).map((name) => [name, [clock, device.site] as [number, number]]),
  )
  return {
    ...state,
    values: { ...state.values, ...values },
    stamps: { ...state.stamps, ...written },
    seen: { ...seenBy(state), [device.site]: clock },
    base,
  }
}

export function deleted(device: TestDevice, row: PulledRow): PushedRow {
  const { number: base = 0, ...state } = row
  const clock = Math.max(clockNow(), highestClock(state) + 1)
  const saw = { ...seenBy(state), [device.site]: clock }
  return { ...state, seen: saw, deletion: { stamp: [clock, device.site], saw }, base }
}

export function rowOf<Row extends RowState>(rows: readonly Row[], table: number, id: number): Row {
  const row = rows.find((one) => one.table === table && one.id === id)
  if (!row) throw new Error(`Row ${id} of table ${table} did not come.`)
  return row
}
