import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { ShareDocument } from '../../../shared/contract/documents.ts'
import { fold } from '../../../shared/fold.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId, mintIds } from '../../database/ids.ts'
import { reachesLearner } from '../../scope.ts'
import type { DocumentScope } from './reach.ts'

export function sharesOf(db: Reader, documentId: Id, now: string) {
  return db
    .selectFrom('document_shares')
    .innerJoin('users', 'users.id', 'document_shares.shared_with')
    .select([
      'document_shares.id',
      'users.id as userId',
      'users.name',
      'document_shares.permission',
      'document_shares.expires_at as expiresAt',
    ])
    .where('document_shares.document_id', '=', documentId)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .orderBy('users.name')
    .orderBy('document_shares.id')
    .execute()
}

export function shareOf(db: Reader, organizationId: Id, id: Id) {
  return db
    .selectFrom('document_shares')
    .select(['id', 'document_id as documentId', 'shared_with as sharedWith'])
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst()
}

/** One for each person: what ran out before, or was said otherwise, gives way. */
export async function putShare(db: Writer, scope: DocumentScope, share: ShareDocument) {
  await db
    .deleteFrom('document_shares')
    .where('document_id', '=', share.documentId)
    .where('shared_with', '=', share.userId)
    .execute()
  await db
    .insertInto('document_shares')
    .values({
      id: await mintId(db, 'document_shares'),
      organization_id: scope.organizationId,
      document_id: share.documentId,
      shared_with: share.userId,
      shared_by: scope.userId,
      permission: share.permission,
      expires_at: share.expiresAt,
      created_at: scope.now,
    })
    .execute()
}

/** A statement with more rows gets no faster. */
const batch = 250

/** For viewing and without an end, to those who may not open it yet; what was said to somebody before stays as it is. */
export async function shareWithMany(db: Writer, scope: DocumentScope, documentId: Id, readers: readonly Id[]) {
  const known = await sharesOf(db, documentId, scope.now)
  const has = new Set(known.map(({ userId }) => userId))
  const fresh = [...new Set(readers)].filter((userId) => !has.has(userId))
  await db
    .deleteFrom('document_shares')
    .where('document_id', '=', documentId)
    .where('shared_with', 'in', sql<Id>`(select value from json_each(${JSON.stringify(fresh)}))`)
    .execute()
  const ids = await mintIds(db, 'document_shares', fresh.length)
  const rows = fresh.map((userId, index) => ({
    id: ids[index] as Id,
    organization_id: scope.organizationId,
    document_id: documentId,
    shared_with: userId,
    shared_by: scope.userId,
    created_at: scope.now,
  }))
  for (let at = 0; at < rows.length; at += batch) {
    await db
      .insertInto('document_shares')
      .values(rows.slice(at, at + batch))
      .execute()
  }
}

/** The shares that somebody made at this moment. */
export function deleteSharesOf(
  db: Writer,
  { documentIds, sharedBy, at }: { documentIds: readonly Id[]; sharedBy: Id; at: string },
) {
  return db
    .deleteFrom('document_shares')
    .where('document_id', 'in', [...documentIds])
    .where('shared_by', '=', sharedBy)
    .where('created_at', '=', at)
    .execute()
}

export function deleteShare(db: Writer, id: Id) {
  return db.deleteFrom('document_shares').where('id', '=', id).execute()
}

/** The staff of the organization and the learners within reach, but for the caller. */
function sharers(db: Reader, scope: DocumentScope) {
  return db
    .selectFrom('users')
    .leftJoin('beneficiaries', 'beneficiaries.user_id', 'users.id')
    .select(['users.id as userId', 'users.name', 'users.role'])
    .where('users.organization_id', '=', scope.organizationId)
    .where('users.is_active', '=', true)
    .where('users.id', '!=', scope.userId)
    .where((eb) =>
      eb.or([
        eb('users.role', '!=', 'student'),
        eb.and([eb('beneficiaries.id', 'is not', null), reachesLearner(scope, 'beneficiaries.id')]),
      ]),
    )
}

export function recipientsIn(db: Reader, scope: DocumentScope, search: string) {
  const words = fold(search).split(' ').filter(Boolean)
  let query = sharers(db, scope).leftJoin('people_index', 'people_index.beneficiary_id', 'beneficiaries.id')
  for (const word of words) {
    const within = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`
    // Staff are few and have no folded name; their letters are compared as they are written.
    query = query.where(sql<boolean>`(coalesce(people_index.sort_name, lower(users.name)) like ${within} escape '\\')`)
  }
  return query.orderBy('users.name').orderBy('users.id').limit(50).execute()
}

export function recipientOf(db: Reader, scope: DocumentScope, userId: Id) {
  return sharers(db, scope).where('users.id', '=', userId).executeTakeFirst()
}
