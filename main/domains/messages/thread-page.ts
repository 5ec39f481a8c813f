import { type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { ListThreads } from '../../../shared/contract/messages.ts'
import { fold } from '../../../shared/fold.ts'
import type { Reader } from '../../database/database.ts'
import type { Self } from './self.ts'
import { hasWord } from './texts.ts'

/** Rows of an answer; one more is read to know whether there are others. */
export const threadsShown = 40

/** Messages looked at in one step: the first is enough for most pages, and many steps cost more than a long one. */
const steps = [400, 4000, 100_000]

export interface FoundThread {
  thread: string
  lastAt: string
}

/**
 * One page of conversations, the latest first: by the newest message of theirs that fits. Goes from the newest message back,
 * so that only what nobody finds is looked for in the whole mailbox.
 */
export async function threadPage(db: Reader, self: Self, { box, search, after }: ListThreads): Promise<FoundThread[]> {
  const words = fold(search).split(' ').filter(Boolean)
  const named = words.length === 0 ? [] : await participants(db, self)
  const fitting = words.map((word) => ({
    word,
    named: named.filter(({ name }) => name.includes(word)).map(({ id }) => id),
  }))
  const found = new Map<string, string>()
  const isWanted = ([thread, lastAt]: [string, string]) =>
    !after || lastAt < after.lastAt || (lastAt === after.lastAt && thread < after.thread)
  let from: FoundThread | undefined
  for (let step = 0; ; step++) {
    const limit = steps[Math.min(step, steps.length - 1)] ?? 0
    const rows = await newestOwn(db, self, { box, fitting, from, limit })
    for (const { thread, lastAt } of rows) if (!found.has(thread)) found.set(thread, lastAt)
    const page = [...found].filter(isWanted).slice(0, threadsShown + 1)
    if (page.length > threadsShown || rows.length < limit) return page.map(([thread, lastAt]) => ({ thread, lastAt }))
    from = rows.at(-1)
  }
}

interface Wanted {
  box: ListThreads['box']
  fitting: readonly { word: string; named: readonly Id[] }[]
  /** The last one looked at. */
  from: FoundThread | undefined
  limit: number
}

/** One's own messages from the newest on, each side by an index of its own that has all that is needed to pass over one. */
function newestOwn(db: Reader, self: Self, { box, fitting, from, limit }: Wanted): Promise<FoundThread[]> {
  const side = (own: 'sender_id' | 'recipient_id', hidden: 'hidden_by_sender_at' | 'hidden_by_recipient_at') => {
    let query = db
      .selectFrom('messages')
      .select(['messages.thread', 'messages.created_at as lastAt'])
      .where(`messages.${own}`, '=', self.userId)
      .where(`messages.${hidden}`, 'is', null)
      .where('messages.organization_id', '=', self.organizationId)
    if (from)
      query = query.where(sql<SqlBool>`(messages.created_at, messages.thread) < (${from.lastAt}, ${from.thread})`)
    if (box !== 'all') query = query.where(isInBox(self, box))
    for (const { word, named } of fitting) query = query.where(fits(word, named))
    return query
  }
  return side('recipient_id', 'hidden_by_recipient_at')
    .unionAll(side('sender_id', 'hidden_by_sender_at'))
    .orderBy('lastAt', 'desc')
    .orderBy('thread', 'desc')
    .limit(limit)
    .execute()
}

function fits(word: string, named: readonly Id[]) {
  if (named.length === 0) return hasWord(word)
  const people = sql`(select value from json_each(${JSON.stringify(named)}))`
  return sql<SqlBool>`(messages.sender_id in ${people} or messages.recipient_id in ${people} or ${hasWord(word)})`
}

/** Conversations with something unread, or in which one has written. */
function isInBox({ userId, organizationId }: Self, box: 'unread' | 'sent') {
  const one =
    box === 'sent'
      ? sql<SqlBool>`sender_id = ${userId} and hidden_by_sender_at is null`
      : sql<SqlBool>`recipient_id = ${userId} and is_read = 0 and hidden_by_recipient_at is null`
  return sql<SqlBool>`messages.thread in (
    select thread from messages as in_box where organization_id = ${organizationId} and ${one}
  )`
}

/** Everybody else in one's own messages, by what their names are searched as. */
async function participants(db: Reader, { userId }: Self) {
  const others = await db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('id', '!=', userId)
    .where((eb) =>
      eb.or([
        eb('id', 'in', eb.selectFrom('messages').select('sender_id').where('recipient_id', '=', userId)),
        eb('id', 'in', eb.selectFrom('messages').select('recipient_id').where('sender_id', '=', userId)),
      ]),
    )
    .execute()
  return others.map(({ id, name }) => ({ id, name: fold(name) }))
}
