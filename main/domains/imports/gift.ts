import type { ImportProblem, QuestionFile } from '../../../shared/contract/imports.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { breather } from '../../breather.ts'
import { type Finding, skipped } from './finding.ts'
import { type GiftBlock, giftBlocks } from './gift-blocks.ts'
import { questionFrom } from './gift-mapping.ts'
import { parseBlock } from './gift-parser.ts'
import { hasEmptyAnswers, spelledForParser, withoutEmbeddedImages } from './gift-spelling.ts'
import { type MarkupReader, markupReader } from './markup.ts'
import { longestFile, storable, tooLongFile, withinLines } from './question-text.ts'

/** In characters: the parser takes about a millisecond per 1,000, and the window must not freeze. */
const longestBlock = 24 * 1024
const mostBlocks = 10_000

/**
 * Reads a question file in Moodle's GIFT format, as its documentation describes it
 * (https://docs.moodle.org/en/GIFT_format). Whatever cannot be read is a problem in the result; nothing is thrown.
 */
export async function readGift(whole: string): Promise<QuestionFile> {
  const file: QuestionFile = { questions: [], problems: [] }
  if (whole.length > longestFile) return tooLongFile(whole.length)
  const { text, cut } = withinLines(whole)
  const breathe = breather()
  const reader = markupReader()
  let count = 0

  for await (const block of giftBlocks(text, breathe)) {
    await breathe()
    const { number: line } = block.lines[0]
    count++
    const { question, findings } =
      count > mostBlocks ? { findings: [tooMany] } : await readBlock(block, reader, breathe)
    if (question) file.questions.push({ line, question })
    const excerpt = excerptOf(block)
    file.problems.push(...findings.map((finding): ImportProblem => ({ line, ...finding, excerpt })))
    if (count > mostBlocks) return file
  }
  if (cut) file.problems.push(cut)
  return file
}

const tooMany = skipped('tooLong', `the file has more than ${mostBlocks} blocks; the rest is not read`)

type Read = { question?: Question; findings: Finding[] }

async function readBlock(block: GiftBlock, reader: MarkupReader, breathe: () => Promise<void>): Promise<Read> {
  if (block.isOverlong) return { findings: [skipped('tooLong', `more than ${block.lines.length} lines`)] }
  const written = withoutEmbeddedImages(storable(block.lines.map((line) => line.text).join('\n')))
  if (written.length > longestBlock) return { findings: [skipped('tooLong', `${written.length} characters`)] }
  if (block.isOpen) return { findings: [skipped('syntax', 'the { has no }')] }
  if (hasEmptyAnswers(written)) return { findings: [skipped('noAnswer', '')] }

  const spelled = spelledForParser(written)
  if (spelled.length > longestBlock) return { findings: [skipped('tooLong', `${spelled.length} characters`)] }
  const parsed = parseBlock(spelled)
  await breathe()
  if ('question' in parsed) return questionFrom(parsed.question, block, reader)
  const place = block.lines[parsed.error.line - 1] ?? block.lines[0]
  return { findings: [skipped('syntax', `line ${place.number}: ${parsed.error.message}`)] }
}

function excerptOf({ lines }: GiftBlock): string {
  const beginning = lines[0].text.slice(0, 1000).trim()
  return storable(beginning.length > 100 ? `${beginning.slice(0, 99)}…` : beginning)
}
