import type { AcceptedAnswer } from '../../../shared/contract/questions.ts'
import { numberIn } from '../../../shared/scoring.ts'
import { equalShares, optionId } from './choices.ts'
import { changed, skipped } from './finding.ts'
import { textPattern } from './gift-accepted.ts'
import { shortfall, sumOfPositive } from './gift-credits.ts'
import { aroundNumber } from './gift-numbers.ts'
import { itemsIn } from './sheet-cells.ts'
import { type RightAnswers, rightAnswers } from './sheet-right.ts'
import type { RowCells, SheetFinding } from './sheet-row-cells.ts'
import { type SheetType, trueOrFalse } from './sheet-words.ts'

interface Answers {
  answers: object
  findings: SheetFinding[]
}

/** What a row accepts, by its type. */
export function answersFrom(type: SheetType, row: RowCells): Answers {
  switch (type) {
    case 'one':
    case 'many':
    case 'choice':
      return choices(type, row)
    case 'trueFalse':
      return trueFalse(row)
    case 'short':
    case 'number':
      return accepted(type, row)
    case 'essay':
      return { answers: { type: 'essay', sampleAnswer: row.cell('right') || undefined }, findings: [] }
  }
}

function choices(type: 'one' | 'many' | 'choice', row: RowCells): Answers {
  if (row.options.length === 0) return { answers: {}, findings: [row.at('options', skipped('noAnswer', ''))] }
  const right = rightAnswers(row.cell('right'), row.options)
  if ('unknown' in right) return { answers: {}, findings: [row.at('right', skipped('unknownAnswer', right.unknown))] }
  if (right.size === 0) return { answers: {}, findings: [row.at('right', skipped('noRightAnswer', ''))] }
  const selection = type === 'choice' ? guessedSelection(right) : type
  const shares = selection === 'many' ? equalShares(plainOnes(right)) : 100
  const options = row.options.flatMap((text, place) => {
    if (text.trim() === '') return []
    const said = right.get(place)
    return [{ text, credit: right.has(place) ? (said ?? shares) : 0, feedback: row.feedbackOn(place) }]
  })
  const credits = options.map(({ credit }) => credit)
  const best = selection === 'many' ? sumOfPositive(credits) : Math.max(...credits)
  const answers = {
    type: 'multiple_choice',
    selection,
    options: options.map((option, index) => ({ id: optionId(index), ...option })),
  }
  return { answers, findings: shortfall(best) }
}

/** Several right answers are right together, unless each of them says that it is right by itself. */
function guessedSelection(right: RightAnswers): 'one' | 'many' {
  const earning = [...right.values()].filter((credit) => credit === undefined || credit > 0)
  if (earning.length < 2) return 'one'
  const isStated = earning.every((credit) => credit !== undefined)
  return isStated && earning.some((credit) => credit === 100) ? 'one' : 'many'
}

function plainOnes(right: RightAnswers): number {
  return [...right.values()].filter((credit) => credit === undefined).length
}

function trueFalse(row: RowCells): Answers {
  const written = row.cell('right').trim()
  const correct = trueOrFalse(written)
  if (correct === undefined) {
    const finding =
      written === '' ? skipped('noRightAnswer', '') : skipped('unknownAnswer', written.slice(0, 100).toWellFormed())
    return { answers: {}, findings: [row.at('right', finding)] }
  }
  const answers = { type: 'true_false', correct, feedbackTrue: row.feedbackOn(0), feedbackFalse: row.feedbackOn(1) }
  return { answers, findings: [] }
}

interface Expected {
  text: string
  credit: number
  feedback: string | undefined
}

