import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { Id, Timestamp } from '../../../shared/contract/base.ts'
import type { Clock } from '../../clock.ts'
import type { DatabaseFile } from '../../database/database.ts'
import { safeCopies } from '../../database/safe-copy.ts'
import { writeDurably } from '../../database/write-durably.ts'
import { logActivity } from '../activity/log.ts'
import { type ErasureOrder, erasePerson } from './erase.ts'

const Orders = z.array(z.object({ personId: Id, organizationId: Id, erasedBy: Id.nullable(), erasedAt: Timestamp }))

/** Beside the database, so that an older database that takes its place meets the orders again. Numbers, no names. */
function ordersFile(databasePath: string) {
  return join(dirname(databasePath), 'bdc.erasures')
}

function readOrders(databasePath: string): ErasureOrder[] {
  const path = ordersFile(databasePath)
  return existsSync(path) ? Orders.parse(JSON.parse(readFileSync(path, 'utf8'))) : []
}

/**
 * To be called once the erasure is on the disk: nothing of the person may stay in the log of the database or in the copies
 * from before updates, and a restore must not bring them back.
 */
export function finishErasure(database: DatabaseFile, order: ErasureOrder) {
  const others = readOrders(database.path).filter(({ personId }) => personId !== order.personId)
  writeDurably(ordersFile(database.path), `${JSON.stringify([...others, order])}\n`)
  for (const copy of safeCopies(database.path)) rmSync(copy)
  database.connection.pragma('wal_checkpoint(TRUNCATE)')
}

/** Erases again whom this database still knows although they were erased, as after a restore; before anybody sees them. */
export async function carryOutOrders({ database, clock }: { database: DatabaseFile; clock: Clock }) {
  for (const order of readOrders(database.path)) {
    const known = await database.reader
      .selectFrom('users')
      .leftJoin('erasure_orders', 'erasure_orders.person_id', 'users.id')
      .select(['users.id', 'erasure_orders.person_id as orderedId'])
      .where('users.id', '=', order.personId)
      .where('users.organization_id', '=', order.organizationId)
      .executeTakeFirst()
    if (!known || known.orderedId !== null) continue
    await database.write(async (db) => {
      await erasePerson(db, database.auditKey, order)
      await logActivity(db, database.auditKey, {
        actor: { userId: null, organizationId: order.organizationId },
        action: 'privacy.eraseAgain',
        resource: 'users',
        resourceId: order.personId,
        details: {},
        visitor: { ipAddress: '', userAgent: '' },
        now: clock.now().toISOString(),
      })
    })
    finishErasure(database, order)
  }
}
