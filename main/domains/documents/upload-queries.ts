import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import { type BeginUpload, type DocumentUpload, pieceBytes } from '../../../shared/contract/documents.ts'
import type { Reader, Writer } from '../../database/database.ts'
import type { DocumentScope } from './reach.ts'

export function uploadsIn(db: Reader, scope: DocumentScope) {
  return readable(db, scope)
    .where('document_uploads.finished_id', 'is', null)
    .orderBy('document_uploads.updated_at', 'desc')
    .limit(200)
    .execute()
}

export function uploadOf(db: Reader, scope: DocumentScope, uploadId: string) {
  return readable(db, scope)
    .select('document_uploads.finished_id as finishedId')
    .where('document_uploads.id', '=', uploadId)
    .executeTakeFirst()
}

/** The same file of the same person for the same place, which has not arrived as a whole. */
export function sameUpload(db: Reader, scope: DocumentScope, file: BeginUpload) {
  return readable(db, scope)
    .where('document_uploads.user_id', '=', scope.userId)
    .where('document_uploads.finished_id', 'is', null)
    .where('document_uploads.filename', '=', file.filename)
    .where('document_uploads.file_size', '=', file.size)
    .where('document_uploads.modified_ms', '=', file.modifiedMs)
    .where('document_uploads.beneficiary_id', 'is', file.beneficiaryId)
    .where('document_uploads.document_id', 'is', file.documentId)
    .executeTakeFirst()
}

export async function insertUpload(
  db: Writer,
  { organizationId, userId }: DocumentScope,
  file: BeginUpload,
  now: string,
) {
  const id = randomUUID()
  await db
    .insertInto('document_uploads')
    .values({
      id,
      organization_id: organizationId,
      user_id: userId,
      beneficiary_id: file.beneficiaryId,
      document_id: file.documentId,
      filename: file.filename,
      file_size: file.size,
      modified_ms: file.modifiedMs,
      updated_at: now,
    })
    .execute()
  return id
}

/** In order. */
export function arrivedPieces(db: Reader, uploadId: string) {
  return db
    .selectFrom('document_upload_pieces')
    .select(['position', 'sha256'])
    .where('upload_id', '=', uploadId)
    .orderBy('position')
    .execute()
}

export async function arrivedAt(db: Reader, uploadId: string, position: number): Promise<string | undefined> {
  const piece = await db
    .selectFrom('document_upload_pieces')
    .select('sha256')
    .where('upload_id', '=', uploadId)
    .where('position', '=', position)
    .executeTakeFirst()
  return piece?.sha256
}

export async function putPiece(db: Writer, uploadId: string, piece: { position: number; sha256: string }, now: string) {
  await db
    .insertInto('document_upload_pieces')
    .values({ upload_id: uploadId, ...piece })
    .onConflict((conflict) => conflict.columns(['upload_id', 'position']).doUpdateSet({ sha256: piece.sha256 }))
    .execute()
  await db.updateTable('document_uploads').set({ updated_at: now }).where('id', '=', uploadId).execute()
}

/** The row stays for a while, so that a retry hears the same answer. */
export async function markFinished(db: Writer, uploadId: string, documentId: Id, now: string) {
  await db.deleteFrom('document_upload_pieces').where('upload_id', '=', uploadId).execute()
  await db
    .updateTable('document_uploads')
    .set({ finished_id: documentId, updated_at: now })
    .where('id', '=', uploadId)
    .execute()
}

export function deleteUpload(db: Writer, uploadId: string) {
  return db.deleteFrom('document_uploads').where('id', '=', uploadId).execute()
}

export function numberOfPieces(size: number): number {
  return Math.ceil(size / pieceBytes)
}

/** A trainer's own; administrators see all that are on their way into the organization. */
function readable(db: Reader, scope: DocumentScope) {
  const query = db
    .selectFrom('document_uploads')
    .select([
      'document_uploads.id as uploadId',
      'document_uploads.filename',
      'document_uploads.file_size as size',
      'document_uploads.modified_ms as modifiedMs',
      'document_uploads.beneficiary_id as beneficiaryId',
      'document_uploads.document_id as documentId',
      'document_uploads.user_id as userId',
      sql<number>`(select count(*) from document_upload_pieces where upload_id = document_uploads.id)`.as('arrived'),
    ])
    .where('document_uploads.organization_id', '=', scope.organizationId)
  return scope.trainerId === null ? query : query.where('document_uploads.user_id', '=', scope.userId)
}

type UploadRow = Awaited<ReturnType<ReturnType<typeof readable>['executeTakeFirstOrThrow']>>

/** As the contract sends it. */
export function shownUpload({ userId, ...row }: UploadRow, scope: DocumentScope): DocumentUpload {
  return { ...row, pieces: numberOfPieces(row.size), isOwn: userId === scope.userId }
}
