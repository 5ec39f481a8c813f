import type { Id } from '../../../shared/contract/base.ts'
import type { DocumentStamp } from '../../../shared/contract/documents.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Reader } from '../../database/database.ts'
import { documentOf } from './document-queries.ts'
import type { DocumentScope } from './reach.ts'

/** What is not theirs to share or remove is refused, and what they do not see is missing. */
export async function managed(db: Reader, scope: DocumentScope, id: Id) {
  const document = await known(db, scope, id)
  if (!document.mayManage) throw new Refusal('forbidden', 'document.notYours')
  return document
}

/** Somebody else's is reported as missing, so that ids cannot be probed. */
export async function known(db: Reader, scope: DocumentScope, id: Id) {
  const document = await documentOf(db, scope, id)
  if (!document) throw new Refusal('notFound', 'document.notFound')
  return document
}

export async function unchanged(db: Reader, scope: DocumentScope, { id, updatedAt }: DocumentStamp) {
  const document = await known(db, scope, id)
  if (document.updatedAt !== updatedAt) throw new Refusal('conflict', 'document.changedMeanwhile')
  return document
}

export async function unchangedManaged(db: Reader, scope: DocumentScope, stamp: DocumentStamp) {
  const document = await unchanged(db, scope, stamp)
  if (!document.mayManage) throw new Refusal('forbidden', 'document.notYours')
  return document
}
