import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { forget, notify, unreadAbout } from './notify.ts'

interface Sharing {
  organizationId: Id
  documentId: Id
  /** With whom. */
  userId: Id
  senderId: Id
}

/** Of several changes to the same share that nobody has looked at yet, the last one is told. */
export async function tellOfShare(db: Writer, { organizationId, documentId, userId, senderId }: Sharing, now: string) {
  await forgetShare(db, { documentId, userId })
  await notify(db, { organizationId, userIds: [userId], type: 'share', data: { documentId, senderId } }, now)
}

interface Opening {
  actor: { userId: Id | null; organizationId: Id | null }
  action: string
  resourceId: Id
}

/** Whoever has shared a document is told when the other one opens it for the first time, as far as this machine knows. */
export async function tellOfOpening(db: Writer, { actor, action, resourceId: documentId }: Opening, now: string) {
  const { userId, organizationId } = actor
  if (action !== 'documents.open' || userId === null || organizationId === null) return
  if (await hasOpened(db, userId, documentId)) return
  const shares = await db
    .selectFrom('document_shares')
    .select('shared_by as by')
    .where('document_id', '=', documentId)
    .where('shared_with', '=', userId)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .execute()
  const userIds = shares.flatMap(({ by }) => (by === null || by === userId ? [] : by))
  await notify(db, { organizationId, userIds, type: 'opened', data: { documentId, senderId: userId } }, now)
}

async function hasOpened(db: Reader, userId: Id, documentId: Id): Promise<boolean> {
  const earlier = await db
    .selectFrom('activity_logs')
    .select('id')
    .where('resource_type', '=', 'documents')
    .where('resource_id', '=', documentId)
    .where('action', '=', 'documents.open')
    .where('user_id', '=', userId)
    .limit(1)
    .execute()
  return earlier.length > 0
}

/** What was taken back before anybody read of it needs no telling. */
export async function forgetShare(db: Writer, { documentId, userId }: Pick<Sharing, 'documentId' | 'userId'>) {
  const unread = await unreadAbout(db, userId, 'share', 'documentId', documentId)
  if (unread.length === 0) return
  await forget(
    db,
    unread.map(({ id }) => id),
  )
}
