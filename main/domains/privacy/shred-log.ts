import type { Id } from '../../../shared/contract/base.ts'
import type { Writer } from '../../database/database.ts'
import type { JsonStructure, JsonValue } from '../../database/tables.ts'
import { erasedPart, eraseSeal, type Line, type Link, partsOf } from '../activity/chain.ts'
import { personOfResource } from '../activity/people.ts'
import { linkOf } from '../activity/queries.ts'

/** Empties a line that has grown old: who did what stays a number and a word, and the line still proves itself. */
export async function emptyLine(db: Writer, key: Buffer, id: Id) {
  const found = await linkOf(db, id)
  if (found?.line) await takeOut(db, key, { line: found.line, link: found.link }, () => true)
}

/**
 * Takes out of the activity log what tells of these people: the values of their rows, what was noted of them, and from
 * where they called. Each line stays, and still proves itself.
 */
export async function shredLog(db: Writer, key: Buffer, people: ReadonlySet<Id>) {
  for (const id of await linesAbout(db, [...people])) {
    const found = await linkOf(db, id)
    if (found?.line) await shredLine(db, key, { line: found.line, link: found.link }, people)
  }
}

/** The same of one line, where nothing is left by which it could be told whether its words are about them. */
export async function shredLineOfAbsent(db: Writer, key: Buffer, id: Id, people: ReadonlySet<Id>) {
  const found = await linkOf(db, id)
  if (!found?.line) return
  const { line, link } = found
  await takeOut(db, key, { line, link }, (part, index) => {
    if (index === 0) return line.userId !== null && people.has(line.userId)
    return index === 1 || people.has(Object(part)['person'])
  })
}

async function linesAbout(db: Writer, people: Id[]): Promise<Id[]> {
  const about = await db
    .selectFrom('activity_people')
    .select('activity_id as id')
    .where('person_id', 'in', people)
    .execute()
  const by = await db.selectFrom('activity_logs').select('id').where('user_id', 'in', people).execute()
  return [...new Set([...about, ...by].map(({ id }) => id))]
}

async function shredLine(db: Writer, key: Buffer, { line, link }: Sealed, people: ReadonlySet<Id>) {
  const { resource, resourceId } = line
  const subject = resource && resourceId !== null ? await personOfResource(db, resource, resourceId) : undefined
  const isOneOfThem = (id: unknown) => typeof id === 'number' && people.has(id)
  await takeOut(db, key, { line, link }, (part, index) => {
    if (index === 0) return isOneOfThem(line.userId)
    return isOneOfThem(index === 1 ? subject : Object(part)['person'])
  })
}

interface Sealed {
  line: Line
  link: Link
}

async function takeOut(
  db: Writer,
  key: Buffer,
  { line, link }: Sealed,
  goes: (part: JsonValue, index: number) => boolean,
) {
  const parts = partsOf(line)
  const seals = link.seals.map((seal, index) => {
    const isThere = seal[0] !== null && goes(parts[index] ?? null, index)
    return isThere ? eraseSeal(key, link, index, seal) : seal
  })
  const [origin, words, ...changes] = parts.map((part, index) =>
    seals[index] === link.seals[index] ? part : erasedPart(part),
  )
  const [ipAddress, userAgent] = origin as [string | null, string | null]
  const details = { ...Object(words), ...(changes.length > 0 && { changes }) } as JsonStructure
  await db
    .updateTable('activity_logs')
    .set({ details, ip_address: ipAddress, user_agent: userAgent })
    .where('id', '=', line.id)
    .execute()
  await db
    .updateTable('activity_chain')
    .set({ parts: JSON.stringify(seals) })
    .where('activity_id', '=', line.id)
    .execute()
}
