import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import { fold } from '../../../shared/fold.ts'
import type { Reader, Writer } from '../../database/database.ts'

const batch = 250

interface Text {
  id: Id
  subject: string | null
  content: string
}

/** Puts messages where the search finds them; whoever inserts messages calls this in the same write. */
export async function indexTexts(db: Writer, texts: readonly Text[]) {
  for (let at = 0; at < texts.length; at += batch) {
    const rows = texts.slice(at, at + batch)
    await db
      .insertInto('message_texts')
      .values(rows.map(({ id, subject, content }) => ({ message_id: id, folded: fold(`${subject ?? ''} ${content}`) })))
      .execute()
  }
}

function unindexed(db: Reader) {
  return db
    .selectFrom('messages')
    .leftJoin('message_texts', 'message_texts.message_id', 'messages.id')
    .select(['messages.id', 'messages.subject', 'messages.content'])
    .where('message_texts.message_id', 'is', null)
}

/** Whether a message is missing, as one that came from another machine. */
export async function areTextsIncomplete(db: Reader): Promise<boolean> {
  return (await unindexed(db).limit(1).executeTakeFirst()) !== undefined
}

export async function completeTexts(db: Writer) {
  await indexTexts(db, await unindexed(db).execute())
}

/** Whether the message of a row has a word in it. `glob` looks through a text in half the time that `instr` takes. */
export function hasWord(word: string) {
  const pattern = `*${word.replace(/[*?[]/g, '[$&]')}*`
  return sql<boolean>`exists (
    select 1 from message_texts where message_texts.message_id = messages.id and message_texts.folded glob ${pattern}
  )`
}
