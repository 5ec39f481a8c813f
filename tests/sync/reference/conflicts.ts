import { registry } from '../../../main/database/registry.ts'
import type { RowState, Stamp, Value } from '../../../main/sync/state.ts'
import type { CentreConflict } from '../../../main/sync/wire.ts'
import { type Centre, type CentreRow } from './centre.ts'
import { outInsert } from './out-write.ts'

const table = registry.sync_conflicts.number

export interface Noticed {
  kind: CentreConflict['kind']
  register: string
  kept: Stamp
  lost: Stamp
  lostValues: Record<string, Value>
}

/** A conflict is a row of its organization; what was noticed once is not noticed again. */
export function notice(centre: Centre, { state, organizationId }: CentreRow, noticed: Noticed) {
  const { kind, register, kept, lost, lostValues } = noticed
  const key = [kind, state.table, state.id, register, lost[0], lost[1]].join(':')
  for (const { state: other } of centre.state.rows.values())
    if (other.table === table && other.values['key'] === key) return
  outInsert(centre, organizationId, table, {
    organization_id: organizationId,
    key,
    kind,
    table_number: state.table,
    row_id: state.id,
    person_id: null,
    register,
    kept_clock: kept[0],
    kept_site: kept[1],
    lost_clock: lost[0],
    lost_site: lost[1],
    kept_values: JSON.stringify(valuesOf(state, Object.keys(lostValues))),
    lost_values: JSON.stringify(lostValues),
    kept_by: null,
    lost_by: null,
    noticed_at: new Date(centre.now()).toISOString(),
    decided_by: null,
    decided_at: null,
    decision: null,
  })
}

function valuesOf({ values }: RowState, columns: string[]): Record<string, Value> {
  return Object.fromEntries(columns.map((column) => [column, values[column] ?? null]))
}
