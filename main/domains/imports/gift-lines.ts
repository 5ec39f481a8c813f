export interface GiftLine {
  /** Counted from 1. */
  number: number
  text: string
}

/** A place between two lines of a file. */
export interface LinePlace {
  offset: number
  number: number
}

/** The line that begins here, and where the next one does. Lines end in LF, CRLF or, from old Macs, CR alone. */
export function lineAt(file: string, place: LinePlace): { line: GiftLine; next: LinePlace } {
  let end = place.offset
  while (end < file.length && !isLineEnd(file.charCodeAt(end))) end++
  const breakLength = file.startsWith('\r\n', end) ? 2 : 1
  return {
    line: { number: place.number, text: file.slice(place.offset, end) },
    next: { offset: end + breakLength, number: place.number + 1 },
  }
}

export function isBlank(line: GiftLine): boolean {
  return line.text.trim() === ''
}

export function isComment(line: GiftLine): boolean {
  return line.text.trimStart().startsWith('//')
}

/** Where the questions after it are filed. */
export function isCategory(line: GiftLine): boolean {
  return line.text.trimStart().startsWith('$CATEGORY:')
}

export function beginsWithName(line: GiftLine): boolean {
  return line.text.trimStart().startsWith('::')
}

/** Longer lines are in no block that is read. */
const longestLine = 256 * 1024

/** The first and the last brace of a line that opens or closes answers: not those behind a backslash. */
export function bracesOf(line: GiftLine): { first?: Brace; last?: Brace } {
  let first: Brace | undefined
  let last: Brace | undefined
  const end = Math.min(line.text.length, longestLine)
  for (let index = 0; index < end; index++) {
    const character = line.text[index]
    if (character === '\\') index++
    else if (character === '{' || character === '}') {
      first ??= character
      last = character
    }
  }
  return { first, last }
}

type Brace = '{' | '}'

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13
}
