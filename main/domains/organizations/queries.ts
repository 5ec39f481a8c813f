import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import { fold } from '../../../shared/fold.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import type { JsonStructure } from '../../database/tables.ts'
import type { OrganizationSettings } from './settings.ts'

export function firstOrganization(db: Reader) {
  return db.selectFrom('organizations').select(['id', 'name', 'settings']).orderBy('id').executeTakeFirst()
}

export function organizationById(db: Reader, id: Id) {
  return db
    .selectFrom('organizations')
    .select(['id', 'name', 'settings', 'is_active as isActive'])
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function insertOrganization(db: Writer, name: string, settings: OrganizationSettings, now: string) {
  const id = await mintId(db, 'organizations')
  await db
    .insertInto('organizations')
    .values({ id, name, slug: slugOf(name, id), settings, created_at: now, updated_at: now })
    .execute()
  return id
}

/** By name, with how many work and learn there. */
export function organizationRows(db: Reader) {
  return db
    .selectFrom('organizations')
    .select([
      'id',
      'name',
      'is_active as isActive',
      sql<number>`(
        select count(*) from users
        where organization_id = organizations.id and role in ('super_admin', 'admin', 'trainer') and is_active
      )`.as('staffCount'),
      sql<number>`(select count(*) from people_index where organization_id = organizations.id)`.as('learnerCount'),
    ])
    .orderBy('name')
    .orderBy('id')
    .execute()
}

export function setOrganizationName(db: Writer, id: Id, name: string, now: string) {
  return db.updateTable('organizations').set({ name, updated_at: now }).where('id', '=', id).execute()
}

export function setOrganizationActive(db: Writer, id: Id, isActive: boolean, now: string) {
  return db.updateTable('organizations').set({ is_active: isActive, updated_at: now }).where('id', '=', id).execute()
}

/** Of its own people, and of whoever has entered it. */
export function deleteSessionsIn(db: Writer, organizationId: Id) {
  return db
    .deleteFrom('sessions')
    .where((eb) =>
      eb.or([
        eb('entered_organization_id', '=', organizationId),
        eb('user_id', 'in', (of) =>
          of
            .selectFrom('users')
            .select('id')
            .where('organization_id', '=', organizationId)
            .where('role', '!=', 'super_admin'),
        ),
      ]),
    )
    .execute()
}

export function setEntered(db: Writer, sessionId: Id, organizationId: Id) {
  return db
    .updateTable('sessions')
    .set({ entered_organization_id: organizationId })
    .where('id', '=', sessionId)
    .execute()
}

/** Takes all settings: what is not among them is gone. */
export function setOrganizationSettings(db: Writer, id: Id, settings: JsonStructure, now: string) {
  return db.updateTable('organizations').set({ settings, updated_at: now }).where('id', '=', id).execute()
}

export function setAdmin(db: Writer, organizationId: Id, adminId: Id) {
  return db.updateTable('organizations').set({ admin_id: adminId }).where('id', '=', organizationId).execute()
}

function slugOf(name: string, id: Id): string {
  const words = fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return `${words.slice(0, 80)}-${id}`
}
