import { reaches } from '../centre/reach.ts'
import type { Replica } from './replica.ts'
import type { SyncTable } from './schema.ts'

/** Lines of the log go to the centre only, and what a kiosk hands in it does not hear of again. */
export function hearsOf({ prepared }: Pick<Replica, 'prepared'>, { name, sync }: SyncTable): boolean {
  if (sync === 'push') return false
  return reaches[name].kioskReads || !prepared(`SELECT 1 FROM sync_state WHERE scope = 'kiosk'`).get()
}

/** All of the organization, and not what concerns the people of a trainer, or a kiosk. */
export function getsEverything({ prepared }: Pick<Replica, 'prepared'>): boolean {
  return prepared(`SELECT 1 FROM sync_state WHERE scope = 'organization'`).get() !== undefined
}

/**
 * What this machine does not hear of again lets go of what it refers to by itself. So does a row whose reference is
 * emptied and that is itself about to go, and none keeps itself: rows that refer to each other go together.
 */
export function isReferredTo({ prepared, schema }: Replica, { name, referredBy }: SyncTable, id: number): boolean {
  return referredBy.some(({ table, column }) => {
    const child = schema.byName.get(table)
    if (!child || !hearsOf({ prepared }, child)) return false
    const isEmptied = child.references.some((one) => one.column === column && one.onDelete === 'SET NULL')
    const going = `SELECT id FROM sync_parked WHERE table_number = ${child.number} AND why = 'children'`
    const others = `AND (${table === name ? 'id <> ?' : '? IS NOT NULL'}) ${isEmptied ? `AND id NOT IN (${going})` : ''}`
    return prepared(`SELECT 1 FROM ${table} WHERE "${column}" = ? ${others} LIMIT 1`).get(id, id) !== undefined
  })
}
