import * as z from 'zod'
import { Done, Id, mutation, query } from './base.ts'
import { ImageDigest } from './questions.ts'

/** Pixels of each side of the square that is kept; bytes of the JPEG. */
export const photoSide = 512
export const maxPhotoBytes = 192 * 1024
/** Pixels of a picture that a photo is cut from: to unpack more takes a small computer all its memory. */
export const maxSourcePixels = 60_000_000

const person = z.object({ beneficiaryId: Id })

/** What a person looks like: one square picture in their file, made by the screen from whatever was chosen. */
export const photos = {
  /** In base64. The digest comes with the file or the row of a list, so that what is shown is what is meant. */
  get: query()
    .input(person.extend({ image: ImageDigest }))
    .output(z.object({ base64: z.string() })),
  set: mutation({ action: 'photos.set', resource: 'beneficiaries' }, { maxBytes: 2 * maxPhotoBytes })
    .input(person.extend({ base64: z.base64().max(Math.ceil(maxPhotoBytes / 3) * 4) }))
    .output(z.object({ image: ImageDigest })),
  remove: mutation({ action: 'photos.remove', resource: 'beneficiaries' }).input(person).output(Done),
  /** Of a photo that was removed or replaced, for as long as what was removed can come back. */
  putBack: mutation({ action: 'photos.putBack', resource: 'beneficiaries' })
    .input(person.extend({ image: ImageDigest }))
    .output(Done),
}
