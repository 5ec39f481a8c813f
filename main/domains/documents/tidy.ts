import { sql } from 'kysely'
import { trashDays, uploadDays } from '../../../shared/contract/documents.ts'
import { breather } from '../../breather.ts'
import type { Clock } from '../../clock.ts'
import type { DatabaseFile, Reader } from '../../database/database.ts'
import { logOfItself } from '../activity/log-of-itself.ts'
import { witnessedBefore } from '../activity/witnessed-time.ts'
import { dropUnusedLists, dropUnusedPieces, isUsed } from './contents.ts'
import { deleteUpload } from './upload-queries.ts'

interface Options {
  database: DatabaseFile
  clock: Clock
}

const dayMs = 24 * 3_600_000
/** Pieces in one transaction: overwriting their pages takes a few milliseconds each, and everybody else waits. */
const piecesAtOnce = 4

/**
 * Takes out for good what was removed a month ago and what stopped on its way in a week ago, and then every byte that
 * nothing refers to. A little at a time; killed anywhere, the next run goes on.
 */
export async function tidyDocuments({ database, clock }: Options) {
  const now = clock.now()
  const due = await witnessedBefore(database.reader, now, trashDays)
  if (due) await deleteOldTrash(database, due, now.toISOString())
  await deleteOldUploads(database, now)
  await deleteStrayLists(database)
  await dropStrays(database)
}

/** Bytes that a moment ago something referred to. */
export async function dropDigests(database: DatabaseFile, digests: readonly string[]) {
  for (let from = 0; from < digests.length; from += piecesAtOnce) {
    await database.write((db) => dropUnusedPieces(db, digests.slice(from, from + piecesAtOnce)))
  }
}

/** What a legal hold keeps stays, however long ago it was removed. */
async function deleteOldTrash(database: DatabaseFile, before: string, now: string) {
  const due = await database.reader
    .selectFrom('documents')
    .leftJoin('beneficiaries', 'beneficiaries.id', 'documents.beneficiary_id')
    .select(['documents.id', 'documents.organization_id as organizationId'])
    .where('documents.deleted_at', '<', before)
    .where(
      sql<boolean>`not exists (select 1 from legal_holds where lifted_at is null and person_id = beneficiaries.user_id)`,
    )
    .execute()
  for (const { id, organizationId } of due) {
    await database.write(async (db) => {
      const contents = await db
        .selectFrom('documents')
        .select('file_path as path')
        .where((eb) => eb.or([eb('id', '=', id), eb('version_of', '=', id)]))
        .execute()
      await logOfItself(db, database.auditKey, {
        organizationId,
        action: 'documents.purge',
        resource: 'documents',
        resourceId: id,
        now,
      })
      await db.deleteFrom('documents').where('id', '=', id).execute()
      await dropUnusedLists(
        db,
        contents.map(({ path }) => path),
      )
    })
  }
}

async function deleteOldUploads({ reader, write }: DatabaseFile, now: Date) {
  const before = (days: number) => new Date(now.getTime() - days * dayMs).toISOString()
  const old = await reader
    .selectFrom('document_uploads')
    .select('id')
    .where((eb) =>
      eb.or([
        eb('updated_at', '<', before(uploadDays)),
        eb.and([eb('finished_id', 'is not', null), eb('updated_at', '<', before(1))]),
      ]),
    )
    .execute()
  for (const { id } of old) await write((db) => deleteUpload(db, id))
}

/** Lists whose last document went with a person, a practice centre or another machine's word. */
async function deleteStrayLists({ reader, write }: DatabaseFile) {
  const strays = await reader
    .selectFrom('document_pieces')
    .select('content')
    .where('position', '=', 0)
    .where(sql<boolean>`not exists (select 1 from documents where file_path = 'pieces:' || content)`)
    .execute()
  for (const { content } of strays) await write((db) => dropUnusedLists(db, [`pieces:${content}`]))
}

async function dropStrays(database: DatabaseFile) {
  const breathe = breather()
  let strays: string[] = []
  for (let after = ''; ; ) {
    const digests = await digestsAfter(database.reader, after)
    for (const digest of digests) {
      if (!(await isUsed(database.reader, digest))) strays.push(digest)
      await breathe()
    }
    await dropDigests(database, strays)
    strays = []
    const last = digests.at(-1)
    if (last === undefined) return
    after = last
  }
}

async function digestsAfter(db: Reader, after: string) {
  const rows = await db
    .selectFrom('document_contents')
    .select('sha256')
    .where('sha256', '>', after)
    .orderBy('sha256')
    .limit(500)
    .execute()
  return rows.map(({ sha256 }) => sha256)
}

const everyMs = 6 * 3_600_000

interface Keeping extends Options {
  /** What else goes for good when its time is over. */
  emptyOthers(options: Options): Promise<unknown>
  onFailure(error: unknown): Promise<unknown>
}

/** Behind the first page, and every six hours; the end waits for what is running. */
export function keepTidy({ onFailure, emptyOthers, ...options }: Keeping) {
  const tidy = () =>
    emptyOthers(options)
      .catch(onFailure)
      .then(() => tidyDocuments(options))
      .catch(onFailure)
  const first = tidy()
  let running: Promise<unknown> = first
  const timer = setInterval(() => {
    running = running.then(tidy)
  }, everyMs)
  timer.unref()
  return {
    first,
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
