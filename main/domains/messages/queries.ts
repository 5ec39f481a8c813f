import { type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintIds } from '../../database/ids.ts'
import { keptAttachments } from './attachments.ts'
import type { Audience } from './audience.ts'
import type { Self } from './self.ts'

/** A condition on `messages` of a thread: sent by this person or to them, and not deleted by them. Their own may be many. */
function isOwn({ userId, organizationId }: Self) {
  return sql<SqlBool>`(+messages.organization_id = ${organizationId} and (
    (+messages.recipient_id = ${userId} and messages.hidden_by_recipient_at is null)
    or (+messages.sender_id = ${userId} and messages.hidden_by_sender_at is null)
  ))`
}

/** The rows of conversations that somebody may read: their own, and with each the other recipients of the same message. */
export function rowsIn(db: Reader, self: Self, threads: readonly string[]) {
  return db
    .selectFrom('messages')
    .leftJoin('users as senders', 'senders.id', 'messages.sender_id')
    .leftJoin('users as recipients', 'recipients.id', 'messages.recipient_id')
    .select([
      'messages.id',
      'messages.thread',
      'messages.sending',
      'messages.subject',
      'messages.content',
      'messages.sender_id as senderId',
      'senders.name as senderName',
      'messages.recipient_id as recipientId',
      'recipients.name as recipientName',
      'messages.is_read as isRead',
      'messages.read_at as readAt',
      'messages.audience',
      'messages.attachments',
      'messages.created_at as sentAt',
    ])
    .where('messages.thread', 'in', [...threads])
    .where('messages.sending', 'in', (eb) =>
      eb
        .selectFrom('messages')
        .select('messages.sending')
        .where('messages.thread', 'in', [...threads])
        .where(isOwn(self)),
    )
    .orderBy('messages.created_at')
    .orderBy('messages.id')
    .execute()
}
export type MessageRow = Awaited<ReturnType<typeof rowsIn>>[number]

export async function isOwnThread(db: Reader, self: Self, thread: string): Promise<boolean> {
  const found = await db
    .selectFrom('messages')
    .select('id')
    .where('thread', '=', thread)
    .where(isOwn(self))
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

export async function countUnread(db: Reader, { userId, organizationId }: Self): Promise<number> {
  const { count } = await db
    .selectFrom('messages')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('organization_id', '=', organizationId)
    .where('recipient_id', '=', userId)
    .where('is_read', '=', false)
    .where('hidden_by_recipient_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

export function markRead(db: Writer, { userId, organizationId }: Self, thread: string, now: string) {
  return db
    .updateTable('messages')
    .set({ is_read: true, read_at: now })
    .where('organization_id', '=', organizationId)
    .where('thread', '=', thread)
    .where('recipient_id', '=', userId)
    .where('is_read', '=', false)
    .execute()
}

/** What was sent and what came are deleted each in its own column, so that nobody touches the copy of the other. */
export async function hideThread(db: Writer, { userId }: Self, thread: string, now: string) {
  for (const [who, hidden] of sides) {
    await db
      .updateTable('messages')
      .set({ [hidden]: now })
      .where('thread', '=', thread)
      .where(who, '=', userId)
      .where(hidden, 'is', null)
      .execute()
  }
}

/** Takes back the latest deletion of this conversation, not those before. */
export async function showThread(db: Writer, { userId, organizationId }: Self, thread: string) {
  const lasts: string[] = []
  for (const [who, hidden] of sides) {
    const { last } = await db
      .selectFrom('messages')
      .select((eb) => eb.fn.max(hidden).as('last'))
      .where('organization_id', '=', organizationId)
      .where('thread', '=', thread)
      .where(who, '=', userId)
      .executeTakeFirstOrThrow()
    if (last) lasts.push(last)
  }
  const latest = lasts.toSorted().at(-1)
  if (latest === undefined) return false
  for (const [who, hidden] of sides) {
    await db
      .updateTable('messages')
      .set({ [hidden]: null })
      .where('thread', '=', thread)
      .where(who, '=', userId)
      .where(hidden, '=', latest)
      .execute()
  }
  return true
}

const sides = [
  ['sender_id', 'hidden_by_sender_at'],
  ['recipient_id', 'hidden_by_recipient_at'],
] as const

export interface NewMessage {
  organizationId: Id
  senderId: Id
  thread: string
  sending: string
  parentId: Id | null
  subject: string | null
  content: string
  attachments?: readonly Id[]
  recipients: readonly { userId: Id; audience: Audience | null }[]
}

const batch = 250

/** A row for each recipient; returns their ids. */
export async function insertMessage(db: Writer, message: NewMessage, now: string): Promise<Id[]> {
  const ids = await mintIds(db, 'messages', message.recipients.length)
  const rows = message.recipients.map(({ userId, audience }, index) => ({
    id: ids[index] as Id,
    organization_id: message.organizationId,
    sender_id: message.senderId,
    recipient_id: userId,
    subject: message.subject,
    content: message.content,
    attachments: message.attachments?.length ? keptAttachments(message.attachments) : null,
    parent_id: message.parentId,
    thread: message.thread,
    sending: message.sending,
    audience,
    created_at: now,
  }))
  for (let at = 0; at < rows.length; at += batch) {
    await db
      .insertInto('messages')
      .values(rows.slice(at, at + batch))
      .execute()
  }
  return ids
}

export function deleteSending(db: Writer, sending: string) {
  return db.deleteFrom('messages').where('sending', '=', sending).execute()
}

export function rowsOfSending(db: Reader, { organizationId }: Self, sending: string) {
  return db
    .selectFrom('messages')
    .select([
      'id',
      'thread',
      'subject',
      'content',
      'parent_id as parentId',
      'sender_id as senderId',
      'recipient_id as recipientId',
      'is_read as isRead',
      'audience',
      'attachments',
      'created_at as sentAt',
    ])
    .where('organization_id', '=', organizationId)
    .where('sending', '=', sending)
    .execute()
}
