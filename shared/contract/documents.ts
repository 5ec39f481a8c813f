import * as z from 'zod'
import { mutation, query } from './base.ts'
import { ImageDigest } from './questions.ts'

/** What a browser shows and a question may hold. SVG is a program, so it is not among them. */
export const pictureTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const
export type PictureType = (typeof pictureTypes)[number]

/** Bytes of one picture. */
export const maxPictureBytes = 2 * 1024 * 1024
/** Pixels of one side, and of the whole picture: a phone with little memory has to unpack it. */
export const maxPictureSide = 8_000
export const maxPicturePixels = 24_000_000

/** A picture with its bytes in base64; width and height in pixels. */
export const PictureContent = z.object({
  mimeType: z.enum(pictureTypes),
  base64: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
})
export type PictureContent = z.infer<typeof PictureContent>

const upload = { maxBytes: 4 * 1024 * 1024 }

export const documents = {
  /** The same bytes are stored once. What the picture is, its bytes say: neither a name nor a type is asked for. */
  addPicture: mutation({ action: 'documents.addPicture', resource: 'documents' }, upload)
    .input(z.object({ base64: z.string().min(1).max(4_000_000), filename: z.string().max(255).default('') }))
    .output(z.object({ image: ImageDigest })),
  picture: query()
    .input(z.object({ image: ImageDigest }))
    .output(PictureContent),
}
