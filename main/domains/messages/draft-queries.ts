import type { Id } from '../../../shared/contract/base.ts'
import { Recipients, type SaveDraft } from '../../../shared/contract/messages.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { attachedIds, keptAttachments } from './attachments.ts'
import type { Self } from './self.ts'

/** One answer to a thread is written at a time. */
export const replyName = (thread: string) => `reply-${thread}`

export async function draftNamed(db: Reader, { userId, organizationId }: Self, name: string) {
  const found = await db
    .selectFrom('message_drafts')
    .select(['name', 'thread', 'reply_to as replyTo', 'recipients', 'subject', 'content', 'attachments', 'edit'])
    .select('updated_at as updatedAt')
    .where('user_id', '=', userId)
    .where('organization_id', '=', organizationId)
    .where('name', '=', name)
    .executeTakeFirst()
  if (!found) return undefined
  const recipients = Recipients.parse(JSON.parse(found.recipients))
  return { ...found, recipients, attachments: attachedIds(found.attachments) }
}

export function draftsOf(db: Reader, { userId, organizationId }: Self) {
  return db
    .selectFrom('message_drafts')
    .select(['name', 'thread', 'subject', 'content', 'updated_at as updatedAt'])
    .where('user_id', '=', userId)
    .where('organization_id', '=', organizationId)
    .orderBy('updated_at', 'desc')
    .orderBy('name')
    .execute()
}

export async function draftNamesOf(db: Reader, self: Self): Promise<ReadonlySet<string>> {
  return new Set((await draftsOf(db, self)).map(({ name }) => name))
}

export function putDraft(db: Writer, { userId, organizationId }: Self, draft: SaveDraft, now: string) {
  const columns = {
    organization_id: organizationId,
    thread: draft.thread,
    reply_to: draft.replyTo,
    recipients: JSON.stringify(draft.recipients),
    subject: draft.subject,
    content: draft.content,
    attachments: keptAttachments(draft.attachments),
    edit: draft.edit,
    updated_at: now,
  }
  return db
    .insertInto('message_drafts')
    .values({ user_id: userId, name: draft.name, ...columns })
    .onConflict((conflict) => conflict.columns(['user_id', 'name']).doUpdateSet(columns))
    .execute()
}

export function deleteDraft(db: Writer, userId: Id, name: string) {
  return db.deleteFrom('message_drafts').where('user_id', '=', userId).where('name', '=', name).execute()
}
