import {
  beginsWithName,
  bracesOf,
  type GiftLine,
  isBlank,
  isCategory,
  isComment,
  type LinePlace,
  lineAt,
} from './gift-lines.ts'

/** One question of the file as its author wrote it, without comments and blank lines. */
export interface GiftBlock {
  lines: [GiftLine, ...GiftLine[]]
  /** The braces around its answers never close. */
  isOpen: boolean
  /** It went on for more lines than a question can have; those are not kept. */
  isOverlong: boolean
  /** Comments since the block before, in which other programs keep tags. */
  comments: string[]
  /** What stands behind the last `$CATEGORY:` above. */
  category: string | undefined
}

const mostLines = 5_000
const mostComments = 50

/**
 * The blocks of a GIFT file. A blank line ends a block unless it stands among answers.
 * Where answers never close, the block ends at its first blank line, so that it does not swallow the blocks behind it.
 */
export async function* giftBlocks(file: string, breathe: () => Promise<void>): AsyncGenerator<GiftBlock> {
  let place: LinePlace = { offset: file.startsWith('\uFEFF') ? 1 : 0, number: 1 }
  const heading: Heading = { comments: [], category: undefined }
  while (place.offset < file.length) {
    const { lines, isOpen, next } = await readBlock(file, place, heading, breathe)
    const [first, ...rest] = lines
    const isOverlong = lines.length >= mostLines
    if (first) yield { lines: [first, ...rest], isOpen, isOverlong, ...heading, comments: heading.comments.splice(0) }
    place = next
  }
}

/** What stands above a block and belongs to it. */
interface Heading {
  comments: string[]
  category: string | undefined
}

interface ReadBlock {
  lines: GiftLine[]
  isOpen: boolean
  next: LinePlace
}

async function readBlock(
  file: string,
  start: LinePlace,
  heading: Heading,
  breathe: () => Promise<void>,
): Promise<ReadBlock> {
  const lines: GiftLine[] = []
  let answers: 'none' | 'open' | 'closed' = 'none'
  /** The block as it stands if its answers never close. */
  let broken: ReadBlock | undefined
  let place = start

  while (place.offset < file.length) {
    if (place.number % 500 === 0) await breathe()
    const { line, next } = lineAt(file, place)
    const isOpen = answers === 'open'

    if (isBlank(line)) {
      if (isOpen) broken ??= { lines: [...lines], isOpen, next }
      else if (lines.length > 0) return { lines, isOpen, next }
    } else if (isCategory(line)) {
      if (lines.length > 0) return broken ?? { lines, isOpen, next: place }
      heading.category = line.text.trim().slice('$CATEGORY:'.length, 1000).trim()
    } else if (beginsWithName(line) && answers === 'closed') {
      return { lines, isOpen, next: place }
    } else if (isComment(line)) {
      if (heading.comments.length < mostComments) heading.comments.push(line.text.slice(0, 1000))
    } else {
      const { first, last } = bracesOf(line)
      if (broken && first === '{') return broken
      if (last) answers = last === '{' ? 'open' : 'closed'
      if (lines.length < mostLines) lines.push(line)
    }
    place = next
  }
  const isOpen = answers === 'open'
  return (isOpen && broken) || { lines, isOpen, next: place }
}
