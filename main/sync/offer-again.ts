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
  const unknown = refusedFor(replica, 'unknownTable')
  if (!unknown.some(({ table }) => tables.includes(table))) return false
  inOneWrite(replica, () => offer(replica, [...unknown, ...refusedFor(replica, 'parentMissing')]))
  return true
}

/**
 * Rows have come to the centre, from here or from another machine. Where something that was refused for want of its parent hangs
 * on one of them, all that was refused for that is sealed once more: they may hang on each other.
 */
export function offerChildren(replica: Replica, cameIn: () => readonly Named[]) {
  const orphans = refusedFor(replica, 'parentMissing')
  if (orphans.length === 0) return
  const came = new Set(cameIn().map(keyOf))
  if (orphans.some((row) => parentsOf(replica, row).some((parent) => came.has(keyOf(parent))))) offer(replica, orphans)
}

/**
 * A restored centre had rows in another organization still, and refused what came of them from here; now it gives them to this
 * one. What was written to them here in between goes there once more.
 */
export function offerGiven(replica: Replica, rows: readonly Named[]) {
  const refused = refusedFor(replica, 'foreignBlock')
  if (refused.length === 0) return
  const given = new Set(rows.map(keyOf))
  offer(
    replica,
    refused.filter((row) => given.has(keyOf(row))),
  )
}

function refusedFor({ prepared }: Replica, reason: Refused['reason']): Named[] {
  return prepared<Named>(
    'SELECT DISTINCT table_number AS "table", id FROM sync_refused WHERE reason = ? AND column_name IS NULL',
  ).all(reason)
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

/** Seals them once more; what is refused of them then is told anew. */
function offer({ prepared }: Replica, rows: readonly Named[]) {
  if (rows.length === 0) return
  prepared('UPDATE sync_state SET change = change + 1, within = 0').run()
  for (const { table, id } of rows) {
    prepared('UPDATE sync_rows SET change = (SELECT change FROM sync_state) WHERE table_number = ? AND id = ?').run(
      table,
      id,
    )
    prepared('DELETE FROM sync_refused WHERE table_number = ? AND id = ? AND column_name IS NULL').run(table, id)
  }
}
