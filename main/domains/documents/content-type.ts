import { unknownType } from '../../../shared/contract/documents.ts'

/** How far the first piece is looked at: every mark stands within its first bytes. */
const starts: readonly [type: string, at: number, mark: string][] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF87a'],
  ['image/gif', 0, 'GIF89a'],
  ['image/webp', 8, 'WEBP'],
  ['audio/wav', 8, 'WAVE'],
  ['audio/mpeg', 0, 'ID3'],
  ['audio/mpeg', 0, '\xff\xfb'],
  ['audio/ogg', 0, 'OggS'],
  ['video/mp4', 4, 'ftyp'],
  ['video/webm', 0, '\x1aE\xdf\xa3'],
  ['application/pdf', 0, '%PDF-'],
]

const textEndings = /\.(txt|csv|md|log)$/i

/**
 * What the first bytes say it is, and nothing else: a type that somebody claims says nothing. Plain text has no mark, so it
 * needs an ending of plain text and bytes that can be read as such; everything that could be a program stays unknown.
 */
export function contentType(firstPiece: Buffer, filename: string): string {
  const head = firstPiece.toString('latin1', 0, 32)
  const known = starts.find(([type, at, mark]) => head.startsWith(mark, at) && (at !== 8 || isRiff(head, type)))
  if (known) return known[0]
  return textEndings.test(filename) && isText(firstPiece) ? 'text/plain' : unknownType
}

function isRiff(head: string, type: string): boolean {
  return head.startsWith('RIFF') && (type === 'image/webp' || type === 'audio/wav')
}

/** The last character of a piece may be cut in the middle. */
function isText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
