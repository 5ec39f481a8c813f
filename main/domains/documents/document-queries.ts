import { type RawBuilder, type SqlBool, sql } from 'kysely'
import * as z from 'zod'
import { Id } from '../../../shared/contract/base.ts'
import { type DocumentFields, type ListDocuments, mostDocuments } from '../../../shared/contract/documents.ts'
import { fold } from '../../../shared/fold.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import { reachesLearner } from '../../scope.ts'
import { type DocumentScope, isDocument, isSharedWith, learnerMayView, mayEdit, mayManage, mayView } from './reach.ts'

/** Newest first, and one row more than an answer holds. */
export async function documentsIn(db: Reader, scope: DocumentScope, filter: ListDocuments) {
  const { category, tag, beneficiaryId, view, search } = filter
  let query = readable(db, scope).where('documents.deleted_at', view === 'deleted' ? 'is not' : 'is', null)
  if (view === 'deleted') query = query.where(mayManage(scope))
  if (view === 'shared') query = query.where(isSharedWith(scope.userId, scope.now))
  if (category !== undefined) query = query.where('documents.category', '=', category)
  if (beneficiaryId !== undefined) query = query.where('documents.beneficiary_id', '=', beneficiaryId)
  if (tag !== undefined) {
    query = query.where(sql<boolean>`exists (select 1 from json_each(documents.tags) where value = ${tag})`)
  }
  query = query.orderBy('documents.created_at', 'desc').orderBy('documents.id', 'desc')
  const wanted = fold(search)
  const rows = await (wanted === '' ? query.limit(mostDocuments + 1) : query).execute()
  return rows
    .map(rowOf)
    .filter((row) => fits(row, wanted))
    .slice(0, mostDocuments + 1)
}

export async function documentOf(db: Reader, scope: DocumentScope, id: Id) {
  const row = await readable(db, scope).where('documents.id', '=', id).executeTakeFirst()
  if (!row || (row.deletedAt !== null && !row.mayManage)) return undefined
  return rowOf(row)
}

export async function choicesIn(db: Reader, scope: DocumentScope) {
  const rows = await db
    .selectFrom('documents')
    .select(['documents.category', 'documents.tags'])
    .distinct()
    .where('documents.organization_id', '=', scope.organizationId)
    .where('documents.deleted_at', 'is', null)
    .where(isDocument)
    .where(mayView(scope))
    .execute()
  return {
    categories: sorted(rows.flatMap(({ category }) => category ?? [])),
    tags: sorted(rows.flatMap(({ tags }) => tagsOf(tags))),
  }
}

/** Those of these documents that a condition lets somebody open. */
export function viewableAmong(db: Reader, organizationId: Id, ids: readonly Id[], mayOpen: RawBuilder<SqlBool>) {
  return db
    .selectFrom('documents')
    .select([
      'documents.id',
      'documents.filename',
      sql<string>`coalesce(documents.mime_type, '')`.as('mimeType'),
      sql<number>`coalesce(documents.file_size, 0)`.as('size'),
      'documents.updated_at as updatedAt',
    ])
    .where('documents.id', 'in', [...ids])
    .where('documents.organization_id', '=', organizationId)
    .where('documents.deleted_at', 'is', null)
    .where(isDocument)
    .where(mayOpen)
    .execute()
}

export function documentsForLearner(db: Reader, organizationId: Id, userId: Id, now: string) {
  return db
    .selectFrom('documents')
    .leftJoin('document_shares', (join) =>
      join.onRef('document_shares.document_id', '=', 'documents.id').on('document_shares.shared_with', '=', userId),
    )
    .leftJoin('users', 'users.id', 'document_shares.shared_by')
    .select([
      'documents.id',
      'documents.filename',
      sql<string>`coalesce(documents.description, '')`.as('description'),
      sql<string>`coalesce(documents.mime_type, '')`.as('mimeType'),
      sql<number>`coalesce(documents.file_size, 0)`.as('size'),
      'documents.updated_at as updatedAt',
      sql<string | null>`max(users.name)`.as('sharedByName'),
    ])
    .where('documents.organization_id', '=', organizationId)
    .where('documents.deleted_at', 'is', null)
    .where(isDocument)
    .where(learnerMayView(userId, now))
    .groupBy('documents.id')
    .orderBy('documents.updated_at', 'desc')
    .orderBy('documents.id', 'desc')
    .limit(200)
    .execute()
}

