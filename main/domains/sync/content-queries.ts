import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import { comesByItself } from '../../../shared/contract/sync.ts'
import type { Reader, Writer } from '../../database/database.ts'

/** Whether a computer gets a content without being asked: one of the whole organization gets all. */
const isByItself = sql<boolean>`(sync_contents.size <= ${comesByItself}
  or exists (select 1 from sync_state where scope = 'organization'))`

/** Pieces that are here whole, and what has come of the next one. */
const arrived = sql<number>`(
  select coalesce(sum(length(bytes)), 0) from document_contents where sha256 in (
    select sha256 from document_pieces where content = substr(sync_contents.path, length('pieces:') + 1)
  )) + (select coalesce(sum(length(bytes)), 0) from sync_content_parts where path = sync_contents.path)`

function noted(db: Reader) {
  return db
    .selectFrom('sync_contents')
    .select(['sync_contents.size', 'problem', 'due_at as dueAt', 'is_here as isHere', arrived.as('arrived')])
}

/** Undefined while it has not been looked for on this computer. */
export function noteOf(db: Reader, path: string) {
  return noted(db)
    .select(sql<number>`asked_at is null and not ${isByItself}`.as('isOnDemand'))
    .where('path', '=', path)
    .executeTakeFirst()
}

/** What goes to the centre and what comes from there, the ones with a problem first. */
export function waitingContents(db: Reader, organizationId: Id) {
  return noted(db)
    .innerJoin('documents', 'documents.file_path', 'sync_contents.path')
    .select(['documents.id as documentId', 'documents.filename'])
    .where('documents.organization_id', '=', organizationId)
    .where(isOnItsWay)
    .groupBy('sync_contents.path')
    .orderBy(sql`problem is null`)
    .orderBy('is_here', 'desc')
    .orderBy('sync_contents.size')
    .limit(200)
    .execute()
}

const isOnItsWay = sql<boolean>`((is_here = 1 and is_at_centre = 0)
  or (is_here = 0 and (asked_at is not null or ${isByItself})))`

/** How many there are in each direction, and their bytes. */
export async function amountsOnTheWay(db: Reader) {
  const rows = await db
    .selectFrom('sync_contents')
    .select((eb) => ['is_here as isHere', eb.fn.countAll<number>().as('count'), eb.fn.sum<number>('size').as('bytes')])
    .where(sql<boolean>`(is_here = 0 or is_at_centre = 0)`)
    .where(isOnItsWay)
    .groupBy('is_here')
    .execute()
  const of = (isHere: boolean) => {
    const { count = 0, bytes = 0 } = rows.find((row) => Boolean(row.isHere) === isHere) ?? {}
    return { count, bytes }
  }
  return { toSend: of(true), toCome: of(false) }
}

/** Whether one of these contents is not here, and whether one is not known to be at the centre as a whole. */
export async function whereContentsAre(db: Reader, paths: readonly string[]) {
  if (paths.length === 0) return { isElsewhere: false, isToSend: false }
  const noted = await db
    .selectFrom('sync_contents')
    .select(['is_here as isHere', 'is_at_centre as isAtCentre'])
    .where('path', 'in', [...paths])
    .execute()
  const atCentre = noted.filter(({ isAtCentre }) => isAtCentre === 1)
  return { isElsewhere: noted.some(({ isHere }) => isHere === 0), isToSend: atCentre.length < new Set(paths).size }
}

/** Where the content of a document and those of its older versions lie. */
export async function contentPathsOf(db: Reader, id: Id) {
  const rows = await db
    .selectFrom('documents')
    .select(['id', 'file_path as path'])
    .where((eb) => eb.or([eb('id', '=', id), eb('version_of', '=', id)]))
    .execute()
  return { ids: rows.map((row) => row.id), paths: rows.flatMap(({ path }) => path ?? []) }
}

/** Of a document that the caller may open; whether the content is here already is looked at with the next round. */
export function askFor(db: Writer, path: string, now: string) {
  return db
    .insertInto('sync_contents')
    .columns(['path', 'size', 'is_here', 'asked_at'])
    .expression((eb) =>
      eb
        .selectFrom('documents')
        .select([
          sql<string>`file_path`.as('path'),
          sql<number>`max(coalesce(file_size, 0))`.as('size'),
          sql<number>`0`.as('is_here'),
          sql<string>`${now}`.as('asked_at'),
        ])
        .where('file_path', '=', path)
        .groupBy('file_path'),
    )
    .onConflict((conflict) => conflict.column('path').doUpdateSet({ asked_at: now, due_at: null }))
    .execute()
}

export function tryAgain(db: Writer) {
  return db.updateTable('sync_contents').set({ due_at: null }).where('due_at', 'is not', null).execute()
}
