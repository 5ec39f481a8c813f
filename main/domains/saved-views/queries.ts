import type { Id } from '../../../shared/contract/base.ts'
import type { ListFilters, SavedList } from '../../../shared/contract/saved-views.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'

/** Whose views: of one person of an organization, or, without a user, of everybody there. */
export interface Owner {
  organizationId: Id
  userId: Id | null
}

/** One's own and those of everybody. */
export function viewsFor(db: Reader, { organizationId, userId }: Owner) {
  return db
    .selectFrom('saved_views')
    .select(['id', 'list', 'name', 'filters', 'user_id as userId', 'is_first as isFirst', 'updated_at as updatedAt'])
    .where('organization_id', '=', organizationId)
    .where((eb) => eb.or([eb('user_id', '=', userId), eb('user_id', 'is', null)]))
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .execute()
}

interface NewView extends Owner {
  list: SavedList
  name: string
  filters: ListFilters
  isFirst: boolean
}

export async function insertView(db: Writer, view: NewView, now: string) {
  const id = await mintId(db, 'saved_views')
  await db
    .insertInto('saved_views')
    .values({
      id,
      organization_id: view.organizationId,
      user_id: view.userId,
      list: view.list,
      name: view.name,
      filters: view.filters,
      is_first: view.isFirst,
      created_at: now,
      updated_at: now,
    })
    .execute()
  return id
}

interface ViewChange {
  name?: string | undefined
  filters?: ListFilters | undefined
  isFirst?: boolean | undefined
}

export function updateView(db: Writer, id: Id, { name, filters, isFirst }: ViewChange, now: string) {
  return db
    .updateTable('saved_views')
    .set({
      ...(name !== undefined && { name }),
      ...(filters !== undefined && { filters }),
      ...(isFirst !== undefined && { is_first: isFirst }),
      updated_at: now,
    })
    .where('id', '=', id)
    .execute()
}

export function deleteView(db: Writer, id: Id) {
  return db.deleteFrom('saved_views').where('id', '=', id).execute()
}

export function keptFilters(db: Reader, organizationId: Id, userId: Id) {
  return db
    .selectFrom('kept_filters')
    .select(['list', 'filters'])
    .where('user_id', '=', userId)
    .where('organization_id', '=', organizationId)
    .execute()
}

interface Kept {
  organizationId: Id
  userId: Id
  list: SavedList
  filters: ListFilters
}

export function keepFilters(db: Writer, { organizationId, userId, list, filters }: Kept) {
  return db
    .insertInto('kept_filters')
    .values({ user_id: userId, organization_id: organizationId, list, filters })
    .onConflict((conflict) => conflict.columns(['user_id', 'organization_id', 'list']).doUpdateSet({ filters }))
    .execute()
}
