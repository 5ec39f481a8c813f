import type { Connection } from '../../database/open.ts'
import { registry, type TableName, tableNames } from '../../database/registry.ts'

/**
 * What somebody deleted before, and the centre has not got yet, says as much of a person who was erased as what stood here:
 * the images of such rows go, and of whatever hangs on them.
 */
export function forgetImages(connection: Connection) {
  const marks = tableNames.flatMap((table) => {
    const theirs = conditionsOf(connection, table)
    return theirs.length === 0 ? [] : [markOf(connection, table, theirs)]
  })
  // What hangs on one of them is found once that is known to be theirs.
  for (let found = 1; found > 0; ) found = marks.reduce((sum, mark) => sum + mark.run().changes, 0)
}

function markOf(connection: Connection, table: TableName, theirs: string[]) {
  return connection.prepare(
    `UPDATE sync_rows SET image = '' WHERE image != '' AND table_number = ${registry[table].number} AND (${theirs.join(' OR ')})`,
  )
}

function conditionsOf(connection: Connection, table: TableName): string[] {
  if (table === 'users') return ['id IN (SELECT person_id FROM erasure_orders)']
  const references = connection
    .prepare<[string], { column: string; parent: string }>(
      `SELECT "from" AS column, "table" AS parent FROM pragma_foreign_key_list(?) WHERE on_delete = 'CASCADE'`,
    )
    .all(table)
  return references.flatMap(({ column, parent }) => {
    const value = `json_extract(image, '$.${column}')`
    if (parent === 'users') return [`${value} IN (SELECT person_id FROM erasure_orders)`]
    const known = tableNames.find((name) => name === parent)
    return known
      ? [
          `EXISTS (SELECT 1 FROM sync_rows AS p WHERE p.table_number = ${registry[known].number} AND p.id = json_extract(sync_rows.image, '$.${column}') AND p.image = '')`,
        ]
      : []
  })
}