/** Where its bytes lie, for a learner; undefined when it is not for them. */
export function pathForLearner(db: Reader, organizationId: Id, userId: Id, { id, now }: { id: Id; now: string }) {
  return db
    .selectFrom('documents')
    .select('file_path as path')
    .where('documents.id', '=', id)
    .where('documents.organization_id', '=', organizationId)
    .where('documents.deleted_at', 'is', null)
    .where(isDocument)
    .where(learnerMayView(userId, now))
    .executeTakeFirst()
}

/** Of a document that the caller was found to see. */
export function pathOf(db: Reader, id: Id) {
  return db.selectFrom('documents').select('file_path as path').where('id', '=', id).executeTakeFirst()
}

export function pathOfVersion(db: Reader, id: Id, versionId: Id) {
  return db
    .selectFrom('documents')
    .select('file_path as path')
    .where('id', '=', versionId)
    .where('version_of', '=', id)
    .executeTakeFirst()
}

export function versionsOf(db: Reader, id: Id) {
  return db
    .selectFrom('documents')
    .leftJoin('users', 'users.id', 'documents.uploaded_by')
    .select([
      'documents.id',
      'documents.filename',
      sql<string>`coalesce(documents.mime_type, '')`.as('mimeType'),
      sql<number>`coalesce(documents.file_size, 0)`.as('size'),
      'users.name as uploadedByName',
      'documents.created_at as createdAt',
    ])
    .where('documents.version_of', '=', id)
    .orderBy('documents.created_at', 'desc')
    .orderBy('documents.id', 'desc')
    .execute()
}

/** What a file is, once it is in. */
export interface Content {
  filename: string
  path: string
  size: number
  mimeType: string
  uploadedBy: Id
}

interface NewDocument extends Content {
  organizationId: Id
  beneficiaryId: Id | null
}

export async function insertDocument(
  db: Writer,
  { organizationId, beneficiaryId, ...content }: NewDocument,
  now: string,
) {
  const id = await mintId(db, 'documents')
  await db
    .insertInto('documents')
    .values({
      id,
      organization_id: organizationId,
      beneficiary_id: beneficiaryId,
      ...contentColumns(content),
      created_at: now,
      updated_at: now,
    })
    .execute()
  return id
}

/** The content that was there becomes an older version, and the document keeps its name, its words and its shares. */
export async function replaceContent(db: Writer, id: Id, content: Content, now: string) {
  const before = await db.selectFrom('documents').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  await db
    .insertInto('documents')
    .values({
      id: await mintId(db, 'documents'),
      organization_id: before.organization_id,
      beneficiary_id: before.beneficiary_id,
      filename: before.filename,
      file_path: before.file_path,
      file_size: before.file_size,
      mime_type: before.mime_type,
      uploaded_by: broughtBy(before.metadata) ?? before.uploaded_by,
      version_of: id,
      created_at: before.created_at,
      updated_at: now,
    })
    .execute()
  const { uploaded_by: bringer, ...columns } = contentColumns(content)
  // Whose the document is does not change with who brings a newer content.
  await db
    .updateTable('documents')
    .set({ ...columns, metadata: { broughtBy: bringer }, created_at: now, updated_at: now })
    .where('id', '=', id)
    .execute()
}

const Metadata = z.object({ broughtBy: Id })

function broughtBy(metadata: unknown): Id | undefined {
  return Metadata.safeParse(metadata).data?.broughtBy
}

