import { hearsOf, isReferredTo } from './referring.ts'
import type { Replica } from './replica.ts'
import { takeOut } from './rows.ts'

/**
 * Once everything was pulled again: rows that the centre had and did not give have died there, and it no longer knows of
 * what. What it never took stays, what is still to be sent, and whatever those refer to.
 */
export function letGoOfForgotten(replica: Replica) {
  const { prepared, schema } = replica
  const known = prepared<number>('SELECT again FROM sync_state WHERE again IS NOT NULL AND upto IS NOT NULL')
    .pluck()
    .get()
  if (known === undefined) return
  const forgotten = prepared<number>(
    `SELECT id FROM sync_rows AS r WHERE table_number = ? AND base = 0 AND change <= ?
      AND NOT EXISTS (SELECT 1 FROM sync_parked AS p WHERE p.table_number = r.table_number AND p.id = r.id)
      AND NOT EXISTS (SELECT 1 FROM sync_refused AS n WHERE n.table_number = r.table_number AND n.id = r.id AND n.column_name IS NULL)`,
  ).pluck()
  const childrenFirst = [...schema.tables].sort((a, b) => b.place - a.place)
  for (const table of childrenFirst) {
    if (table.name === 'organizations' || !hearsOf(replica, table)) continue
    for (const id of forgotten.all(table.number, known)) {
      if (isReferredTo(replica, table, id)) continue
      takeOut(replica, table, id)
      prepared('DELETE FROM sync_rows WHERE table_number = ? AND id = ?').run(table.number, id)
    }
  }
  prepared('UPDATE sync_state SET again = NULL').run()
}
