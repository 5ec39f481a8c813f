import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { Id, Timestamp } from '../../../shared/contract/base.ts'
import type { Connection } from '../../database/open.ts'
import { writeDurably } from '../../database/write-durably.ts'
import type { ErasureOrder } from './erase.ts'

const KeptOrder = z.object({
  personId: Id,
  organizationId: Id,
  erasedBy: Id.nullable(),
  erasedAt: Timestamp,
  /** Whose order it is: after a restore from another computer the same number may be somebody else. */
  installation: z.string(),
})
export type KeptOrder = z.infer<typeof KeptOrder>

/** Beside the database, so that an older database that takes its place meets the orders again. Numbers, no names. */
export function keptOrders(databasePath: string): KeptOrder[] {
  const path = ordersFile(databasePath)
  return existsSync(path) ? z.array(KeptOrder).parse(JSON.parse(readFileSync(path, 'utf8'))) : []
}

export function keepOrders(databasePath: string, orders: readonly KeptOrder[]) {
  const others = keptOrders(databasePath).filter((kept) => !orders.some((order) => isSame(kept, order)))
  if (orders.length > 0) writeDurably(ordersFile(databasePath), `${JSON.stringify([...others, ...orders])}\n`)
}

/** The orders that stand in a database itself. */
export function ordersIn(connection: Connection): KeptOrder[] {
  const tables = connection.prepare(
    `SELECT count(*) FROM sqlite_schema WHERE name IN ('erasure_orders', 'local_installation')`,
  )
  if (tables.pluck().get() !== 2) return []
  const orders = connection.prepare<[], ErasureOrder>(
    `SELECT person_id AS personId, organization_id AS organizationId, erased_by AS erasedBy, erased_at AS erasedAt
     FROM erasure_orders ORDER BY erased_at`,
  )
  const installation = installationIn(connection)
  return orders.all().map((order) => ({ ...order, installation }))
}

/** What orders call the installation of this database: it tells nothing of its code, which is nobody's to know. */
export function installationIn(connection: Connection): string {
  const code = connection.prepare<[], string>('SELECT code FROM local_installation').pluck().get() ?? ''
  return createHash('sha256').update(`orders ${code}`).digest('hex').slice(0, 16)
}

export function isSame(one: KeptOrder, other: KeptOrder): boolean {
  return one.personId === other.personId && one.installation === other.installation
}

function ordersFile(databasePath: string) {
  return join(dirname(databasePath), 'bdc.erasures')
}
