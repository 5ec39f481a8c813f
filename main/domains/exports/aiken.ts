import type { ExportLoss } from '../../../shared/contract/exports.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { guard, needsGuard } from '../imports/aiken-lines.ts'
import { hasPictures } from './gift.ts'
import { oneLine } from './gift-texts.ts'

type Choice = Extract<Question, { type: 'multiple_choice' }>

/**
 * A question file in the Aiken format (https://docs.moodle.org/en/Aiken_format), which knows choices of one right option
 * and nothing else. What it cannot hold is left out, and said.
 */
export function writeAiken(
  questions: Question[],
  words: { true: string; false: string },
): { text: string; losses: ExportLoss[] } {
  const losses: ExportLoss[] = []
  const blocks = questions.map((question, index) => {
    const choice = question.type === 'true_false' ? trueFalse(question, words) : question
    const right = choice.type === 'multiple_choice' ? onlyRight(choice) : -1
    const kinds = right < 0 ? ['leftOut' as const] : lossesOf(question)
    losses.push(...kinds.map((kind) => ({ question: index + 1, kind })))
    return choice.type !== 'multiple_choice' || right < 0 ? '' : block(choice, right)
  })
  return { text: blocks.filter((one) => one !== '').join('\n'), losses }
}

function block({ text, options }: Choice, right: number): string {
  const line = oneLine(text)
  const choices = options.map((option, index) => `${letter(index)}. ${oneLine(option.text)}`)
  return `${[needsGuard(line) ? guard + line : line, ...choices, `ANSWER: ${letter(right)}`].join('\n')}\n`
}

function trueFalse(
  question: Extract<Question, { type: 'true_false' }>,
  words: { true: string; false: string },
): Choice {
  const { text, points, required, correct } = question
  const options = [
    { id: 'a', text: words.true, credit: correct ? 100 : 0 },
    { id: 'b', text: words.false, credit: correct ? 0 : 100 },
  ]
  return { type: 'multiple_choice', text, points, required, selection: 'one', options }
}

/** The place of the right option; -1 where there is none, or where it takes several. */
function onlyRight({ selection, options }: Choice): number {
  const right = options.filter(({ credit }) => credit === 100)
  if (right.length !== 1 || (selection === 'many' && options.some(({ credit }) => credit > 0 && credit < 100)))
    return -1
  return options.findIndex(({ credit }) => credit === 100)
}

function lossesOf(question: Question): ExportLoss['kind'][] {
  const options = question.type === 'multiple_choice' ? question.options : []
  const { name, category, tags, feedback, points, required } = question
  const kinds: ExportLoss['kind'][] = []
  if (question.type === 'true_false') kinds.push('becomesChoice')
  if (hasPictures(question)) kinds.push('picturesLeftOut')
  const isMany = question.type === 'multiple_choice' && question.selection === 'many'
  if (isMany || options.some(({ credit }) => credit !== 0 && credit !== 100)) kinds.push('creditsLeftOut')
  const told =
    question.type === 'true_false'
      ? [question.feedbackTrue, question.feedbackFalse]
      : options.map((one) => one.feedback)
  const keepsOrder = question.type === 'multiple_choice' && question.keepOrder
  const facts = [name, category, tags, feedback, ...told, keepsOrder]
  if (points !== 1 || !required || facts.some(Boolean)) kinds.push('factsLeftOut')
  if ([question.text, ...options.map(({ text }) => text)].some((text) => text !== oneLine(text)))
    kinds.push('lineBreaks')
  return kinds
}

function letter(index: number): string {
  return String.fromCharCode(65 + index)
}
