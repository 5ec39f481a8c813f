import type { PictureFormat } from './format.ts'

const signature = Buffer.from('89504e470d0a1a0a', 'hex')

/** Source: PNG Specification (Third Edition), 5.2 and 5.3: a signature, then chunks of length, type, data and checksum. */
export function pngFormat(bytes: Buffer): PictureFormat | undefined {
  if (!bytes.subarray(0, 8).equals(signature) || bytes.length < 33) return undefined
  if (bytes.readUInt32BE(8) !== 13 || typeAt(bytes, 8) !== 'IHDR' || !reachesEnd(bytes)) return undefined
  return { mimeType: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

function reachesEnd(bytes: Buffer): boolean {
  let hasPixels = false
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (typeAt(bytes, at) === 'IDAT') hasPixels = true
    if (typeAt(bytes, at) === 'IEND') return hasPixels
  }
  return false
}

function typeAt(bytes: Buffer, chunk: number): string {
  return bytes.toString('latin1', chunk + 4, chunk + 8)
}
