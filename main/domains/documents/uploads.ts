import type { Id } from '../../../shared/contract/base.ts'
import {
  type BeginUpload,
  type DocumentUpload,
  maxDocumentBytes,
  pieceBytes,
  type SendPiece,
} from '../../../shared/contract/documents.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { PreparedMutation, ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { refusalOf } from '../../refusal-of.ts'
import { beneficiaryOf } from '../beneficiaries/queries.ts'
import { contentType } from './content-type.ts'
import { digestOfBytes, dropUnusedPieces, keepPieces, pathOfPieces } from './contents.ts'
import { type Content, documentOf, insertDocument, replaceContent } from './document-queries.ts'
import { contentBytes, keepContent } from './queries.ts'
import { type DocumentScope, documentScope } from './reach.ts'
import { refuseFullDisk, refuseOverQuota } from './storage.ts'
import {
  arrivedAt,
  arrivedPieces,
  deleteUpload,
  insertUpload,
  markFinished,
  numberOfPieces,
  putPiece,
  sameUpload,
  shownUpload,
  uploadOf,
  uploadsIn,
} from './upload-queries.ts'

export interface UploadPlace {
  /** Where the database lies, whose disk has to have room. */
  folder: string
  /** Runs behind the answer, and takes out bytes that nothing refers to any more. */
  dropLater(digests: string[]): void
}

/** How a file comes in: piece by piece, each on the disk when its call returns, so that nothing is sent twice after a crash. */
export function uploadHandlers({ folder, dropLater }: UploadPlace) {
  const beginUpload: PreparedMutation<BeginUpload, DocumentUpload> = {
    async prepare(_, file) {
      if (file.size === 0) throw new Refusal('invalid', 'document.empty')
      if (file.size > maxDocumentBytes) throw new Refusal('tooLarge', 'document.tooLarge')
      // A file that is on its way in already has its room, so the no waits until it is known to be a new one.
      const isRoom = await refusalOf(refuseFullDisk(folder, file.size))
      return async ({ db, actor, now }) => {
        const scope = documentScope(actor, now)
        await refuseOddPlace(db, scope, file)
        const known = await sameUpload(db, scope, file)
        if (known) return shownUpload(known, scope)
        if (isRoom) throw isRoom
        await refuseOverQuota(db, scope.organizationId, file.size)
        const uploadId = await insertUpload(db, scope, file, now)
        return { ...file, uploadId, pieces: numberOfPieces(file.size), arrived: 0, isOwn: true }
      }
    },
  }

  async function cancelUpload({ db, actor, now, afterwards }: WriteContext, { uploadId }: { uploadId: string }) {
    await runningUpload(db, documentScope(actor, now), uploadId)
    const pieces = await arrivedPieces(db, uploadId)
    await deleteUpload(db, uploadId)
    afterwards(() => dropLater(pieces.map(({ sha256 }) => sha256)))
    return {}
  }

  return { beginUpload, cancelUpload, uploads, arrived, sendPiece, finishUpload }
}

async function uploads({ db, actor, clock }: ReadContext) {
  const scope = documentScope(actor, clock.now().toISOString())
  return (await uploadsIn(db, scope)).map((row) => shownUpload(row, scope))
}

async function arrived({ db, actor, clock }: ReadContext, { uploadId }: { uploadId: string }) {
  await runningUpload(db, documentScope(actor, clock.now().toISOString()), uploadId)
  return arrivedPieces(db, uploadId)
}

const sendPiece: PreparedMutation<SendPiece, Record<string, never>> = {
  async prepare(_, { uploadId, position, base64 }) {
    const bytes = Buffer.from(base64, 'base64')
    const sha256 = digestOfBytes(bytes)
    return async ({ db, actor, now }) => {
      const { size } = await runningUpload(db, documentScope(actor, now), uploadId)
      const last = numberOfPieces(size) - 1
      const expected = position < last ? pieceBytes : size - last * pieceBytes
      if (position > last || bytes.length !== expected) throw new Refusal('invalid', 'document.wrongPiece')
      const before = await arrivedAt(db, uploadId, position)
      await keepContent(db, { image: sha256, bytes }, now)
      await putPiece(db, uploadId, { position, sha256 }, now)
      if (before !== undefined) await dropUnusedPieces(db, [before])
      return {}
    }
  },
}

async function finishUpload({ db, actor, now, about }: WriteContext, { uploadId }: { uploadId: string }) {
  const scope = documentScope(actor, now)
  const upload = await knownUpload(db, scope, uploadId)
  if (upload.finishedId !== null) return { id: upload.finishedId }
  await refuseOddPlace(db, scope, upload)
  const digests = (await arrivedPieces(db, uploadId)).map(({ sha256 }) => sha256)
  if (digests.length < numberOfPieces(upload.size)) throw new Refusal('conflict', 'document.piecesMissing')

  const { filename, size, userId: uploadedBy } = upload
  const path = pathOfPieces(digests)
  const first = await contentBytes(db, digests[0] ?? '')
  if (!first) throw new Refusal('conflict', 'document.piecesMissing')
  await keepPieces(db, path, digests)
  const content: Content = { filename, size, path, mimeType: contentType(first, filename), uploadedBy }
  const id = await putContent(db, scope, upload, content, now)
  await markFinished(db, uploadId, id, now)
  about(id)
  return { id }
}

type Writer = WriteContext['db']
type PlaceOf = Pick<BeginUpload, 'beneficiaryId' | 'documentId'>

async function putContent(
  db: Writer,
  scope: DocumentScope,
  place: PlaceOf,
  content: Content,
  now: string,
): Promise<Id> {
  const { beneficiaryId, documentId } = place
  if (documentId === null) {
    return insertDocument(db, { ...content, organizationId: scope.organizationId, beneficiaryId }, now)
  }
  await replaceContent(db, documentId, content, now)
  return documentId
}

async function knownUpload(db: Reader, scope: DocumentScope, uploadId: string) {
  const upload = await uploadOf(db, scope, uploadId)
  if (!upload) throw new Refusal('notFound', 'document.uploadNotFound')
  return upload
}

async function runningUpload(db: Reader, scope: DocumentScope, uploadId: string) {
  const upload = await knownUpload(db, scope, uploadId)
  if (upload.finishedId !== null) throw new Refusal('notFound', 'document.uploadNotFound')
  return upload
}

/** A person within reach, or a document that may be edited; a share may have run out since the file began to come in. */
async function refuseOddPlace(db: Reader, scope: DocumentScope, { beneficiaryId, documentId }: PlaceOf) {
  if (beneficiaryId !== null && !(await beneficiaryOf(db, scope, beneficiaryId))) {
    throw new Refusal('notFound', 'beneficiary.notFound')
  }
  if (documentId === null) return
  const document = await documentOf(db, scope, documentId)
  if (!document || document.deletedAt !== null) throw new Refusal('notFound', 'document.notFound')
  if (!document.mayEdit) throw new Refusal('forbidden', 'document.viewOnly')
}
