import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { Id, Timestamp } from '../../../shared/contract/base.ts'
import type { Clock } from '../../clock.ts'
import type { DatabaseFile, Reader } from '../../database/database.ts'
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
 * from before updates, and a restore must not bring them back. An order in the file says that all of it is done, so the
 * file comes last, and a start after a crash does what is missing.
 */
export function finishErasure(database: DatabaseFile, order: ErasureOrder) {
  forgetOldPages(database)
  const others = readOrders(database.path).filter(({ personId }) => personId !== order.personId)
  writeDurably(ordersFile(database.path), `${JSON.stringify([...others, order])}\n`)
}

/** People have other numbers now: whoever was erased stays so under the new one, and in an older database under the old. */
export async function noteOrders({ reader, path }: DatabaseFile) {
  const known = readOrders(path)
  const numbers = new Set(known.map(({ personId }) => personId))
  const fresh = (await ordersIn(reader)).filter(({ personId }) => !numbers.has(personId))
  if (fresh.length > 0) writeDurably(ordersFile(path), `${JSON.stringify([...known, ...fresh])}\n`)
}

/**
 * What was deleted stands in the log of the database until it is emptied, in the copies from before updates, and in what
 * the centre was sent and has.
 */
export function forgetOldPages(database: DatabaseFile) {
  database.connection.exec(`UPDATE sync_outbox SET body = '' WHERE acknowledged_at IS NOT NULL AND body != ''`)
  for (const copy of safeCopies(database.path)) rmSync(copy)
  database.connection.pragma('wal_checkpoint(TRUNCATE)')
}

/**
 * Before anybody sees anything: erases again whom this database still knows although they were erased, as after a restore,
 * and finishes what a crash kept from being finished.
 */
export async function carryOutOrders({ database, clock }: { database: DatabaseFile; clock: Clock }) {
  const kept = readOrders(database.path)
  for (const order of kept) {
    if (await isStillThere(database, order)) await eraseAgain(database, order, clock)
  }
  const finished = new Set(kept.map(({ personId }) => personId))
  for (const order of await ordersIn(database.reader)) {
    if (finished.has(order.personId)) continue
    if (await isNotErasedYet(database, order)) await eraseAgain(database, order, clock)
    else finishErasure(database, order)
  }
}

/** The order came from another machine, or with an account that did. */
async function isNotErasedYet({ reader }: DatabaseFile, { personId }: ErasureOrder): Promise<boolean> {
  const account = await reader
    .selectFrom('users')
    .leftJoin('beneficiaries', 'beneficiaries.user_id', 'users.id')
    .select(['users.email', 'beneficiaries.id as fileId'])
    .where('users.id', '=', personId)
    .executeTakeFirst()
  return account !== undefined && (account.fileId !== null || account.email !== `erased-${personId}@no-email.invalid`)
}

async function isStillThere({ reader }: DatabaseFile, { personId, organizationId }: ErasureOrder): Promise<boolean> {
  const known = await reader
    .selectFrom('users')
    .leftJoin('erasure_orders', 'erasure_orders.person_id', 'users.id')
    .select(['users.id', 'erasure_orders.person_id as orderedId'])
    .where('users.id', '=', personId)
    .where('users.organization_id', '=', organizationId)
    .executeTakeFirst()
  return known !== undefined && known.orderedId === null
}

async function eraseAgain(database: DatabaseFile, order: ErasureOrder, clock: Clock) {
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

function ordersIn(db: Reader): Promise<ErasureOrder[]> {
  return db
    .selectFrom('erasure_orders')
    .select([
      'person_id as personId',
      'organization_id as organizationId',
      'erased_by as erasedBy',
      'erased_at as erasedAt',
    ])
    .orderBy('erased_at')
    .execute()
}
