import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { SetupStatus } from '../../../shared/contract/setup.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { tableNames } from '../../database/registry.ts'

/** Nobody can sign in yet: because nothing was set up here, or because nobody has come from the centre yet. */
export async function stateOf(db: Reader): Promise<SetupStatus['state']> {
  const anybody = await db.selectFrom('users').select('id').limit(1).executeTakeFirst()
  if (anybody) return 'ready'
  const centre = await db.selectFrom('sync_state').select('one').executeTakeFirst()
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
