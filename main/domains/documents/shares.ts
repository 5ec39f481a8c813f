import type { Id } from '../../../shared/contract/base.ts'
import type { ShareDocument } from '../../../shared/contract/documents.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import { forgetShare, tellOfShare } from '../notifications/sharing.ts'
import { openingsOf } from './document-queries.ts'
import { managed } from './known.ts'
import { documentScope } from './reach.ts'
import { deleteShare, putShare, recipientOf, recipientsIn, shareOf } from './share-queries.ts'

export async function recipients({ db, actor, clock }: ReadContext, { search }: { search: string }) {
  return recipientsIn(db, documentScope(actor, clock.now().toISOString()), search)
}

export async function share({ db, actor, now, about }: WriteContext, input: ShareDocument) {
  const scope = documentScope(actor, now)
  await managed(db, scope, input.documentId)
  const recipient = await recipientOf(db, scope, input.userId)
  if (!recipient) throw new Refusal('notFound', 'user.notFound')
  if (input.expiresAt !== null && input.expiresAt <= now) throw new Refusal('invalid', 'document.shareIsOver')
  if (recipient.role === 'student' && input.permission === 'edit') {
    throw new Refusal('invalid', 'document.learnersView')
  }
  await putShare(db, scope, input)
  const { documentId, userId } = input
  const { organizationId, userId: senderId } = scope
  await tellOfShare(db, { organizationId, documentId, userId, senderId }, now)
  about(input.documentId)
  return {}
}

export async function revoke({ db, actor, now, about }: WriteContext, { id }: { id: Id }) {
  const scope = documentScope(actor, now)
  const known = await shareOf(db, scope.organizationId, id)
  if (!known || known.documentId === null) throw new Refusal('notFound', 'document.notFound')
  await managed(db, scope, known.documentId)
  await deleteShare(db, id)
  if (known.sharedWith !== null) {
    await forgetShare(db, { documentId: known.documentId, userId: known.sharedWith })
  }
  about(known.documentId)
  return {}
}

export async function openings({ db, actor, clock }: ReadContext, { id }: { id: Id }) {
  const scope = documentScope(actor, clock.now().toISOString())
  await managed(db, scope, id)
  return openingsOf(db, scope.organizationId, id)
}
