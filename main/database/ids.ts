import { sql } from 'kysely'
import type { Id } from '../../shared/contract/base.ts'
import type { Writer } from './database.ts'
import type { TableName } from './registry.ts'

/** Counters have 32 bits and site numbers 21, together the 53 bits that a JavaScript number holds exactly. */
const blockSize = 2 ** 32

/** The next id of a table in this site's block. The database refuses rows whose id was not minted here. */
export async function mintId(db: Writer, table: TableName): Promise<Id> {
  const [id] = await mintIds(db, table, 1)
  if (id === undefined) throw new Error(`No id was minted for ${table}.`)
  return id
}

/** `count` consecutive ids; minted in the transaction of the rows, so a rollback gives them back. */
export async function mintIds(db: Writer, table: TableName, count: number): Promise<Id[]> {
  const { next, site } = await db
    .updateTable('id_counters')
    .set((eb) => ({ next: eb('next', '+', count) }))
    .where('table_name', '=', table)
    .returning(['next', sql<number>`(select site from local_site)`.as('site')])
    .executeTakeFirstOrThrow()
  return Array.from({ length: count }, (_, index) => site * blockSize + next - count + index)
}
