import { isUtf8 } from 'node:buffer'

export interface XmlError {
  /** Counted from 1. */
  line: number
  message: string
}

/**
 * The characters of an XML file: UTF-8 or UTF-16 with a byte order mark, or what the file declares of ISO-8859-1,
 * Windows-1252 and UTF-16; lines end in LF. See XML 1.0, appendix F.
 */
export function xmlTextOf(bytes: Uint8Array): { text: string } | { error: XmlError } {
  const encoding = markedEncoding(bytes) ?? declaredEncoding(bytes)
  if (!readable.has(encoding)) return { error: { line: 1, message: `encoding ${encoding}` } }
  if (encoding === 'utf-8' && !isUtf8(bytes)) {
    return { error: { line: firstBrokenLine(bytes), message: 'not UTF-8' } }
  }
  const text = new TextDecoder(encoding).decode(bytes)
  return { text: text.toWellFormed().replaceAll('\0', '').replace(/\r\n?/g, '\n') }
}

const readable = new Set(['utf-8', 'us-ascii', 'utf-16le', 'utf-16be', 'iso-8859-1', 'iso-8859-15', 'windows-1252'])

function markedEncoding(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0x3c && second === 0 && third !== 0 && fourth === 0) return 'utf-16le'
  if (first === 0 && second === 0x3c && third === 0 && fourth !== 0) return 'utf-16be'
  return undefined
}

/** Where nothing is declared, or an encoding of two bytes that the file evidently does not have, it is UTF-8. */
function declaredEncoding(bytes: Uint8Array): string {
  const beginning = new TextDecoder('iso-8859-1').decode(bytes.subarray(0, 200))
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(beginning)?.[1]?.toLowerCase()
  if (declared === undefined || declared.startsWith('utf-16') || declared === 'utf8') return 'utf-8'
  return declared === 'latin1' ? 'iso-8859-1' : declared
}

function firstBrokenLine(bytes: Uint8Array): number {
  let line = 1
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, from)
    const until = end < 0 ? bytes.length : end
    if (!isUtf8(bytes.subarray(from, until))) return line
    from = until + 1
  }
  return line
}
