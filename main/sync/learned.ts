import Sqlite from 'better-sqlite3'
import type { Connection } from '../database/open.ts'
import { type Reference, type SyncTable, syncSchemaOf } from './schema.ts'

interface Kept {
  id: number
  extra: string
}

/**
 * An update has brought columns that others knew of before: what they wrote to them was kept beside the rows, and takes its
 * place now. Without capture: everybody has it already.
 */
export function placeLearned(connection: Connection) {
  for (const table of syncSchemaOf(connection).tables) {
    const kept = connection
      .prepare<[number], Kept>('SELECT id, extra FROM sync_rows WHERE table_number = ? AND extra IS NOT NULL')
      .all(table.number)
    for (const row of kept) placeRow(connection, table, row)
  }
}

function placeRow(connection: Connection, { name, number, columns, references }: SyncTable, { id, extra }: Kept) {
  const values: Record<string, unknown> = JSON.parse(extra)
  const isAbsent = ({ column, parent }: Reference) =>
    connection.prepare(`SELECT 1 FROM ${parent} WHERE id = ?`).get(values[column]) === undefined
  const absent = references.filter((one) => (values[one.column] ?? null) !== null && isAbsent(one))
  const known = columns.filter((column) => column in values && !absent.some((one) => one.column === column))
  if (known.length === 0) return
  const sets = known.map((column) => `"${column}" = ?`).join(', ')
  try {
    connection.prepare(`UPDATE ${name} SET ${sets} WHERE id = ?`).run(...known.map((column) => values[column]), id)
  } catch (error) {
    // What this database refuses stays beside the row.
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')) return
    throw error
  }
  const left = Object.entries(values).filter(([column]) => !known.includes(column))
  connection
    .prepare('UPDATE sync_rows SET extra = ? WHERE table_number = ? AND id = ?')
    .run(left.length === 0 ? null : JSON.stringify(Object.fromEntries(left)), number, id)
}
