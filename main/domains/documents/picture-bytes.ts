import * as z from 'zod'
import type { Id } from '../../../shared/contract/base.ts'
import { type PictureContent, pictureTypes } from '../../../shared/contract/documents.ts'
import type { Reader } from '../../database/database.ts'
import { contentBytes, pictureDocument } from './queries.ts'

const Stored = z.object({
  mimeType: z.enum(pictureTypes),
  metadata: z.object({ width: z.int().positive(), height: z.int().positive() }),
})

export interface PictureBytes extends Omit<PictureContent, 'base64'> {
  bytes: Buffer
}

/** A picture of this organization; undefined where it has none such, or where its bytes are on another machine. */
export async function pictureBytes(db: Reader, organizationId: Id, image: string): Promise<PictureBytes | undefined> {
  const document = await pictureDocument(db, organizationId, image)
  const bytes = document && (await contentBytes(db, image))
  if (!bytes) return undefined
  const { mimeType, metadata } = Stored.parse(document)
  return { mimeType, width: metadata.width, height: metadata.height, bytes }
}

/** The picture as the contract sends it. */
export function pictureContent({ bytes, ...picture }: PictureBytes): PictureContent {
  return { ...picture, base64: bytes.toString('base64') }
}
