import type { Picture } from '../../../shared/contract/questions.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { readPicture } from '../documents/read-picture.ts'

const mostBytesOfAll = 64 * 1024 * 1024
const longestAlt = 500

/** Pictures that came along with a file, by the SHA-256 of their bytes. */
export type Pictures = Map<string, Uint8Array>

/** Keeps a picture for the questions that show it. Without one, the bytes are no picture that can be stored. */
export function keptPicture(pictures: Pictures, bytes: Uint8Array, alt: string): Picture | undefined {
  const image = digestOf(bytes)
  if (image === undefined) return undefined
  const sum = [...pictures.values()].reduce((total, one) => total + one.length, 0)
  if (!pictures.has(image) && sum + bytes.length > mostBytesOfAll) return undefined
  pictures.set(image, bytes)
  return { image, alt: alt.slice(0, longestAlt).toWellFormed() }
}

function digestOf(bytes: Uint8Array): string | undefined {
  try {
    return readPicture(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)).image
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

export type PictureType = 'png' | 'jpeg' | 'gif' | 'webp'

/** Told from the first bytes, of pictures that were looked at when they were stored. */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  const beginning = String.fromCharCode(...bytes.subarray(0, 12))
  if (beginning.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (beginning.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (/^GIF8[79]a/.test(beginning)) return 'gif'
  return beginning.startsWith('RIFF') && beginning.slice(8, 12) === 'WEBP' ? 'webp' : undefined
}

/** The bytes of `data:image/png;base64,…`. */
export function bytesOfDataUrl(source: string): Uint8Array | undefined {
  const head = /^data:image\/[\w.+-]{1,40};base64,/i.exec(source)
  return head ? Buffer.from(source.slice(head[0].length), 'base64') : undefined
}
