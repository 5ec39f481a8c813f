import { hearsOf } from './referring.ts'
import type { Replica } from './replica.ts'
import { isStanding } from './rows.ts'
import type { SyncTable } from './schema.ts'
import type { RowState } from './state.ts'

/**
 * What a row may refer to, or to nothing, may be nothing that this machine gets: on a trainer's laptop somebody else's. Or
 * nothing that anybody gets: the centre may have forgotten it, or not have taken it. Such a reference stands empty here. What
 * it names is noted beside the row, so that nobody's edit takes it away, and that it is filled in when that comes after all.
 */
export function absentOf(replica: Replica, { references }: SyncTable, { values }: RowState): string[] {
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
      `UPDATE sync_rows SET absent = 1, extra = json_set(coalesce(extra, '{}'), '$."${column}"', ?)
      WHERE table_number = ? AND id IN (SELECT id FROM ${name} WHERE "${column}" = ?)`,
    ).run(id, child.number, id)
    prepared(`UPDATE ${name} SET "${column}" = NULL WHERE "${column}" = ?`).run(id)
  }
}

interface Noted {
  number: number
  id: number
  extra: string | null
}

/** Once everything has come: references that stood empty, and whose row stands now. */
export function fillIn(replica: Replica) {
  const { prepared } = replica
  const noted = prepared<Noted>('SELECT table_number AS number, id, extra FROM sync_rows WHERE absent = 1').all()
  const settle = prepared('UPDATE sync_rows SET absent = 0 WHERE table_number = ? AND id = ?')
  for (const row of noted) if (!fillRow(replica, row)) settle.run(row.number, row.id)
}

/** Says whether something is still absent, or the row itself is, which may live again. */
function fillRow({ prepared, schema }: Replica, { number, id, extra }: Noted): boolean {
  const table = schema.byNumber.get(number)
  if (!table || !isStanding({ prepared }, table.name, id)) return true
  const values: RowState['values'] = extra === null ? {} : JSON.parse(extra)
  const named = table.references.filter(({ column }) => (values[column] ?? null) !== null)
  const here = named.filter(({ column, parent }) => isStanding({ prepared }, parent, values[column] ?? null))
  for (const { column } of here) {
    prepared(`UPDATE ${table.name} SET "${column}" = ? WHERE id = ? AND "${column}" IS NULL`).run(values[column], id)
    prepared(
      `UPDATE sync_rows SET extra = nullif(json_remove(extra, '$."${column}"'), '{}') WHERE table_number = ? AND id = ?`,
    ).run(number, id)
  }
  return here.length < named.length
}
