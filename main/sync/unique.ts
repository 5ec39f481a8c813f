import { parkedAt } from './parked.ts'
import type { Replica } from './replica.ts'
import { isStanding } from './rows.ts'
import type { SyncTable, UniqueIndex } from './schema.ts'
import type { RowState, Value } from './state.ts'

/** The row that stands in the way of a value that only one may have. */
function holderOf({ prepared }: Replica, table: SyncTable, { columns, where }: UniqueIndex, state: RowState) {
  const values = columns.map((column) => state.values[column] ?? null)
  if (values.includes(null)) return undefined
  const same = columns.map((column) => `"${column}" = ?`).join(' AND ')
  return prepared<number>(
    `SELECT id FROM ${table.name} WHERE ${same} AND id <> ?${where === null ? '' : ` AND (${where})`}`,
  )
    .pluck()
    .get(...values, state.id)
}

/** Whether a partial index is about this state; the one there is says which attempts are running. */
function concerns({ where }: UniqueIndex, { values }: RowState): boolean {
  if (where === null) return true
  const [, column = '', value] = /^(\w+) = '(\w+)'$/.exec(where) ?? []
  return values[column] === value
}

/**
 * Makes room for the unique values of a row. Who holds one gives way when it is itself about to be written or to go, as
 * where two rows exchange their values; otherwise false: the centre knows of both soon, and decides.
 */
export function makeRoom(replica: Replica, table: SyncTable, state: RowState): boolean {
  for (const index of table.uniques.filter((one) => concerns(one, state))) {
    const holder = holderOf(replica, table, index, state)
    if (holder === undefined) continue
    if (!parkedAt(replica, table.number, holder)) return false
    if (!setAside(replica, table, index, holder)) return false
  }
  return true
}

function setAside({ prepared }: Replica, { name, required, references }: SyncTable, index: UniqueIndex, id: number) {
  if (index.where !== null) {
    prepared(`UPDATE ${name} SET state = 'handed_in' WHERE id = ?`).run(id)
    return true
  }
  const isReference = (column: string) => references.some((reference) => reference.column === column)
  const column = index.columns.find((one) => !required.has(one)) ?? index.columns.find((one) => !isReference(one))
  if (column === undefined) return false
  const placeholder: Record<string, Value> = { email: `aside-${id}@no-email.invalid`, key: `aside-${id}` }
  const value = required.has(column) ? (placeholder[column] ?? freeNumber(id)) : null
  prepared(`UPDATE ${name} SET "${column}" = ? WHERE id = ?`).run(value, id)
  return true
}

/** Out of the way of all that count from one. */
function freeNumber(id: number): number {
  return 2 ** 31 - 1 - (id % 2 ** 20)
}

/** Everything the row refers to stands in its table. */
export function hasParents(replica: Replica, { references }: SyncTable, { values, id, table }: RowState): boolean {
  return references.every(({ column, parent }) => {
    const to = values[column] ?? null
    if (to === null) return true
    const isItself = to === id && replica.schema.byName.get(parent)?.number === table
    return isItself || isStanding(replica, parent, to)
  })
}
