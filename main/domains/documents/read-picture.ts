import { createHash } from 'node:crypto'
import { maxPictureBytes, maxPicturePixels, maxPictureSide } from '../../../shared/contract/documents.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { FormatReader, PictureFormat } from './pictures/format.ts'
import { gifFormat } from './pictures/gif.ts'
import { jpegFormat } from './pictures/jpeg.ts'
import { pngFormat } from './pictures/png.ts'
import { webpFormat } from './pictures/webp.ts'

const readers: readonly FormatReader[] = [pngFormat, jpegFormat, gifFormat, webpFormat]

/** A picture that was looked at and can be stored. */
export interface ReadPicture extends PictureFormat {
  bytes: Buffer
  /** SHA-256 of the bytes, hex. */
  image: string
}

/**
 * Looks at the bytes and at nothing else: a name or a type that somebody gave them says nothing. Unpacks no pixels. Hashes
 * the bytes, so call it before the transaction.
 *
 * @throws {Refusal} `picture.tooLarge` past the bytes or pixels of the contract, `picture.unreadable` for everything that is
 * no whole PNG, JPEG, GIF or WebP.
 */
export function readPicture(bytes: Buffer): ReadPicture {
  if (bytes.length > maxPictureBytes) throw new Refusal('tooLarge', 'picture.tooLarge')
  const format = formatOf(bytes)
  if (!format || format.width < 1 || format.height < 1) throw new Refusal('invalid', 'picture.unreadable')
  if (Math.max(format.width, format.height) > maxPictureSide || format.width * format.height > maxPicturePixels) {
    throw new Refusal('tooLarge', 'picture.tooLarge')
  }
  return { ...format, bytes, image: createHash('sha256').update(bytes).digest('hex') }
}

function formatOf(bytes: Buffer): PictureFormat | undefined {
  for (const read of readers) {
    const format = read(bytes)
    if (format) return format
  }
  return undefined
}
