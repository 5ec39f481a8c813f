import * as z from 'zod'
import { Id } from '../../../shared/contract/base.ts'
import { type Attachment, mostShares } from '../../../shared/contract/messages.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { viewableAmong } from '../documents/document-queries.ts'
import { managed } from '../documents/known.ts'
import { type DocumentScope, learnerMayView, mayView } from '../documents/reach.ts'
import { deleteSharesOf, shareWithMany } from '../documents/share-queries.ts'
import { scopeFor } from './addressees.ts'
import type { Self } from './self.ts'

const Kept = z.array(z.object({ documentId: Id }))

/** As rows keep them: under a name that tells what the number is of. */
export function keptAttachments(documentIds: readonly Id[]) {
  return documentIds.map((documentId) => ({ documentId }))
}

export function attachedIds(kept: unknown): Id[] {
  return Kept.safeParse(kept).data?.map(({ documentId }) => documentId) ?? []
}

/** Lets everybody who gets the message open what is attached, for as long as nobody takes the share back. */
export async function shareAttached(
  db: Writer,
  self: Self,
  attached: readonly Id[],
  readers: readonly Id[],
  now: string,
) {
  if (attached.length === 0) return
  if (self.kind === 'student') throw new Refusal('notFound', 'document.notFound')
  if (attached.length * readers.length > mostShares) {
    throw new Refusal('invalid', 'message.tooManyShares', { most: Math.floor(mostShares / attached.length) })
  }
  const scope = documentScopeFor(self, now)
  for (const id of attached) {
    const { deletedAt } = await managed(db, scope, id)
    if (deletedAt !== null) throw new Refusal('notFound', 'document.notFound')
    await shareWithMany(db, scope, id, readers)
  }
}

/** Takes back the shares that sending made, and none that were there before. */
export async function unshareAttached(db: Writer, self: Self, attached: readonly Id[], sentAt: string) {
  if (attached.length > 0) await deleteSharesOf(db, { documentIds: attached, sharedBy: self.userId, at: sentAt })
}

/** What of these the reader may open now. */
export async function attachmentsAmong(db: Reader, self: Self, ids: readonly Id[], now: string) {
  if (ids.length === 0) return new Map<Id, Attachment>()
  const mayOpen = self.kind === 'student' ? learnerMayView(self.userId, now) : mayView(documentScopeFor(self, now))
  const found = await viewableAmong(db, self.organizationId, [...new Set(ids)], mayOpen)
  return new Map<Id, Attachment>(found.map((document) => [document.id, document]))
}

function documentScopeFor(self: Self, now: string): DocumentScope {
  return { ...scopeFor(self), userId: self.userId, now }
}