export function updateDocument(db: Writer, id: Id, fields: DocumentFields, now: string) {
  const { filename, description, category, tags, isPublic } = fields
  return db
    .updateTable('documents')
    .set({
      filename,
      description: description || null,
      category: category || null,
      tags: [...new Set(tags)],
      is_public: isPublic,
      updated_at: now,
    })
    .where('id', '=', id)
    .execute()
}

export function setDeleted(db: Writer, id: Id, deletedAt: string | null, now: string) {
  return db.updateTable('documents').set({ deleted_at: deletedAt, updated_at: now }).where('id', '=', id).execute()
}

export function openingsOf(db: Reader, organizationId: Id, id: Id) {
  return db
    .selectFrom('activity_logs')
    .leftJoin('users', 'users.id', 'activity_logs.user_id')
    .select(['users.name', 'activity_logs.created_at as at'])
    .where('activity_logs.resource_type', '=', 'documents')
    .where('activity_logs.resource_id', '=', id)
    .where('activity_logs.organization_id', '=', organizationId)
    .where('activity_logs.action', '=', 'documents.open')
    .orderBy('activity_logs.created_at', 'desc')
    .orderBy('activity_logs.id', 'desc')
    .limit(100)
    .execute()
}

function readable(db: Reader, scope: DocumentScope) {
  const reachesPerson = reachesLearner(scope, 'documents.beneficiary_id')
  return db
    .selectFrom('documents')
    .leftJoin('beneficiaries', 'beneficiaries.id', 'documents.beneficiary_id')
    .leftJoin('users as learners', 'learners.id', 'beneficiaries.user_id')
    .leftJoin('users as uploaders', 'uploaders.id', 'documents.uploaded_by')
    .select([
      'documents.id',
      'documents.filename',
      sql<string>`coalesce(documents.mime_type, '')`.as('mimeType'),
      sql<number>`coalesce(documents.file_size, 0)`.as('size'),
      sql<string>`coalesce(documents.category, '')`.as('category'),
      sql<string>`coalesce(documents.description, '')`.as('description'),
      'documents.tags',
      'documents.is_public as isPublic',
      'documents.beneficiary_id as beneficiaryId',
      sql<string | null>`case when ${reachesPerson} then learners.name end`.as('beneficiaryName'),
      'uploaders.name as uploadedByName',
      sql<number>`(select count(*) from document_shares where document_id = documents.id
        and (expires_at is null or expires_at > ${scope.now}))`.as('shares'),
      sql<number>`${mayEdit(scope)}`.as('mayEdit'),
      sql<number>`${mayManage(scope)}`.as('mayManage'),
      'documents.created_at as createdAt',
      'documents.updated_at as updatedAt',
      'documents.deleted_at as deletedAt',
    ])
    .where('documents.organization_id', '=', scope.organizationId)
    .where(isDocument)
    .where(mayView(scope))
}

type ReadableRow = Awaited<ReturnType<ReturnType<typeof readable>['execute']>>[number]

/** How many others it is shared with is for those who share it. */
function rowOf({ tags, mayEdit: edits, mayManage: manages, shares, ...row }: ReadableRow) {
  const isManager = Boolean(manages)
  return { ...row, tags: tagsOf(tags), mayEdit: Boolean(edits), mayManage: isManager, shares: isManager ? shares : 0 }
}

function fits(row: ReturnType<typeof rowOf>, wanted: string): boolean {
  if (wanted === '') return true
  const { filename, description, category, tags, beneficiaryName } = row
  const text = fold([filename, description, category, ...tags, beneficiaryName ?? ''].join(' '))
  return wanted.split(' ').every((word) => text.includes(word))
}

function tagsOf(tags: unknown): string[] {
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : []
}

function sorted(words: string[]): string[] {
  return [...new Set(words)].sort((one, other) => fold(one).localeCompare(fold(other)))
}

function contentColumns({ filename, path, size, mimeType, uploadedBy }: Content) {
  return { filename, file_path: path, file_size: size, mime_type: mimeType, uploaded_by: uploadedBy }
}
