import type { Replica } from './replica.ts'
import { RowState } from './state.ts'

/**
 * Why a row waits. `parent`: what it refers to is not here. `taken`: another row has its unique value. `children`: rows that
 * stand refer to one that went. `unknown`: a newer program made its table. `unfit`: this database does not take it.
 */
export type Why = 'parent' | 'taken' | 'children' | 'unknown' | 'unfit'

export interface Parked {
  state: RowState
  base: number
}

export function park({ prepared }: Replica, { state, base }: Parked, why: Why) {
  prepared(`INSERT INTO sync_parked (table_number, id, why, record) VALUES (?, ?, ?, ?)
    ON CONFLICT (table_number, id) DO UPDATE SET why = excluded.why, record = excluded.record`).run(
    state.table,
    state.id,
    why,
    JSON.stringify({ state, base }),
  )
}

export function parkedAt({ prepared }: Replica, table: number, id: number): Parked | undefined {
  const text = prepared<string>('SELECT record FROM sync_parked WHERE table_number = ? AND id = ?')
    .pluck()
    .get(table, id)
  return text === undefined ? undefined : read(text)
}

export function unpark({ prepared }: Replica, table: number, id: number) {
  prepared('DELETE FROM sync_parked WHERE table_number = ? AND id = ?').run(table, id)
}

export function allParked({ prepared }: Replica): Parked[] {
  return prepared<string>('SELECT record FROM sync_parked').pluck().all().map(read)
}

export function isAnyParked({ prepared }: Replica): boolean {
  return prepared('SELECT 1 FROM sync_parked LIMIT 1').get() !== undefined
}

function read(text: string): Parked {
  const { state, base } = JSON.parse(text)
  return { state: RowState.parse(state), base: Number(base) }
}