function accepted(type: 'short' | 'number', row: RowCells): Answers {
  const expected = expectedBy(row)
  if (expected.length === 0) return { answers: {}, findings: [row.at('right', skipped('noRightAnswer', ''))] }
  const read = expected.map((one) => ({ one, answer: acceptedBy(type, one, row.cell('tolerance')) }))
  const unreadable = read.find(({ answer }) => answer === undefined)
  if (unreadable) {
    const detail = unreadable.one.text.slice(0, 100).toWellFormed()
    return { answers: {}, findings: [row.at('right', skipped('unreadableCell', detail))] }
  }
  const answers = read.flatMap(({ answer }) => answer ?? [])
  const best = Math.max(0, ...answers.map(({ credit }) => credit))
  const findings: SheetFinding[] = shortfall(best)
  if (type === 'short' && row.cell('tolerance').trim() !== '') {
    findings.push(row.at('tolerance', changed('unreadableCell', row.cell('tolerance').slice(0, 100).toWellFormed())))
  }
  return { answers: { type: 'short_answer', accepted: answers }, findings }
}

function acceptedBy(
  type: 'short' | 'number',
  { text, ...rest }: Expected,
  tolerance: string,
): AcceptedAnswer | undefined {
  if (type === 'short') return { ...(bracketed(text) ?? textIn(text)), ...rest }
  const number = rangeIn(text, tolerance) ?? catchAll(text)
  return number && { ...number, ...rest }
}

/** Answers in columns of their own, of which the right ones are named by letter; or all that the cells say. */
function expectedBy(row: RowCells): Expected[] {
  const said = row.cell('right')
  const right = row.options.length > 0 ? rightAnswers(said, row.options) : undefined
  const also = itemsIn(row.cell('accepted'), '|;\n').map((text) => ({ text, credit: 100, feedback: undefined }))
  const inColumns = row.options.flatMap((text, place): Expected[] => {
    if (text.trim() === '') return []
    const isNamed = right && !('unknown' in right) && right.size > 0
    const credit = isNamed ? (right.has(place) ? (right.get(place) ?? 100) : 0) : 100
    return [{ text, credit, feedback: row.feedbackOn(place) }]
  })
  if (right && !('unknown' in right)) return [...inColumns, ...also]
  return [...itemsIn(said, '|\n').map(withCredit), ...inColumns, ...also]
}

/** `Bamako (50%)`. */
function withCredit(text: string): Expected {
  const [, answer = '', percent = ''] = /^(.*\S)\s*\((-?\d{1,3}(?:[.,]\d{1,20})?)\s*%\)$/s.exec(text) ?? []
  return answer === ''
    ? { text, credit: 100, feedback: undefined }
    : { text: answer, credit: Number(percent.replace(',', '.')), feedback: undefined }
}

/** `[4.9..5.1]` among texts. */
const brackets = /^\[([^[\]]*)\.\.([^[\]]*)\]$/

export function isBracketed(text: string): boolean {
  return /^\\*\[[^[\]]*\.\.[^[\]]*\]$/.test(text.trim())
}

function bracketed(text: string): { min: number; max: number } | undefined {
  const [, low = '', high = ''] = brackets.exec(text.trim()) ?? []
  return between(low, high)
}

function textIn(text: string): { text: string; wildcard?: true } {
  const plain = text.trim()
  return textPattern(isBracketed(plain) && plain.startsWith('\\') ? plain.slice(1) : plain)
}

function catchAll(text: string): { text: string; wildcard: true } | undefined {
  return text.trim() === '*' ? { text: '*', wildcard: true } : undefined
}

/** `5`, `4.9..5.1`, `5 ± 0.1`, or 5 with the tolerance of its own column. */
function rangeIn(text: string, tolerance: string): { min: number; max: number } | undefined {
  const plain = text.trim().replace(/^\[(.*)\]$/s, '$1')
  const [low, high, ...more] = plain.split('..')
  if (low !== undefined && high !== undefined && more.length === 0) return between(low, high)
  const [middle = '', distance = tolerance] = plain.split(/±|\+\/-/)
  return aroundNumber(middle, distance)
}

function between(low: string, high: string): { min: number; max: number } | undefined {
  const [one, other] = [numberIn(low), numberIn(high)]
  if (one === undefined || other === undefined) return undefined
  return { min: Math.min(one, other), max: Math.max(one, other) }
}
