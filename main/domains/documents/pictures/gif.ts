import type { PictureFormat } from './format.ts'

/** Source: GIF89a Specification, sections 17 to 27. */
export function gifFormat(bytes: Buffer): PictureFormat | undefined {
  if (!/^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6)) || bytes.length < 13) return undefined
  if (!reachesTrailer(bytes, 13 + colourTableSize(bytes[10]))) return undefined
  return { mimeType: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
}

function reachesTrailer(bytes: Buffer, from: number): boolean {
  let hasImage = false
  for (let at = from; at < bytes.length; ) {
    const introducer = bytes[at]
    if (introducer === 0x3b) return hasImage
    if (introducer === 0x21) at = afterSubBlocks(bytes, at + 2)
    else if (introducer === 0x2c) {
      hasImage = true
      at = afterSubBlocks(bytes, at + 11 + colourTableSize(bytes[at + 9]))
    } else return false
  }
  return false
}

/** Bytes of the colour table that packed fields announce: three for each of 2 to 256 colours. */
function colourTableSize(packed = 0): number {
  return packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0
}

function afterSubBlocks(bytes: Buffer, from: number): number {
  let at = from
  while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0)
  return at + 1
}
