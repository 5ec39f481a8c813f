import type { Id } from '../../../shared/contract/base.ts'
import type { Writer } from '../../database/database.ts'
import { insertPictureDocument, keepContent, pictureDocument } from './queries.ts'
import type { ReadPicture } from './read-picture.ts'

interface Owner {
  organizationId: Id
  userId: Id | null
  /** For lists only; may be empty. */
  filename?: string
}

/** Makes the picture one of the organization's own, once, and returns the id of its document. */
export async function storePicture(
  db: Writer,
  { organizationId, userId, filename = '' }: Owner,
  picture: ReadPicture,
  now: string,
): Promise<Id> {
  await keepContent(db, picture, now)
  const known = await pictureDocument(db, organizationId, picture.image)
  return known?.id ?? insertPictureDocument(db, { organizationId, userId, filename }, picture, now)
}
