import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Actor } from '../../actor.ts'
import { isNotInTrash, reachesLearner, type Scope, scopeOf } from '../../scope.ts'

/** Whose documents a call of the staff reaches; `now`: shares run out. */
export interface DocumentScope extends Scope {
  userId: Id
  now: string
}

export function documentScope(actor: Actor, now: string): DocumentScope {
  if (actor.userId === null) throw new Refusal('forbidden', 'door.forbidden')
  return { ...scopeOf(actor), userId: actor.userId, now }
}

/** Is a document by itself: no older version of one, and no picture of a question. */
export const isDocument = sql<SqlBool>`(documents.version_of is null and documents.metadata ->> 'sha256' is null)`

/** What is about a person is shown to nobody by this alone, whatever another machine may have written. */
const isForEverybody = sql<SqlBool>`(documents.is_public and documents.beneficiary_id is null)`

/** A share that has not run out. */
export function liveShare(userId: Id, now: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(document_shares.document_id = documents.id and document_shares.shared_with = ${userId}
    and (document_shares.expires_at is null or document_shares.expires_at > ${now}))`
}

const sharedFor = (userId: Id, now: string, permission: RawBuilder<SqlBool>) =>
  sql<SqlBool>`exists (select 1 from document_shares where ${liveShare(userId, now)} and ${permission})`

/**
 * Whether sharing and removing is theirs: administrators everything, trainers what is about their own people, and what they
 * brought that is about nobody. Who hands a person over hands their documents over.
 */
export function mayManage(scope: DocumentScope): RawBuilder<SqlBool> {
  if (scope.trainerId === null) return isNotInTrash('documents.beneficiary_id')
  return sql<SqlBool>`case when documents.beneficiary_id is null then documents.uploaded_by is ${scope.userId}
    else ${reachesLearner(scope, 'documents.beneficiary_id')} end`
}

export function mayEdit(scope: DocumentScope): RawBuilder<SqlBool> {
  const isEditor = sharedFor(scope.userId, scope.now, sql`document_shares.permission = 'edit'`)
  return sql<SqlBool>`(${mayManage(scope)} or ${isEditor} and ${isNotInTrash('documents.beneficiary_id')})`
}

export function mayView(scope: DocumentScope): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${mayManage(scope)} or ${isSharedWith(scope.userId, scope.now)} or ${isForEverybody})`
}

export function isSharedWith(userId: Id, now: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${sharedFor(userId, now, sql`true`)} and ${isNotInTrash('documents.beneficiary_id')})`
}

/** A learner sees what is shared with them and what is for everybody, and never what is merely about them. */
export function learnerMayView(userId: Id, now: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${isSharedWith(userId, now)} or ${isForEverybody})`
}
