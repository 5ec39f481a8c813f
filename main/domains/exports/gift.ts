import type { ExportLoss } from '../../../shared/contract/exports.ts'
import type { AcceptedAnswer, Question } from '../../../shared/contract/questions.ts'
import { answersInBraces, isAllNumbers } from './gift-answers.ts'
import { needsPlain, oneLine, spelled, spelledText } from './gift-texts.ts'

/** In characters: longer blocks are not read back. */
const longestBlock = 24 * 1024

/**
 * A question file in Moodle's GIFT format (https://docs.moodle.org/en/GIFT_format). What GIFT has no sign for stands in
 * comments, which Moodle passes over.
 */
export function writeGift(questions: Question[]): { text: string; losses: ExportLoss[] } {
  let category: string | undefined
  const losses: ExportLoss[] = []
  const blocks = questions.map((question, index) => {
    const heading = question.category === category ? '' : categoryLine(question.category)
    category = question.category
    const block = blockOf(question)
    losses.push(...lossesOf(question, block).map((kind) => ({ question: index + 1, kind })))
    return heading + block
  })
  return { text: `${blocks.join('\n')}`, losses }
}

function categoryLine(category: string | undefined): string {
  return `$CATEGORY: $course$/top${category === undefined ? '' : `/${oneLine(category)}`}\n\n`
}

function blockOf(question: Question): string {
  const remarks = remarksOf(question)
  const name = question.name === undefined ? '' : `::${spelled(oneLine(question.name))}:: `
  const stem = `${name}${needsPlain(question) ? '[plain]' : ''}${spelledText(question.text)}`
  return `${remarks === '' ? '' : `// ${remarks}\n`}${stem} {${answersInBraces(question)}}\n`
}

function remarksOf(question: Question): string {
  const tags = (question.tags ?? []).map((tag) => `[tag:${remark(tag)}]`)
  const isStrict = question.type === 'short_answer' ? question : {}
  const remarks = [
    ...tags,
    question.points !== 1 && `[points:${question.points}]`,
    !question.required && '[optional]',
    question.type === 'multiple_choice' && question.keepOrder && '[fixed-order]',
    'caseMatters' in isStrict && isStrict.caseMatters && '[case]',
    'accentsMatter' in isStrict && isStrict.accentsMatter && '[accents]',
  ]
  return remarks.filter(Boolean).join(' ')
}

/** A backslash at the end would take the bracket behind it along. */
function remark(text: string): string {
  const line = oneLine(text).replaceAll(']', '\\]')
  return line.endsWith('\\') ? `${line} ` : line
}

function isText(answer: AcceptedAnswer): boolean {
  return 'text' in answer
}

function lossesOf(question: Question, block: string): ExportLoss['kind'][] {
  const kinds: ExportLoss['kind'][] = []
  if (question.points !== 1) kinds.push('points')
  if (!question.required) kinds.push('optional')
  if (hasPictures(question)) kinds.push('picturesLeftOut')
  if (needsOneSpace(question)) kinds.push('spacing')
  if (question.type === 'multiple_choice' && question.keepOrder) kinds.push('fixedOrder')
  if (question.type === 'essay' && question.rubric) kinds.push('rubricLeftOut')
  if (question.type === 'essay' && question.sampleAnswer) kinds.push('sampleLeftOut')
  if (question.type === 'short_answer') {
    if (question.caseMatters) kinds.push('case')
    if (!question.accentsMatter && !isAllNumbers(question)) kinds.push('accents')
    if (!isAllNumbers(question) && !question.accepted.every(isText)) kinds.push('rangesLeftOut')
    if (question.accepted.some((answer) => 'text' in answer && answer.text.includes('->'))) kinds.push('matchSign')
  }
  if (block.length > longestBlock) kinds.push('tooLong')
  return kinds
}

export function hasPictures({ images = [], ...question }: Question): boolean {
  return images.length > 0 || (question.type === 'multiple_choice' && question.options.some((option) => option.picture))
}

/** GIFT makes one space of several, and no line begins or ends with one. */
function needsOneSpace(question: Question): boolean {
  const { text, feedback = '' } = question
  return [text, feedback, ...textsWithin(question)].some((one) => /\s(?<!\n)\s|^\s|\s$|[\t\r\v\f]/.test(one))
}

function textsWithin(question: Question): string[] {
  if (question.type === 'multiple_choice')
    return question.options.flatMap(({ text, feedback = '' }) => [text, feedback])
  if (question.type === 'true_false') return [question.feedbackTrue ?? '', question.feedbackFalse ?? '']
  return []
}
