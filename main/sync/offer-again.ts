import { inOneWrite, type Replica } from './replica.ts'
import { stateOf } from './rows.ts'
import type { RowState } from './state.ts'
import type { Refused } from './wire.ts'

type Named = Pick<RowState, 'table' | 'id'>

/**
 * The centre was updated and takes rows of tables that it did not know when they came from here: they are sealed once more, and
 * with them what hung on them and was not taken either. Says whether there were any.
 */
export function offerLearned(replica: Replica, tables: readonly number[] = []): boolean {
  const isLearned = replica.prepared(
    `SELECT 1 FROM sync_refused WHERE reason = 'unknownTable' AND table_number IN (SELECT value FROM json_each(?)) LIMIT 1`,
  )
  if (!isLearned.get(JSON.stringify(tables))) return false
  inOneWrite(replica, () => offerRefused(replica, ['unknownTable', 'parentMissing']))
  return true
}

/**
 * Rows have come to the centre, from here or from another machine. Where something that was refused for want of its parent hangs
 * on one of them, all that was refused for that is sealed once more: they may hang on each other.
 */
export function offerChildren(replica: Replica, cameIn: () => readonly Named[]) {
  const refused = replica
    .prepared<Named>(`SELECT DISTINCT table_number AS "table", id FROM sync_refused WHERE reason = 'parentMissing'`)
    .all()
  if (refused.length === 0) return
  const came = new Set(cameIn().map(keyOf))
  if (refused.some((row) => parentsOf(replica, row).some((parent) => came.has(keyOf(parent)))))
    offerRefused(replica, ['parentMissing'])
}

/** What the centre wants to have before it takes a row. */
function parentsOf(replica: Replica, { table: number, id }: Named): Named[] {
  const { byName, byNumber } = replica.schema
  const table = byNumber.get(number)
  const values = table && stateOf(replica, table, id)?.values
  if (!values) return []
  const firm = table.references.filter(({ onDelete, parent }) => onDelete !== 'SET NULL' && parent !== 'organizations')
  const named = table.name === 'erasure_orders' ? [{ column: 'person_id', parent: 'users' as const }] : firm
  return named.flatMap(({ column, parent }) => {
    const [to, its] = [values[column], byName.get(parent)]
    return typeof to === 'number' && its ? [{ table: its.number, id: to }] : []
  })
}

function keyOf({ table, id }: Named): string {
  return `${table} ${id}`
}

function offerRefused({ prepared }: Replica, reasons: readonly Refused['reason'][]) {
  const refused = 'FROM sync_refused WHERE column_name IS NULL AND reason IN (SELECT value FROM json_each(?))'
  prepared('UPDATE sync_state SET change = change + 1, within = 0').run()
  prepared(
    `UPDATE sync_rows SET change = (SELECT change FROM sync_state) WHERE (table_number, id) IN (SELECT table_number, id ${refused})`,
  ).run(JSON.stringify(reasons))
  prepared(`DELETE ${refused}`).run(JSON.stringify(reasons))
}
