import { isAlive } from '../../../main/sync/merge.ts'
import { type Centre, type CentreRow, keyOf } from './centre.ts'
import { rulesOfRow } from './out-write.ts'

export function isLiving(centre: Centre, { state }: CentreRow): boolean {
  return isAlive(state, rulesOfRow(centre, state))
}

export function rowAt(centre: Centre, organizationId: number, table: number, id: unknown): CentreRow | undefined {
  const row = typeof id === 'number' ? centre.state.rows.get(keyOf(table, id)) : undefined
  return row?.organizationId === organizationId ? row : undefined
}

/** Living rows of one table of an organization. */
export function livingIn(centre: Centre, organizationId: number, table: number): CentreRow[] {
  return [...centre.state.rows.values()].filter(
    (row) => row.state.table === table && row.organizationId === organizationId && isLiving(centre, row),
  )
}
