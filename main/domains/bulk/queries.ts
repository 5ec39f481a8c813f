import { type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import { BulkJob } from '../../../shared/contract/bulk.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { KeptOfDocument, KeptOfPerson, type Left } from './row-change.ts'

export interface Owner {
  userId: Id
  organizationId: Id
}

type NewJob = Owner & Pick<BulkJob, 'id' | 'list' | 'kind' | 'isUndo'>

export function insertJob(db: Writer, job: NewJob, now: string) {
  return db
    .insertInto('bulk_jobs')
    .values({
      id: job.id,
      organization_id: job.organizationId,
      user_id: job.userId,
      list: job.list,
      kind: job.kind,
      is_undo: Number(job.isUndo),
      state: 'running',
      created_at: now,
    })
    .execute()
}

type Progress = Pick<BulkJob, 'state' | 'total' | 'reached' | 'changed' | 'refusals'>

export function setProgress(db: Writer, id: string, { state, total, reached, changed, refusals }: Progress) {
  return db
    .updateTable('bulk_jobs')
    .set({ state, total, reached, updated: changed, refusals })
    .where('id', '=', id)
    .execute()
}

/** What somebody has begun in this organization since then, newest first. */
export async function jobsOf(db: Reader, { userId, organizationId }: Owner, since: string) {
  const rows = await db
    .selectFrom('bulk_jobs')
    .select(['id', 'list', 'kind', 'state', 'is_undo as isUndo', 'total', 'reached', 'updated as changed', 'refusals'])
    .select(sql<number>`exists (select 1 from bulk_rows where job_id = bulk_jobs.id)`.as('hasRows'))
    .where('user_id', '=', userId)
    .where('organization_id', '=', organizationId)
    .where('is_dismissed', '=', 0)
    .where('created_at', '>=', since)
    .orderBy('created_at', 'desc')
    .orderBy(sql`rowid`, 'desc')
    .execute()
  return rows.map(({ kind, isUndo, hasRows, ...row }) => ({
    ...row,
    kind: BulkJob.shape.kind.parse(kind),
    isUndo: isUndo === 1,
    hasRows: hasRows === 1,
  }))
}

export type JobRow = Awaited<ReturnType<typeof jobsOf>>[number]

interface Changed extends Left<KeptOfPerson | KeptOfDocument> {
  position: number
}

export async function insertRows(db: Writer, { id, list }: Pick<BulkJob, 'id' | 'list'>, rows: readonly Changed[]) {
  if (rows.length === 0) return
  await db
    .insertInto('bulk_rows')
    .values(
      rows.map((row) => ({
        job_id: id,
        position: row.position,
        beneficiary_id: list === 'people' ? row.id : null,
        document_id: list === 'documents' ? row.id : null,
        before: JSON.stringify(row.before),
        written_at: row.writtenAt,
      })),
    )
    .execute()
}

/** The rows that a job has changed and that nobody has come to on the way back, in their order. */
export async function rowsLeft(db: Reader, id: string): Promise<Id[]> {
  const rows = await db
    .selectFrom('bulk_rows')
    .select(sql<Id>`coalesce(beneficiary_id, document_id)`.as('id'))
    .where('job_id', '=', id)
    .orderBy('position')
    .execute()
  return rows.map((row) => row.id)
}

export async function personLeft(db: Reader, jobId: string, id: Id): Promise<Left<KeptOfPerson> | undefined> {
  const row = await rowLeft(db, jobId, 'beneficiary_id', id)
  return row && { id, before: KeptOfPerson.parse(JSON.parse(row.before)), writtenAt: row.writtenAt }
}

export async function documentLeft(db: Reader, jobId: string, id: Id): Promise<Left<KeptOfDocument> | undefined> {
  const row = await rowLeft(db, jobId, 'document_id', id)
  return row && { id, before: KeptOfDocument.parse(JSON.parse(row.before)), writtenAt: row.writtenAt }
}

function rowLeft(db: Reader, jobId: string, column: 'beneficiary_id' | 'document_id', id: Id) {
  return db
    .selectFrom('bulk_rows')
    .select(['before', 'written_at as writtenAt'])
    .where(column, '=', id)
    .where('job_id', '=', jobId)
    .executeTakeFirst()
}

export function deleteRows(db: Writer, { id, list }: Pick<BulkJob, 'id' | 'list'>, ids: readonly Id[]) {
  return db
    .deleteFrom('bulk_rows')
    .where('job_id', '=', id)
    .where(
      list === 'people' ? 'beneficiary_id' : 'document_id',
      'in',
      sql<Id>`(select value from json_each(${JSON.stringify(ids)}))`,
    )
    .execute()
}

/** They are in no list any more; their rows go a few at a time. */
export function dismissJobs(db: Writer, ids: readonly string[]) {
  return db
    .updateTable('bulk_jobs')
    .set({ is_dismissed: 1 })
    .where(sql<SqlBool>`id in (select value from json_each(${JSON.stringify(ids)}))`)
    .execute()
}

/** Takes out the next rows of jobs that are dismissed or from before then, and at last the jobs; says whether some are left. */
export async function deleteSomeOld(
  db: Writer,
  { before, except, limit }: { before: string; except: readonly string[]; limit: number },
): Promise<boolean> {
  const old = sql<SqlBool>`(is_dismissed = 1 or bulk_jobs.created_at < ${before})
    and bulk_jobs.id not in (select value from json_each(${JSON.stringify(except)}))`
  const { numDeletedRows } = await db
    .deleteFrom('bulk_rows')
    .where(
      sql<SqlBool>`(job_id, position) in (
        select job_id, position from bulk_jobs join bulk_rows on bulk_rows.job_id = bulk_jobs.id where ${old} limit ${limit}
      )`,
    )
    .executeTakeFirstOrThrow()
  if (Number(numDeletedRows) >= limit) return true
  await db.deleteFrom('bulk_jobs').where(old).execute()
  return false
}
