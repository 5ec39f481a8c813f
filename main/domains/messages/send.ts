import { randomUUID } from 'node:crypto'
import type { Id } from '../../../shared/contract/base.ts'
import { type DraftFields, mostAttachments, mostRecipients } from '../../../shared/contract/messages.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { WriteContext } from '../../context.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { groupsOf } from '../groups/queries.ts'
import { notify, withdraw } from '../notifications/notify.ts'
import { peopleAmong, peopleInGroups, peopleInRoles, rolesFor, scopeFor } from './addressees.ts'
import { attachedIds, shareAttached, unshareAttached } from './attachments.ts'
import { type Audience, audienceOf } from './audience.ts'
import { deleteDraft, draftNamed, putDraft, replyName } from './draft-queries.ts'
import { knownDraft } from './drafts.ts'
import { deleteSending, insertMessage, isOwnThread, type NewMessage, rowsIn, rowsOfSending } from './queries.ts'
import { type Self, selfOf } from './self.ts'
import { indexTexts } from './texts.ts'
import { isFresh, replyTargets } from './threads.ts'

export async function send({ db, actor, now, about }: WriteContext, { name, edit }: { name: string; edit: number }) {
  const self = selfOf(actor)
  const draft = await knownDraft(db, self, name)
  if (draft.edit !== edit) throw new Refusal('conflict', 'draft.changedMeanwhile')
  if (draft.content.trim() === '') throw new Refusal('invalid', 'message.empty')
  const message = draft.thread === null ? await firstOf(db, self, draft) : await answerTo(db, self, draft, draft.thread)
  if (message.recipients.length === 0) throw new Refusal('invalid', 'message.noRecipients')
  if (message.recipients.length > mostRecipients) {
    throw new Refusal('invalid', 'message.tooManyRecipients', { most: mostRecipients })
  }
  const { attachments } = draft
  const readers = message.recipients.map(({ userId }) => userId)
  await shareAttached(db, self, attachments, readers, now)
  const ids = await post(db, self, { ...message, attachments, content: draft.content.trim() }, now)
  await deleteDraft(db, self.userId, name)
  about(ids[0] ?? null, { recipients: ids.length, attachments: attachments.length })
  return { thread: message.thread, sending: message.sending }
}

type Unposted = Pick<NewMessage, 'thread' | 'sending' | 'parentId' | 'subject' | 'recipients'>

async function post(
  db: Writer,
  self: Self,
  message: Unposted & Pick<NewMessage, 'content' | 'attachments'>,
  now: string,
): Promise<Id[]> {
  const { organizationId, userId } = self
  const ids = await insertMessage(db, { ...message, organizationId, senderId: userId }, now)
  await indexTexts(
    db,
    ids.map((id) => ({ id, subject: message.subject, content: message.content })),
  )
  const { thread, sending } = message
  const data = { thread, sending, senderId: userId }
  const readers = message.recipients.map(({ userId: reader }) => reader)
  await notify(db, { organizationId, userIds: readers, type: 'message', data }, now)
  return ids
}

async function firstOf(db: Reader, self: Self, draft: DraftFields): Promise<Unposted> {
  const subject = draft.subject.trim() || null
  const recipients = await recipientsOf(db, self, draft)
  return { thread: randomUUID(), sending: randomUUID(), parentId: null, subject, recipients }
}

async function answerTo(db: Reader, self: Self, draft: DraftFields, thread: string): Promise<Unposted> {
  const rows = await rowsIn(db, self, [thread])
  const [first] = rows
  if (!first) throw new Refusal('notFound', 'message.notFound')
  const people = await replyTargets(db, self, rows, draft.replyTo)
  return {
    thread,
    sending: randomUUID(),
    parentId: first.id,
    subject: first.subject,
    recipients: people.map(({ id }) => ({ userId: id, audience: null })),
  }
}

/** Everybody once; who is addressed by name is so, even when they are in the group as well. */
async function recipientsOf(db: Reader, self: Self, { recipients: { people, groups, roles } }: DraftFields) {
  const named = people.length === 0 ? [] : await peopleAmong(db, self, people)
  if (named.length < new Set(people).size) throw new Refusal('notFound', 'message.recipientNotFound')
  if (!roles.every((role) => rolesFor[self.kind].includes(role))) {
    throw new Refusal('notFound', 'message.recipientNotFound')
  }
  const known = groups.length === 0 || self.kind === 'student' ? [] : await groupsOf(db, scopeFor(self))
  const chosen = known.filter(({ id }) => groups.includes(id)).map(({ id, name }) => ({ id, name }))
  if (chosen.length < new Set(groups).size) throw new Refusal('notFound', 'group.notFound')

  const isNamed = new Set(named.map(({ id }) => id))
  const several = [
    ...(groups.length === 0 ? [] : await peopleInGroups(db, self, groups, mostRecipients)),
    ...(roles.length === 0 ? [] : await peopleInRoles(db, self, roles, mostRecipients)),
  ]
  const audience = (isOne: boolean): Audience | null =>
    groups.length + roles.length === 0 ? null : { groups: chosen, roles: [...roles], isNamed: isOne }
  return [...new Set([...isNamed, ...several])].map((userId) => ({ userId, audience: audience(isNamed.has(userId)) }))
}

export async function takeBack({ db, actor, clock, now, about }: WriteContext, { sending }: { sending: string }) {
  const self = selfOf(actor)
  const rows = await rowsOfSending(db, self, sending)
  const [first] = rows
  if (!first) throw new Refusal('notFound', 'message.notFound')
  if (first.senderId !== self.userId) {
    const isReader = rows.some(({ recipientId }) => recipientId === self.userId)
    if (!isReader || !(await isOwnThread(db, self, first.thread))) throw new Refusal('notFound', 'message.notFound')
    throw new Refusal('forbidden', 'message.notSender')
  }
  if (!isFresh(rows, clock.now())) throw new Refusal('conflict', 'message.tooLateToTakeBack')
  await deleteSending(db, sending)
  await withdraw(db, 'message', 'sending', sending)
  await unshareAttached(db, self, attachedIds(first.attachments), first.sentAt)
  about(first.id)
  return draftAgain(db, self, first, rows, now)
}

type Row = Awaited<ReturnType<typeof rowsOfSending>>[number]

/** What is being written as an answer meanwhile stays, below what was taken back. */
async function draftAgain(db: Writer, self: Self, first: Row, rows: Row[], now: string) {
  const isAnswer = first.parentId !== null
  const name = isAnswer ? replyName(first.thread) : `new-${first.thread}`
  const present = await draftNamed(db, self, name)
  const { groups, roles } = audienceOf(first)
  const named = rows.filter((row) => audienceOf(row).isNamed).flatMap(({ recipientId }) => recipientId ?? [])
  const draft: DraftFields = {
    name,
    thread: isAnswer ? first.thread : null,
    replyTo: rows.length > 1 ? 'all' : 'sender',
    recipients: isAnswer
      ? { people: [], groups: [], roles: [] }
      : { people: named.slice(0, 200), groups: groups.map(({ id }) => id), roles },
    subject: isAnswer ? '' : (first.subject ?? ''),
    attachments: [...new Set([...attachedIds(first.attachments), ...(present?.attachments ?? [])])].slice(
      0,
      mostAttachments,
    ),
    content: present?.content ? `${first.content}\n\n${present.content}` : first.content,
  }
  await putDraft(db, self, { ...draft, edit: (present?.edit ?? 0) + 1 }, now)
  return { name }
}
