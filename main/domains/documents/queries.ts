import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import type { ReadPicture } from './read-picture.ts'

/** The row that makes a picture one of the organization's own; bytes without it are somebody else's. */
export function pictureDocument(db: Reader, organizationId: Id, image: string) {
  return db
    .selectFrom('documents')
    .select(['id', 'mime_type as mimeType', 'metadata'])
    .where('organization_id', '=', organizationId)
    .where('category', '=', 'question')
    .where(sql<string>`metadata ->> 'sha256'`, '=', image)
    .where('file_path', '=', pathOf(image))
    .executeTakeFirst()
}

/** Undefined where the bytes have not reached this machine. */
export async function contentBytes(db: Reader, image: string): Promise<Buffer | undefined> {
  const content = await db
    .selectFrom('document_contents')
    .select('bytes')
    .where('sha256', '=', image)
    .executeTakeFirst()
  return content?.bytes
}

export async function keepContent(db: Writer, { image, bytes }: Pick<ReadPicture, 'image' | 'bytes'>, now: string) {
  await db
    .insertInto('document_contents')
    .values({ sha256: image, bytes, created_at: now })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute()
}

interface Owner {
  organizationId: Id
  userId: Id | null
  filename: string
}

export async function insertPictureDocument(db: Writer, owner: Owner, picture: ReadPicture, now: string): Promise<Id> {
  const { image, mimeType, bytes, width, height } = picture
  const id = await mintId(db, 'documents')
  await db
    .insertInto('documents')
    .values({
      id,
      organization_id: owner.organizationId,
      filename: owner.filename.slice(0, 255) || image,
      file_path: pathOf(image),
      file_size: bytes.length,
      mime_type: mimeType,
      category: 'question',
      uploaded_by: owner.userId,
      metadata: { sha256: image, width, height },
      created_at: now,
    })
    .execute()
  return id
}

/** Where a document lies whose bytes are named by what they are. */
function pathOf(image: string): string {
  return `content:${image}`
}
