import { hearsOf } from './referring.ts'
import type { Replica } from './replica.ts'
import { isStanding } from './rows.ts'
import type { SyncTable } from './schema.ts'
import type { RowState } from './state.ts'

/**
 * What a row may refer to, or to nothing, may be nothing that this machine gets: on a trainer's laptop somebody else's. Such a
 * reference stands empty here. What it names is noted beside the row, so that nobody's edit takes it away, and that it is filled
 * in when what it names comes after all.
 */
export function absentOf(replica: Replica, { references }: SyncTable, { values }: RowState): string[] {
  if (getsEverything(replica)) return []
  return references
    .filter(({ column, parent, onDelete }) => {
      const to = values[column] ?? null
      return onDelete === 'SET NULL' && to !== null && !isStanding(replica, parent, to)
    })
    .map(({ column }) => column)
}

export function without(state: RowState, columns: readonly string[]): RowState {
  if (columns.length === 0) return state
  return { ...state, values: { ...state.values, ...Object.fromEntries(columns.map((column) => [column, null])) } }
}

/** Before a row leaves: whoever refers to it and may do without it goes on naming it, and stands without. */
export function letGoOf({ prepared, schema }: Replica, { referredBy }: SyncTable, id: number) {
  for (const { table: name, column } of referredBy) {
    const child = schema.byName.get(name)
    const reference = child?.references.find((one) => one.column === column)
    if (!child || reference?.onDelete !== 'SET NULL' || !hearsOf({ prepared }, child)) continue
    prepared(
      `UPDATE sync_rows SET extra = json_set(coalesce(extra, '{}'), '$."${column}"', ?)
      WHERE table_number = ? AND id IN (SELECT id FROM ${name} WHERE "${column}" = ?)`,
    ).run(id, child.number, id)
    prepared(`UPDATE ${name} SET "${column}" = NULL WHERE "${column}" = ?`).run(id)
  }
}

/** Once everything has come: references that stood empty, and whose row stands now. */
export function fillIn(replica: Replica) {
  if (getsEverything(replica)) return
  const { prepared, schema } = replica
  const noted = prepared<{ number: number; id: number; extra: string }>(
    'SELECT table_number AS number, id, extra FROM sync_rows WHERE extra IS NOT NULL AND deletion IS NULL',
  ).all()
  for (const { number, id, extra } of noted) {
    const table = schema.byNumber.get(number)
    const values: RowState['values'] = JSON.parse(extra)
    for (const { column, parent } of table?.references ?? []) {
      const to = values[column] ?? null
      if (!table || to === null || !isStanding(replica, parent, to)) continue
      prepared(`UPDATE ${table.name} SET "${column}" = ? WHERE id = ? AND "${column}" IS NULL`).run(to, id)
      prepared(
        `UPDATE sync_rows SET extra = nullif(json_remove(extra, '$."${column}"'), '{}') WHERE table_number = ? AND id = ?`,
      ).run(number, id)
    }
  }
}

function getsEverything({ prepared }: Replica): boolean {
  return prepared(`SELECT 1 FROM sync_state WHERE scope = 'organization'`).get() !== undefined
}
