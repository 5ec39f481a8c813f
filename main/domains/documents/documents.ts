import type { Id } from '../../../shared/contract/base.ts'
import {
  type DocumentFields,
  type DocumentStamp,
  type ListDocuments,
  mostDocuments,
  type ReadPiece,
} from '../../../shared/contract/documents.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import { accountOf, pathFor } from './content-path.ts'
import { pieceAt } from './contents.ts'
import {
  choicesIn,
  documentsForLearner,
  documentsIn,
  setDeleted,
  updateDocument,
  versionsOf,
} from './document-queries.ts'
import { known, unchanged, unchangedManaged } from './known.ts'
import { type DocumentScope, documentScope } from './reach.ts'
import { sharesOf } from './share-queries.ts'
import { changeQuota, storageOf } from './storage.ts'

export async function list(context: ReadContext, input: ListDocuments) {
  const found = await documentsIn(context.db, scopeNow(context), input)
  return { rows: found.slice(0, mostDocuments), isCut: found.length > mostDocuments }
}

export async function choices(context: ReadContext) {
  return choicesIn(context.db, scopeNow(context))
}

export async function get(context: ReadContext, { id }: { id: Id }) {
  const scope = scopeNow(context)
  const document = await known(context.db, scope, id)
  return {
    ...document,
    versions: document.mayEdit ? await versionsOf(context.db, id) : [],
    sharedWith: document.mayManage ? await sharesOf(context.db, id, scope.now) : [],
  }
}

export async function mine({ db, actor, clock }: ReadContext) {
  return documentsForLearner(db, organizationOf(actor), accountOf(actor), clock.now().toISOString())
}

export async function piece(context: ReadContext, { id, versionId, position }: ReadPiece) {
  const path = await pathFor(context, id, versionId)
  const found = await pieceAt(context.db, path, position)
  if (!found) throw new Refusal('notFound', 'document.notHere')
  return { base64: found.bytes.toString('base64'), pieces: found.pieces }
}

export async function update(
  { db, actor, now, about }: WriteContext,
  { id, updatedAt, ...fields }: DocumentFields & DocumentStamp,
) {
  const scope = documentScope(actor, now)
  const { mayEdit, mayManage, beneficiaryId, isPublic } = await unchanged(db, scope, { id, updatedAt })
  if (!mayEdit) throw new Refusal('forbidden', 'document.viewOnly')
  if (fields.isPublic && beneficiaryId !== null) throw new Refusal('invalid', 'document.aboutPerson')
  // Who may see it is said by those who may share it.
  if (fields.isPublic !== isPublic && !mayManage) throw new Refusal('forbidden', 'document.notYours')
  await updateDocument(db, id, fields, now)
  about(id)
  return { updatedAt: now }
}

export async function remove({ db, actor, now, about }: WriteContext, stamp: DocumentStamp) {
  const { id } = await unchangedManaged(db, documentScope(actor, now), stamp)
  await setDeleted(db, id, now, now)
  about(id)
  return { updatedAt: now }
}

export async function restore({ db, actor, now, about }: WriteContext, stamp: DocumentStamp) {
  const { id } = await unchangedManaged(db, documentScope(actor, now), stamp)
  await setDeleted(db, id, null, now)
  about(id)
  return { updatedAt: now }
}

export async function storage({ db, actor }: ReadContext) {
  return storageOf(db, organizationOf(actor))
}

export async function setQuota({ db, actor, now }: WriteContext, { quota }: { quota: number }) {
  await changeQuota(db, organizationOf(actor), quota, now)
  return {}
}

function scopeNow({ actor, clock }: ReadContext): DocumentScope {
  return documentScope(actor, clock.now().toISOString())
}
