import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { SetupStatus } from '../../../shared/contract/setup.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { tableNames } from '../../database/registry.ts'

/**
 * Nobody can sign in: because nothing was set up here, because nobody has come from the centre yet, or because the account has
 * ended of the trainer whose laptop this is, with which everything left it.
 */
export async function stateOf(db: Reader): Promise<SetupStatus['state']> {
  const centre = await db
    .selectFrom('sync_state')
    .leftJoin('users', 'users.id', 'sync_state.trainer_id')
    .select(['scope', 'last_success_at as lastSuccessAt', 'users.role', 'users.is_active as isActive'])
    .executeTakeFirst()
  const isTrainers = centre?.scope === 'trainer' && centre.lastSuccessAt !== null
  if (isTrainers && !(centre.isActive && centre.role !== 'student')) return 'ended'
  const anybody = await db.selectFrom('users').select('id').limit(1).executeTakeFirst()
  if (anybody) return 'ready'
  return centre ? 'joining' : 'empty'
}

export async function isEmpty(db: Reader): Promise<boolean> {
  return (await stateOf(db)) === 'empty'
}

/** Deletes every row of an organization, children before parents, and the organization itself. */
export async function deleteOrganization(db: Writer, organizationId: Id) {
  for (const table of tableNames.toReversed()) {
    const column = table === 'organizations' ? 'id' : 'organization_id'
    // Sessions have no tenant of their own and go with their users.
    if (table === 'sessions') continue
    await db.deleteFrom(table).where(sql.ref(column), '=', organizationId).execute()
  }
}
