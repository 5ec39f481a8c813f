/** How a file says its letters. `legacy` ones cannot be told apart by looking at the bytes, so a person has to. */
export const legacyEncodings = ['windows-1252', 'windows-1256'] as const
export type LegacyEncoding = (typeof legacyEncodings)[number]

export interface DecodedText {
  text: string
  /** Set where the file is in no form of Unicode and the encoding is a guess. */
  guessed: LegacyEncoding | null
}

/**
 * Reads a text file as people have them: UTF-8 or UTF-16 with a byte order mark, UTF-8 without one, or else an older
 * encoding, in which nearly every sequence of bytes means something: Western (Windows-1252) unless told.
 */
export function decodeText(bytes: Uint8Array<ArrayBuffer>, legacy: LegacyEncoding = 'windows-1252'): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return unicode(new TextDecoder('utf-16le').decode(bytes))
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return unicode(new TextDecoder('utf-16be').decode(bytes))
  try {
    return unicode(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return { text: new TextDecoder(legacy).decode(bytes), guessed: legacy }
  }
}

function unicode(text: string): DecodedText {
  return { text, guessed: null }
}
