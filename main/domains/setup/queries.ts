import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { tableNames } from '../../database/registry.ts'

/** Nobody can sign in yet. */
export async function isEmpty(db: Reader): Promise<boolean> {
  const anybody = await db.selectFrom('users').select('id').limit(1).executeTakeFirst()
  return anybody === undefined
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
