import { noteForgotten } from '../../backup/settings.ts'
import type { Clock } from '../../clock.ts'
import type { DatabaseFile } from '../../database/database.ts'
import { erasedAccount } from '../../erased-account.ts'
import { logOfItself } from '../activity/log-of-itself.ts'
import { type ErasureOrder, erasePerson } from './erase.ts'
import { finishErasure, unfinishedIn } from './finish-erasure.ts'
import { installationIn, keptOrders } from './orders-file.ts'
import { isKnown } from './rows.ts'

/**
 * Before anybody sees anything: erases again whom this database still knows although they were erased, as after a restore,
 * and finishes what a crash kept from being finished.
 */
export async function carryOutOrders({ database, clock }: { database: DatabaseFile; clock: Clock }) {
  const installation = installationIn(database.connection)
  for (const order of keptOrders(database.path)) {
    if (order.installation === installation && (await isStillThere(database, order))) {
      await eraseAgain(database, order, clock)
    }
  }
  for (const order of unfinishedIn(database)) {
    if (await isNotErasedYet(database, order)) await eraseAgain(database, order, clock)
    else finishErasure(database, order)
    // A backup from between the arrival of the order and now knows the order, and the person.
    noteForgotten(database.path, clock.now().toISOString())
  }
}

/**
 * The order came from another machine, or with an account that did; what was written of them here meanwhile did not go with it,
 * not even all of one row: each value that was written later than the order stands.
 */
async function isNotErasedYet({ reader }: DatabaseFile, { personId }: ErasureOrder): Promise<boolean> {
  const { name, email } = erasedAccount(personId)
  const account = await reader
    .selectFrom('users')
    .select(['name', 'email'])
    .where('id', '=', personId)
    .executeTakeFirst()
  if (account !== undefined && (account.name !== name || account.email !== email)) return true
  return isKnown(reader, personId)
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
  const orders = await database.write(async (db) => {
    const all = await erasePerson(db, database.auditKey, order)
    await logOfItself(db, database.auditKey, {
      organizationId: order.organizationId,
      action: 'privacy.eraseAgain',
      resource: 'users',
      resourceId: order.personId,
      now: clock.now().toISOString(),
    })
    return all
  })
  for (const one of orders) finishErasure(database, one)
}
