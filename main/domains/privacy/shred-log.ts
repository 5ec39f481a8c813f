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
 * Takes out of the activity log what tells of a person: the values of their rows, what was noted of them, and from where
 * they called. Each line stays, and still proves itself.
 */
export async function shredLog(db: Writer, key: Buffer, person: Id) {
  for (const id of await linesAbout(db, person)) {
    const found = await linkOf(db, id)
    if (found?.line) await shredLine(db, key, { line: found.line, link: found.link }, person)
  }
}

async function linesAbout(db: Writer, person: Id): Promise<Id[]> {
  const about = await db
    .selectFrom('activity_people')
    .select('activity_id as id')
    .where('person_id', '=', person)
    .execute()
  const by = await db.selectFrom('activity_logs').select('id').where('user_id', '=', person).execute()
  return [...new Set([...about, ...by].map(({ id }) => id))]
}

async function shredLine(db: Writer, key: Buffer, { line, link }: Sealed, person: Id) {
  const { resource, resourceId } = line
  const isAboutThem = resource && resourceId !== null && (await personOfResource(db, resource, resourceId)) === person
  await takeOut(db, key, { line, link }, (part, index) => {
    if (index === 0) return line.userId === person
    return index === 1 ? Boolean(isAboutThem) : Object(part)['person'] === person
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
