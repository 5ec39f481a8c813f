import type { Id } from '../../../shared/contract/base.ts'
import type { Attachment, ListThreads, Message, Thread, ThreadRow } from '../../../shared/contract/messages.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Reader } from '../../database/database.ts'
import { peopleAmong } from './addressees.ts'
import { attachedIds, attachmentsAmong } from './attachments.ts'
import { audienceOf } from './audience.ts'
import { draftNamesOf, replyName } from './draft-queries.ts'
import { type MessageRow, rowsIn } from './queries.ts'
import type { Self } from './self.ts'
import { threadPage, threadsShown } from './thread-page.ts'

const snippetLength = 160
/** So many are named in a list; the rest is counted. */
const namesShown = 3

/** How long a message can be taken back. */
export const freshMs = 60_000

export async function threadsOf(db: Reader, self: Self, input: ListThreads, most = threadsShown) {
  const page = await threadPage(db, self, input)
  const shown = page.slice(0, most)
  const threads = shown.map(({ thread }) => thread)
  const byThread = Map.groupBy(threads.length === 0 ? [] : await rowsIn(db, self, threads), ({ thread }) => thread)
  const drafts = await draftNamesOf(db, self)
  const known = await knownIn(db, self, [...byThread.values()].flat())
  return {
    rows: shown.map(({ thread, lastAt }) => ({
      ...summaryOf(self, byThread.get(thread) ?? [], known),
      thread,
      lastAt,
      hasDraft: drafts.has(replyName(thread)),
    })),
    hasMore: page.length > most,
  }
}

type Known = ReadonlySet<Id>

/** Of the recipients of a message by somebody else, only those are named whom the reader may write to. */
async function knownIn(db: Reader, self: Self, rows: readonly MessageRow[]): Promise<Known> {
  const ids = new Set(rows.flatMap(({ senderId, recipientId }) => [senderId ?? 0, recipientId ?? 0]))
  const reached = ids.size === 0 ? [] : await peopleAmong(db, self, [...ids])
  return new Set([...reached.map(({ id }) => id), self.userId])
}

function summaryOf(self: Self, rows: readonly MessageRow[], known: Known) {
  const mine = ({ senderId }: MessageRow) => senderId === self.userId
  const last = rows.at(-1)
  const names = new Map<Id, string>()
  const hidden = new Set<Id>()
  for (const row of rows) {
    if (!mine(row) && row.senderId !== null && row.senderName !== null) names.set(row.senderId, row.senderName)
    if (row.recipientId === null || row.recipientName === null || row.recipientId === self.userId) continue
    if (!audienceOf(row).isNamed) continue
    if (mine(row) || known.has(row.recipientId)) names.set(row.recipientId, row.recipientName)
    else hidden.add(row.recipientId)
  }
  const others = [...names.values()]
  const { groups, roles } = audienceIn(rows)
  return {
    subject: rows[0]?.subject ?? '',
    lastFrom: last?.senderName ?? null,
    isLastMine: last !== undefined && mine(last),
    snippet: (last?.content ?? '').replace(/\s+/g, ' ').slice(0, snippetLength),
    others: others.slice(0, namesShown),
    more: Math.max(0, others.length - namesShown) + [...hidden].filter((id) => !names.has(id)).length,
    groups,
    roles,
    messages: new Set(rows.map(({ sending }) => sending)).size,
    unread: rows.filter(({ recipientId, isRead }) => recipientId === self.userId && !isRead).length,
  } satisfies Omit<ThreadRow, 'thread' | 'lastAt' | 'hasDraft'>
}

export async function threadOf(db: Reader, self: Self, thread: string, now: Date): Promise<Thread> {
  const rows = await rowsIn(db, self, [thread])
  if (rows.length === 0) throw new Refusal('notFound', 'message.notFound')
  const known = await knownIn(db, self, rows)
  const attached = rows.flatMap((row) => attachedIds(row.attachments))
  const documents = await attachmentsAmong(db, self, attached, now.toISOString())
  const sendings = [...Map.groupBy(rows, ({ sending }) => sending).values()]
  const [sender, all] = await Promise.all([replyTargets(db, self, rows, 'sender'), replyTargets(db, self, rows, 'all')])
  return {
    thread,
    subject: rows[0]?.subject ?? '',
    messages: sendings.map((its) => messageOf(self, its, { known, documents, now })),
    replyTo: { sender: shortly(sender), all: shortly(all) },
  }
}

const shortly = (people: { name: string }[]) => ({
  names: people.slice(0, namesShown).map(({ name }) => name),
  count: people.length,
})

interface Sight {
  known: Known
  documents: ReadonlyMap<Id, Attachment>
  now: Date
}

function messageOf(self: Self, rows: readonly MessageRow[], { known, documents, now }: Sight): Message {
  const [first] = rows
  if (!first) throw new Error('A message without rows.')
  const isMine = first.senderId === self.userId
  const named = rows.filter((row) => audienceOf(row).isNamed)
  const visible = named.filter(({ recipientId }) => isMine || known.has(recipientId ?? 0))
  return {
    sending: first.sending,
    from: first.senderName,
    isMine,
    sentAt: first.sentAt,
    content: first.content,
    to: visible.flatMap(({ recipientId, recipientName }) =>
      recipientId === self.userId || recipientName === null ? [] : [recipientName],
    ),
    more: named.length - visible.length,
    ...audienceIn(rows),
    receipts: isMine
      ? rows.flatMap(({ recipientName, readAt }) => (recipientName === null ? [] : [{ name: recipientName, readAt }]))
      : [],
    isUnread: rows.some(({ recipientId, isRead }) => recipientId === self.userId && !isRead),
    attachments: attachedIds(first.attachments).map((id) => documents.get(id) ?? null),
    isFresh: isMine && isFresh(rows, now),
  }
}

export function isFresh(rows: readonly Pick<MessageRow, 'sentAt' | 'isRead'>[], now: Date): boolean {
  return rows.every(({ sentAt, isRead }) => !isRead && now.getTime() - Date.parse(sentAt) <= freshMs)
}

/** Whom an answer reaches. Somebody who looks after the installation may be answered in an organization not their own. */
export async function replyTargets(
  db: Reader,
  self: Self,
  rows: readonly Pick<MessageRow, 'senderId' | 'recipientId'>[],
  to: 'sender' | 'all',
) {
  const last = rows.findLast(({ senderId }) => senderId !== null && senderId !== self.userId)
  const wanted =
    to === 'sender' && last
      ? [last.senderId ?? 0]
      : rows.flatMap(({ senderId, recipientId }) => [senderId ?? 0, recipientId ?? 0])
  const ids = [...new Set(wanted)].filter((id) => id !== self.userId && id !== 0)
  if (ids.length === 0) return []
  const visitors = await db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .where('role', '=', 'super_admin')
    .where('is_active', '=', true)
    .execute()
  const reached = await peopleAmong(db, self, ids)
  return [...new Map([...reached, ...visitors].map(({ id, name }) => [id, { id, name }])).values()]
}

function audienceIn(rows: readonly MessageRow[]) {
  const { groups, roles } = audienceOf(rows.find(({ audience }) => audience !== null) ?? { audience: null })
  return { groups: groups.map(({ name }) => name), roles }
}
