import type { TableName } from '../database/registry.ts'
import type { Replica } from './replica.ts'
import { isErasedRow } from './rows.ts'
import type { SyncTable } from './schema.ts'
import type { RowState } from './state.ts'

/** Columns that name the person a row is about; the triggers of the database hold the same. */
const personColumns: Partial<Record<TableName, readonly string[]>> = {
  users: ['id'],
  profiles: ['user_id'],
  beneficiaries: ['user_id'],
  messages: ['sender_id', 'recipient_id'],
  notifications: ['user_id'],
  consents: ['person_id'],
  legal_holds: ['person_id'],
  privacy_requests: ['person_id'],
}

const pseudonym = /^erased-\d+@no-email\.invalid$/

/** Rows of people who were erased are left out, and what refers to such a row; the account itself stays as a number. */
export function isOfErased(replica: Replica, table: SyncTable, state: RowState): boolean {
  if (!isAnybodyErased(replica)) return false
  if (table.name === 'users' && pseudonym.test(String(state.values['email']))) return false
  const people = (personColumns[table.name] ?? []).map((column) => (column === 'id' ? state.id : state.values[column]))
  if (people.some((person) => person !== null && person !== undefined && hasOrder(replica, person))) return true
  return table.references.some(({ column, parent, onDelete }) => {
    const to = state.values[column]
    const parentTable = replica.schema.byName.get(parent)
    return onDelete === 'CASCADE' && typeof to === 'number' && parentTable && isErasedRow(replica, parentTable, to)
  })
}

/** Nobody's row says so either, then: whoever is erased has an order. */
export function isAnybodyErased({ prepared }: Replica): boolean {
  return prepared('SELECT 1 FROM erasure_orders LIMIT 1').get() !== undefined
}

function hasOrder({ prepared }: Replica, person: string | number): boolean {
  return prepared('SELECT 1 FROM erasure_orders WHERE person_id = ?').get(person) !== undefined
}

/** The row went with a person: nothing that hangs on it comes in again. */
export function markErased({ prepared }: Replica, table: number, id: number) {
  prepared(`UPDATE sync_rows SET image = '' WHERE table_number = ? AND id = ?`).run(table, id)
}

/** What the centre has left of an erased account may be written over it. */
export function passErased(replica: Replica, { name }: SyncTable, { id }: RowState, write: () => void) {
  if (name !== 'users' || !isAnybodyErased(replica)) return write()
  const { prepared } = replica
  prepared('INSERT INTO erasures_running (person_id) SELECT person_id FROM erasure_orders WHERE person_id = ?').run(id)
  try {
    write()
  } finally {
    prepared('DELETE FROM erasures_running WHERE person_id = ?').run(id)
  }
}
