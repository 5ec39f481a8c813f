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
  return db.selectFrom('organizations').select(['id', 'name', 'settings']).where('id', '=', id).executeTakeFirst()
}

export async function insertOrganization(db: Writer, name: string, settings: OrganizationSettings, now: string) {
  const id = await mintId(db, 'organizations')
  await db
    .insertInto('organizations')
    .values({ id, name, slug: slugOf(name, id), settings, created_at: now, updated_at: now })
    .execute()
  return id
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
