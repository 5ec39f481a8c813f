import { maxPhotoBytes, photoSide } from '../../../shared/contract/photos.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type ReadPicture, readPicture } from '../documents/read-picture.ts'

/**
 * A square JPEG as the screen makes it, and nothing beside the picture: no place, camera or name (EXIF, XMP, comments), and no
 * other file behind its end. Call it before the transaction: it hashes the bytes.
 *
 * @throws {Refusal} `photo.unreadable`
 */
export function readPhoto(bytes: Buffer): ReadPicture {
  const picture = bytes.length <= maxPhotoBytes && isBareJpeg(bytes) ? readPicture(bytes) : undefined
  const isSquare = picture?.width === picture?.height
  if (!picture || !isSquare || picture.width > photoSide) throw new Refusal('invalid', 'photo.unreadable')
  return picture
}

const [endOfImage, startOfScan] = [0xd9, 0xda]
/** JFIF, colour profile, Adobe's colour space; tables, frame and scans. Source: ITU-T T.81, table B.1. */
const allowed = new Set([0xe0, 0xe2, 0xee, 0xdb, 0xc0, 0xc1, 0xc2, 0xc4, 0xdd, startOfScan])

function isBareJpeg(bytes: Buffer): boolean {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return false
  for (let at = 2; at + 2 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0
    if (marker === endOfImage) return at + 2 === bytes.length
    if (!allowed.has(marker) || at + 4 > bytes.length) return false
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    at = marker === startOfScan ? endOfScan(bytes, end) : end
  }
  return false
}

/** The next marker behind the coded data, in which 0xff is followed by a zero or counts restarts. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}
