import type { PictureFormat } from './format.ts'

const startOfScan = 0xda

/** Source: ITU-T T.81, B.1 and B.2: markers with segments, a frame header with the sides, scans, an end marker. */
export function jpegFormat(bytes: Buffer): PictureFormat | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined
  let sides: { width: number; height: number } | undefined
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = bytes.readUInt16BE(at + 2)
    if (isFrame(marker) && at + 9 <= bytes.length) {
      sides = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    }
    if (marker === startOfScan) return sides && hasEnd(bytes, at) ? { mimeType: 'image/jpeg', ...sides } : undefined
    if (length < 2) return undefined
    at += 2 + length
  }
  return undefined
}

/** SOF0 to SOF15 without the three that share their range: DHT, JPG and DAC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

function hasEnd(bytes: Buffer, from: number): boolean {
  return bytes.indexOf(Buffer.from([0xff, 0xd9]), from) >= 0
}
