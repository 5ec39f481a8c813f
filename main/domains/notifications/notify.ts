import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { handoverNews, NotificationType } from '../../../shared/contract/notifications.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintIds } from '../../database/ids.ts'
import { noPassword } from '../identity/passwords.ts'
import { readPreferences } from './preferences.ts'

/** Which notification means what: numbers and times alone, so that the words are made in the language of whoever reads. */
export type News = { organizationId: Id; userIds: readonly Id[] } & (
  | { type: 'message'; data: { thread: string; sending: string; senderId: Id } }
  | {
      type: 'appointment'
      data: {
        appointmentId: Id
        news: 'made' | 'changed' | 'cancelled' | 'soon'
        startTime: string
        /** Which one of a series. */
        occurrence?: number | null
      }
    }
  | { type: 'assessment'; data: { assessmentId: Id } }
  | { type: 'graded' | 'result'; data: { attemptId: Id } }
  | { type: 'share' | 'opened'; data: { documentId: Id; senderId: Id } }
  | { type: 'handover'; data: { handoverId: Id; news: (typeof handoverNews)[number]; senderId: Id } }
)

const batch = 500

/** Tells people something in the transaction in which it happens; nobody is told what they have switched off. */
export async function notify(db: Writer, { organizationId, userIds, type, data }: News, now: string) {
  const readers = await whoWantsToKnow(db, userIds, type)
  if (readers.length === 0) return
  const ids = await mintIds(db, 'notifications', readers.length)
  const rows = readers.map((userId, index) => ({
    id: ids[index] as Id,
    organization_id: organizationId,
    user_id: userId,
    type,
    title: `notifications.${type}`,
    data,
    created_at: now,
  }))
  for (let at = 0; at < rows.length; at += batch) {
    await db
      .insertInto('notifications')
      .values(rows.slice(at, at + batch))
      .execute()
  }
}

/** Whoever has no password signs in nowhere, so that nothing would be read. */
async function whoWantsToKnow(db: Reader, userIds: readonly Id[], type: NotificationType): Promise<Id[]> {
  const all = [...new Set(userIds)]
  const wanting: Id[] = []
  for (let at = 0; at < all.length; at += batch) {
    const found = await db
      .selectFrom('users')
      .leftJoin('profiles', 'profiles.user_id', 'users.id')
      .select(['users.id', 'profiles.preferences'])
      .where('users.id', 'in', all.slice(at, at + batch))
      .where('users.is_active', '=', true)
      .where('users.password_hash', '!=', noPassword)
      .execute()
    wanting.push(
      ...found.filter(({ preferences }) => !readPreferences(preferences).off.includes(type)).map(({ id }) => id),
    )
  }
  return wanting
}

type Key = 'thread' | 'sending' | 'appointmentId' | 'assessmentId' | 'attemptId' | 'documentId'

const named = (key: Key) => sql<string | number>`json_extract(data, ${`$.${key}`})`

/** Takes back what nobody needs to know any more. */
export function withdraw(db: Writer, type: NotificationType, key: Key, value: string | Id) {
  return db.deleteFrom('notifications').where('type', '=', type).where(named(key), '=', value).execute()
}

/** What somebody has not read yet of the same thing. */
export function unreadAbout(db: Reader, userId: Id, type: NotificationType, key: Key, value: string | Id) {
  return db
    .selectFrom('notifications')
    .select(['id', 'data'])
    .where('user_id', '=', userId)
    .where('is_read', '=', false)
    .where('type', '=', type)
    .where(named(key), '=', value)
    .execute()
}

/** Whether somebody was told exactly this, here or on another machine. */
export async function isToldOf(db: Reader, userId: Id, data: { appointmentId: Id; news: string; startTime: string }) {
  const found = await db
    .selectFrom('notifications')
    .select('id')
    .where('user_id', '=', userId)
    .where('type', '=', 'appointment')
    .where(named('appointmentId'), '=', data.appointmentId)
    .where(sql<string>`json_extract(data, '$.news')`, '=', data.news)
    .where(sql<string>`json_extract(data, '$.startTime')`, '=', data.startTime)
    .limit(1)
    .execute()
  return found.length > 0
}

export function forget(db: Writer, ids: readonly Id[]) {
  return db
    .deleteFrom('notifications')
    .where('id', 'in', [...ids])
    .execute()
}

/** Whoever has seen the thing itself needs no notice of it. */
export function readAbout(db: Writer, userId: Id, type: NotificationType, key: Key, value: string | Id, now: string) {
  return db
    .updateTable('notifications')
    .set({ is_read: true, read_at: now })
    .where('user_id', '=', userId)
    .where('is_read', '=', false)
    .where('type', '=', type)
    .where(named(key), '=', value)
    .execute()
}
