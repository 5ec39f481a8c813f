import type { ImportProblem, QuestionFile } from '../../../shared/contract/imports.ts'
import { breather } from '../../breather.ts'
import { categoryPath } from './category-path.ts'
import { type ElementBlock, elementBlocks } from './element-blocks.ts'
import { type Finding, skipped } from './finding.ts'
import { withFilesLifted } from './moodle-files.ts'
import { questionFrom } from './moodle-question.ts'
import { type MoodleTexts, moodleTexts } from './moodle-texts.ts'
import type { Pictures } from './pictures.ts'
import { childNamed, hasDeclarations, parseXml, textWithin, type XmlElement } from './xml.ts'
import { xmlTextOf } from './xml-text.ts'

const mostBytes = 64 * 1024 * 1024
/** In characters: six pictures of 2 MB for the question, and some for its options. */
const longestBlock = 24 * 1024 * 1024
const mostBlocks = 10_000

export type QuestionFileWithPictures = QuestionFile & { pictures: Pictures }

/**
 * Reads a question file in Moodle's XML format (https://docs.moodle.org/en/Moodle_XML_format; what its importer
 * reads is in question/format/xml/format.php). Whatever cannot be read is a problem in the result; nothing is thrown.
 */
export async function readMoodleXml(bytes: Uint8Array): Promise<QuestionFileWithPictures> {
  const file: QuestionFileWithPictures = { questions: [], problems: [], pictures: new Map() }
  const tell = (line: number, excerpt: string, findings: Finding[]) =>
    file.problems.push(...findings.map((finding): ImportProblem => ({ line, ...finding, excerpt })))

  if (bytes.length > mostBytes) return refused(1, skipped('tooLong', `${bytes.length} bytes`))
  const decoded = xmlTextOf(bytes)
  if ('error' in decoded) return refused(decoded.error.line, skipped('syntax', decoded.error.message))
  const { text } = decoded
  if (hasDeclarations(text)) return refused(1, skipped('syntax', 'a DOCTYPE with declarations'))
  if (!/<quiz[\s>/]/.test(text)) return refused(1, skipped('syntax', 'no <quiz>'))

  const texts = moodleTexts(file.pictures)
  const breathe = breather()
  let category: string | undefined
  let count = 0
  for (const block of elementBlocks(text, 'question')) {
    await breathe()
    if (++count > mostBlocks) {
      tell(block.line, '', [skipped('tooLong', `more than ${mostBlocks} questions; the rest is not read`)])
      break
    }
    const read = readBlock(block, category, texts)
    if ('category' in read) category = read.category
    else if (read.question) file.questions.push({ line: block.line, question: read.question })
    tell(read.line ?? block.line, read.excerpt, read.findings)
  }
  return file
}

function refused(line: number, finding: Finding): QuestionFileWithPictures {
  return { questions: [], problems: [{ line, ...finding, excerpt: '' }], pictures: new Map() }
}

type Read = { line?: number; excerpt: string; findings: Finding[] } & (
  | { question?: QuestionFile['questions'][number]['question'] }
  | { category: string | undefined }
)

function readBlock(block: ElementBlock, category: string | undefined, texts: MoodleTexts): Read {
  const excerpt = shortened(block.xml.slice(0, 300))
  if (block.xml.length > longestBlock)
    return { excerpt, findings: [skipped('tooLong', `${block.xml.length} characters`)] }
  if (block.isOpen) return { excerpt, findings: [skipped('syntax', 'no </question>')] }
  const lifted = withFilesLifted(block.xml)
  texts.begin(lifted.files)
  const parsed = parseXml(lifted.xml, block.line)
  if ('error' in parsed) {
    const { line, message } = parsed.error
    return { excerpt, findings: [skipped('syntax', `line ${line}: ${message}`)] }
  }
  const { root } = parsed
  if (root.attributes.get('type') === 'category') return { excerpt, ...categoryOf(root) }
  return { excerpt: nameOf(root), ...questionFrom(root, category, texts) }
}

function categoryOf(root: XmlElement): { category: string | undefined; findings: Finding[] } {
  return categoryPath(textWithin(childNamed(childNamed(root, 'category'), 'text')))
}

function nameOf(root: XmlElement): string {
  const name = textWithin(childNamed(childNamed(root, 'name'), 'text')).trim()
  return shortened(name || textWithin(childNamed(childNamed(root, 'questiontext'), 'text')))
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 100 ? `${line.slice(0, 99).toWellFormed()}…` : line
}
