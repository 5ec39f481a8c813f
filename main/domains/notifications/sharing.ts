import type { Id } from '../../../shared/contract/base.ts'
import type { Writer } from '../../database/database.ts'
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

/** What was taken back before anybody read of it needs no telling. */
export async function forgetShare(db: Writer, { documentId, userId }: Pick<Sharing, 'documentId' | 'userId'>) {
  const unread = await unreadAbout(db, userId, 'share', 'documentId', documentId)
  if (unread.length === 0) return
  await forget(
    db,
    unread.map(({ id }) => id),
  )
}
