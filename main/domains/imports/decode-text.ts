import type { LegacyEncoding } from '../../../shared/contract/imports.ts'

export interface DecodedText {
  text: string
  /** Set where the file is in no form of Unicode and the encoding is a guess. */
  guessed: LegacyEncoding | null
}

/**
 * Reads a text file as people have them: UTF-8 or UTF-16, with a byte order mark or without, or else an older encoding,
 * in which nearly every sequence of bytes means something: Western (Windows-1252) unless told.
 */
export function decodeText(bytes: Uint8Array, legacy: LegacyEncoding = 'windows-1252'): DecodedText {
  const wide = wideEncoding(bytes)
  if (wide) return { text: new TextDecoder(wide).decode(bytes), guessed: null }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), guessed: null }
  } catch {
    return { text: new TextDecoder(legacy).decode(bytes), guessed: legacy }
  }
}

/** Two bytes for each letter: said by the mark, or seen by every other byte of the beginning being zero. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const beginning = bytes.subarray(0, 400)
  const zeros = [0, 0]
  for (const [index, byte] of beginning.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > beginning.length / 4 && even === 0) return 'utf-16le'
  return even > beginning.length / 4 && odd === 0 ? 'utf-16be' : undefined
}
