import type { ExportLoss } from '../../../shared/contract/exports.ts'
import type { SheetLanguage } from '../../../shared/contract/imports.ts'
import type { AcceptedAnswer, Question } from '../../../shared/contract/questions.ts'
import { isBracketed } from '../imports/sheet-answers.ts'
import { listCell } from '../imports/sheet-cells.ts'
import { placeLetter, type SheetField, type SheetType, sheetFields, sheetWords } from '../imports/sheet-words.ts'
import { hasPictures } from './gift.ts'
import { decimal } from './gift-answers.ts'

/** A question in the columns of a sheet. */
interface SheetQuestion {
  fields: Partial<Record<SheetField, string>>
  options: string[]
  feedbackOn: (string | undefined)[]
}

/** One row for the names of the columns, which are those that are filled, and one for each question. */
export function sheetRows(questions: Question[], language: SheetLanguage): { rows: string[][]; losses: ExportLoss[] } {
  const words = sheetWords[language]
  const filled = questions.map((question) => asSheet(question, language))
  const always: SheetField[] = ['type', 'question', 'right', 'points']
  const fields = sheetFields.filter((field) => always.includes(field) || filled.some((row) => row.fields[field]))
  const places = Array.from(
    { length: Math.max(0, ...filled.map(({ options }) => options.length)) },
    (_, place) => place,
  )
  const told = Array.from({ length: Math.max(0, ...filled.map((row) => row.feedbackOn.length)) }, (_, place) => place)
  const toldSomewhere = told.filter((place) => filled.some((row) => row.feedbackOn[place]))
  const [before, behind] = [fields.slice(0, 2), fields.slice(2)]
  const option = (place: number) => `${words.option[0]} ${placeLetter(place)}`
  const feedback = (place: number) => `${words.optionFeedback[0]} ${placeLetter(place)}`
  const label = (field: SheetField) => words.fields[field][0]
  const head = [...before.map(label), ...places.map(option), ...behind.map(label), ...toldSomewhere.map(feedback)]
  const rows = filled.map((row) => [
    ...before.map((field) => row.fields[field] ?? ''),
    ...places.map((place) => row.options[place] ?? ''),
    ...behind.map((field) => row.fields[field] ?? ''),
    ...toldSomewhere.map((place) => row.feedbackOn[place] ?? ''),
  ])
  return {
    rows: [head, ...rows].map((row) => row.map(storable)),
    losses: questions.flatMap((question, index) => lossesOf(question).map((kind) => ({ question: index + 1, kind }))),
  }
}

function storable(cell: string): string {
  return cell.toWellFormed().replaceAll('\0', '')
}

function asSheet(question: Question, language: SheetLanguage): SheetQuestion {
  const words = sheetWords[language]
  const answers = answersOf(question, language)
  const flag = (isSet: boolean | undefined) => (isSet ? words.yes[0] : '')
  return {
    ...answers,
    fields: {
      question: question.text,
      points: String(question.points),
      required: question.required ? '' : words.no[0],
      name: question.name ?? '',
      category: question.category ?? '',
      tags: listCell(question.tags ?? []),
      feedback: question.feedback ?? '',
      keepOrder: flag(question.type === 'multiple_choice' && question.keepOrder),
      case: flag(question.type === 'short_answer' && question.caseMatters),
      accents: flag(question.type === 'short_answer' && question.accentsMatter),
      type: words.types[typeOf(question)][0],
      right: answers.right,
    },
  }
}

function typeOf(question: Question): SheetType {
  switch (question.type) {
    case 'multiple_choice':
      return question.selection
    case 'true_false':
      return 'trueFalse'
    case 'essay':
      return 'essay'
    case 'short_answer':
      return question.accepted.every((answer) => 'min' in answer) ? 'number' : 'short'
  }
}

function answersOf(question: Question, language: SheetLanguage) {
  switch (question.type) {
    case 'multiple_choice':
      return {
        options: question.options.map(({ text }) => text),
        feedbackOn: question.options.map(({ feedback }) => feedback),
        right: rightCell(question.options, question.selection === 'one'),
      }
    case 'short_answer':
      return {
        options: question.accepted.map(acceptedCell),
        feedbackOn: question.accepted.map(({ feedback }) => feedback),
        right: rightCell(question.accepted, true),
      }
    case 'true_false':
      return {
        options: [],
        feedbackOn: [question.feedbackTrue, question.feedbackFalse],
        right: sheetWords[language][question.correct ? 'true' : 'false'][0],
      }
    case 'essay':
      return { options: [], feedbackOn: [], right: question.sampleAnswer ?? '' }
  }
}

/** `A`, or `A (50%); C (-25%)` where an answer is not simply right. */
function rightCell(answers: readonly { credit: number }[], isWhole: boolean): string {
  const named = answers.flatMap(({ credit }, place) => {
    if (credit === 0) return []
    return [isWhole && credit === 100 ? placeLetter(place) : `${placeLetter(place)} (${decimal(credit)}%)`]
  })
  return named.join('; ')
}

function acceptedCell(answer: AcceptedAnswer): string {
  if ('min' in answer) return `[${answer.min}..${answer.max}]`
  const text = answer.wildcard ? answer.text : answer.text.replaceAll('*', '\\*')
  return isBracketed(text) ? `\\${text}` : text
}

function lossesOf(question: Question): ExportLoss['kind'][] {
  const kinds: ExportLoss['kind'][] = []
  if (hasPictures(question)) kinds.push('picturesLeftOut')
  if (question.type === 'essay' && question.rubric) kinds.push('rubricLeftOut')
  return kinds
}
