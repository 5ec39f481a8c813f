import type { Id } from '../../../shared/contract/base.ts'
import type { Preferences } from '../../../shared/contract/notifications.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import { countUnread } from '../messages/queries.ts'
import { selfOf } from '../messages/self.ts'
import { preferencesOf, putPreferences } from './preferences.ts'
import {
  notificationsOf,
  notificationsShown,
  ownNotification,
  type Reading,
  setRead,
  unreadNotifications,
} from './queries.ts'
import { toldBy } from './told.ts'

export async function unread({ db, actor }: ReadContext) {
  const { count, newest } = await unreadNotifications(db, readingOf(actor))
  return { notifications: count, messages: await countUnread(db, selfOf(actor)), newest }
}

export async function list({ db, actor, clock }: ReadContext, { before }: { before?: Id | undefined }) {
  const reading = readingOf(actor)
  const found = await notificationsOf(db, reading, before)
  const shown = found.slice(0, notificationsShown)
  const told = await toldBy(db, reading, shown, clock.now().toISOString())
  return {
    rows: shown.flatMap(({ id, at, isRead }, index) => {
      const one = told[index]
      return one ? [{ id, at, isRead, told: one }] : []
    }),
    hasMore: found.length > notificationsShown,
  }
}

export async function markRead({ db, actor, now }: WriteContext, { id }: { id: Id }) {
  const reading = readingOf(actor)
  if (!(await ownNotification(db, reading, id))) throw new Refusal('notFound', 'notification.notFound')
  await setRead(db, reading, now, id)
  return {}
}

export async function markAllRead({ db, actor, now }: WriteContext) {
  await setRead(db, readingOf(actor), now)
  return {}
}

export async function preferences({ db, actor }: ReadContext) {
  return (await preferencesOf(db, readingOf(actor).userId)).preferences
}

export async function setPreferences({ db, actor, now }: WriteContext, wanted: Preferences) {
  await putPreferences(db, readingOf(actor).userId, wanted, now)
  return {}
}

function readingOf(actor: Actor): Reading {
  if (actor.userId === null) throw new Refusal('forbidden', 'door.forbidden')
  return { userId: actor.userId, organizationId: organizationOf(actor) }
}
