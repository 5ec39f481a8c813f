import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import { reachesLearner, type Scope } from '../../scope.ts'
import { contentBytes } from '../documents/queries.ts'
import type { ReadPicture } from '../documents/read-picture.ts'
import { isAtHand } from '../merges/put-away.ts'

/** By the index of the person: there are as many photos as people, and few documents about one of them. */
export const isPhoto = sql<SqlBool>`(+documents.category = 'photo' and documents.metadata ->> 'sha256' is not null)`

/** Where two machines, or two files that became one, brought a photo each, the newest counts. */
const newestFirst = sql`documents.created_at desc, documents.id desc`

/** The digest of the photo of the person in `beneficiaries`. */
export const photoOfPerson: RawBuilder<string | null> = sql`(
  select documents.metadata ->> 'sha256' from documents
  where documents.beneficiary_id = beneficiaries.id and ${isPhoto} and documents.deleted_at is null
  order by ${newestFirst} limit 1
)`

/** Undefined where there is none such, where its bytes are on another machine, and where the person has said no since. */
export async function photoBytes(db: Reader, scope: Scope, beneficiaryId: Id, image: string) {
  const found = await db
    .selectFrom('beneficiaries')
    .innerJoin('documents', 'documents.beneficiary_id', 'beneficiaries.id')
    .select('beneficiaries.user_id as userId')
    .where('beneficiaries.id', '=', beneficiaryId)
    .where('beneficiaries.organization_id', '=', scope.organizationId)
    .where(reachesLearner(scope, 'beneficiaries.id'))
    .where(isAtHand)
    .where(isPhoto)
    .where('documents.deleted_at', 'is', null)
    .where(sql<string>`documents.metadata ->> 'sha256'`, '=', image)
    .executeTakeFirst()
  const bytes = found && (await contentBytes(db, image))
  return bytes && { bytes, userId: found.userId }
}

interface NewPhoto {
  organizationId: Id
  beneficiaryId: Id
  broughtBy: Id | null
}

export async function insertPhoto(db: Writer, about: NewPhoto, picture: ReadPicture, now: string) {
  const { image, bytes, mimeType, width, height } = picture
  await db
    .insertInto('documents')
    .values({
      id: await mintId(db, 'documents'),
      organization_id: about.organizationId,
      beneficiary_id: about.beneficiaryId,
      filename: 'photo.jpg',
      file_path: `content:${image}`,
      file_size: bytes.length,
      mime_type: mimeType,
      category: 'photo',
      uploaded_by: about.broughtBy,
      metadata: { sha256: image, width, height },
      created_at: now,
      updated_at: now,
    })
    .execute()
}

/** What was removed goes for good with everything that was, a month later. */
export function removePhotos(db: Writer, beneficiaryId: Id, now: string) {
  return db
    .updateTable('documents')
    .set({ deleted_at: now, updated_at: now })
    .where('beneficiary_id', '=', beneficiaryId)
    .where(isPhoto)
    .where('deleted_at', 'is', null)
    .execute()
}

/** The one that was removed last under a digest. */
export function removedPhoto(db: Reader, beneficiaryId: Id, image: string) {
  return db
    .selectFrom('documents')
    .select('id')
    .where('beneficiary_id', '=', beneficiaryId)
    .where(isPhoto)
    .where('deleted_at', 'is not', null)
    .where(sql<string>`metadata ->> 'sha256'`, '=', image)
    .orderBy('deleted_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** It counts from now on, whenever it was brought. */
export function bringBackPhoto(db: Writer, id: Id, now: string) {
  return db.updateTable('documents').set({ deleted_at: null, updated_at: now }).where('id', '=', id).execute()
}
