import type { QuestionFile } from '../../../shared/contract/imports.ts'
import { Question } from '../../../shared/contract/questions.ts'
import { breather } from '../../breather.ts'
import { aikenLine } from './aiken-lines.ts'
import { equalShares, optionId } from './choices.ts'
import { type Finding, skipped } from './finding.ts'
import { isBlank, type LinePlace, lineAt } from './gift-lines.ts'
import { longestFile, shortened, storable, tooLongFile, withinLines } from './question-text.ts'

const mostQuestions = 10_000
const mostLines = 500
/** In characters: longer lines are in no question that could be stored. */
const longestLine = 20_000

/** A question as far as it is read. */
interface Draft {
  line: number
  text: string[]
  options: string[]
  /** What keeps it from becoming a question; the first thing counts. */
  obstacle?: Finding
}

/**
 * Reads a question file in the Aiken format (https://docs.moodle.org/en/Aiken_format): a question, options behind a
 * letter each, and `ANSWER: B`. Whatever cannot be read is a problem in the result; nothing is thrown.
 */
export async function readAiken(whole: string): Promise<QuestionFile> {
  const file: QuestionFile = { questions: [], problems: [] }
  if (whole.length > longestFile) return tooLongFile(whole.length)
  const { text, cut } = withinLines(whole)
  const breathe = breather()
  let draft: Draft | undefined
  let count = 0
  let place: LinePlace = { offset: text.startsWith('\uFEFF') ? 1 : 0, number: 1 }

  while (place.offset < text.length) {
    if (place.number % 200 === 0) await breathe()
    const { line, next } = lineAt(text, place)
    place = next
    if (isBlank(line)) continue
    const part = aikenLine(storable(line.text.slice(0, longestLine)), letterOf(draft?.options.length ?? 0))
    // Behind its options a question can only be answered: anything else is the next question.
    if (draft && part.kind === 'text' && draft.options.length > 0) {
      finish(file, draft, undefined)
      draft = undefined
    }
    if (!draft && ++count > mostQuestions) {
      const finding = skipped('tooLong', `more than ${mostQuestions} questions; the rest is not read`)
      file.problems.push({ line: line.number, ...finding, excerpt: '' })
      return file
    }
    draft ??= { line: line.number, text: [], options: [] }
    if (line.text.length > longestLine) draft.obstacle ??= skipped('tooLong', `${line.text.length} characters`)
    if (part.kind === 'answer') {
      finish(file, draft, part.text)
      draft = undefined
    } else add(draft, part, line.number)
  }
  if (draft) finish(file, draft, undefined)
  if (cut) file.problems.push(cut)
  return file
}

function add(draft: Draft, part: { kind: 'text' | 'option'; letter?: string; text: string }, line: number): void {
  if (draft.text.length + draft.options.length >= mostLines) {
    draft.obstacle ??= skipped('tooLong', `more than ${mostLines} lines`)
  } else if (part.kind === 'text') draft.text.push(part.text)
  else {
    const expected = letterOf(draft.options.length)
    if (draft.text.length === 0) draft.obstacle ??= skipped('syntax', `line ${line}: an option before the question`)
    if (part.letter !== expected) {
      draft.obstacle ??= skipped('syntax', `line ${line}: ${part.letter} where ${expected} is next`)
    }
    draft.options.push(part.text)
  }
}

function finish(file: QuestionFile, draft: Draft, answer: string | undefined): void {
  const { line, text, options } = draft
  const excerpt = shortened(text[0] ?? options[0] ?? '')
  const read = draft.obstacle ? { finding: draft.obstacle } : questionFrom(draft, answer)
  if ('question' in read) file.questions.push({ line, question: read.question })
  else file.problems.push({ line, ...read.finding, excerpt })
}

function questionFrom(
  { text, options }: Draft,
  answer: string | undefined,
): { question: Question } | { finding: Finding } {
  if (answer === undefined) {
    const detail = options.length > 0 ? 'no ANSWER line' : 'no options'
    return { finding: skipped('noAnswer', detail) }
  }
  const letters = answer
    .replace(/[.)]+$/, '')
    .toUpperCase()
    .split(/[\s,;]+/)
  const right = new Set(letters.map((letter) => (/^[A-Z]$/.test(letter) ? letter.charCodeAt(0) - 65 : -1)))
  if ([...right].some((index) => index < 0 || index >= options.length)) {
    return { finding: skipped('unknownAnswer', answer.slice(0, 100).toWellFormed()) }
  }
  const shares = equalShares(right.size)
  const credits = options.map((_, index) => (right.has(index) ? shares : 0))
  const checked = Question.safeParse({
    type: 'multiple_choice',
    text: text.join('\n'),
    points: 1,
    required: true,
    selection: right.size === 1 ? 'one' : 'many',
    options: options.map((option, index) => ({ id: optionId(index), text: option, credit: credits[index] })),
  })
  if (checked.success) return { question: checked.data }
  const [issue] = checked.error.issues
  return { finding: skipped('invalidQuestion', `${issue?.path.join('.')}: ${issue?.message}`) }
}

/** `A`, `B`, `C`, … */
function letterOf(index: number): string {
  return String.fromCharCode(65 + index)
}
