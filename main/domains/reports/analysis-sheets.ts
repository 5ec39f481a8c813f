import type { AnswerCount, ItemAnalysis, ItemStatistics } from '../../../shared/contract/analytics.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import type { SheetWords } from '../../../shared/contract/reports.ts'
import type { Cell } from '../../sheets/cells.ts'
import type { Table } from '../../sheets/table-file.ts'
import { percentOf, toHundredths } from './sheet-values.ts'

/** The item analysis as tables: the test, its items, and what was answered. */
export function analysisSheets(analysis: ItemAnalysis, words: SheetWords): Table[] {
  return [testSheet(analysis, words), itemSheet(analysis.items, words), answerSheet(analysis.items, words)]
}

function testSheet({ title, test }: ItemAnalysis, words: SheetWords): Table {
  const facts: [keyof SheetWords, Cell][] = [
    ['fact.title', title],
    ['fact.attempts', test.attempts],
    ['fact.learners', test.learners],
    ['fact.mostPoints', test.maxScore],
    ['fact.mean', toHundredths(test.mean)],
    ['fact.median', toHundredths(test.median)],
    ['fact.lowest', toHundredths(test.lowest)],
    ['fact.highest', toHundredths(test.highest)],
    ['fact.spread', toHundredths(test.standardDeviation)],
    ['fact.passRate', percentOf(test.passRate)],
    ['fact.alpha', toThousandths(test.alpha)],
    ['fact.standardError', toHundredths(test.standardError)],
  ]
  return {
    name: words['sheet.summary'],
    columns: [words['column.name'], words['column.value']],
    rows: facts.map(([word, value]) => [words[word], value]),
  }
}

function itemSheet(items: readonly ItemStatistics[], words: SheetWords): Table {
  return {
    name: words['sheet.items'],
    columns: [
      words['column.number'],
      words['column.question'],
      words['column.mostPoints'],
      words['column.attempts'],
      words['column.facility'],
      words['column.spread'],
      words['column.discrimination'],
      words['column.itemTotal'],
      words['column.upperLower'],
      words['column.efficiency'],
      words['column.randomGuess'],
      words['column.intendedWeight'],
      words['column.effectiveWeight'],
      words['column.alphaWithout'],
      words['column.flags'],
    ],
    rows: items.map((item, index) => [
      index + 1,
      item.question.name ?? item.question.text,
      item.question.points,
      item.attempts,
      percentOf(item.facility),
      percentOf(item.standardDeviation),
      toThousandths(item.discrimination),
      toThousandths(item.itemTotal),
      toThousandths(item.upperLower),
      percentOf(item.discriminativeEfficiency),
      percentOf(item.randomGuess),
      percentOf(item.intendedWeight),
      percentOf(item.effectiveWeight),
      toThousandths(item.alphaWithout),
      flagWords(item, words),
    ]),
  }
}

function flagWords({ question, flags }: ItemStatistics, words: SheetWords): string {
  return flags
    .map(({ kind, optionId }) => {
      const option = optionId === null ? '' : ` (${answerName(question, optionId, words)})`
      return `${words[`flag.${kind}`]}${option}`
    })
    .join(' ')
}

function answerSheet(items: readonly ItemStatistics[], words: SheetWords): Table {
  const row = (item: ItemStatistics, number: number, one: AnswerCount) => [
    number,
    answerName(item.question, one.answer, words),
    percentOf(one.credit),
    one.count,
    one.upper,
    one.lower,
    toThousandths(one.discrimination),
  ]
  return {
    name: words['sheet.answers'],
    columns: [
      words['column.number'],
      words['column.answer'],
      words['column.credit'],
      words['column.count'],
      words['column.upper'],
      words['column.lower'],
      words['column.discrimination'],
    ],
    rows: items.flatMap((item, index) => item.answers.map((one) => row(item, index + 1, one))),
  }
}

/** What a line of the table of answers is called, as on the screen. */
function answerName(question: Question, answer: string, words: SheetWords): string {
  if (question.type === 'multiple_choice') {
    const option = question.options.find(({ id }) => id === answer)
    if (option) return option.text
  }
  if (answer === 'true' || answer === 'false' || answer === 'empty') return words[`word.${answer}`]
  const accepted = question.type === 'short_answer' ? question.accepted[Number(answer.split(':')[1])] : undefined
  if (!accepted) return words['word.other']
  if ('text' in accepted) return accepted.text
  return accepted.min === accepted.max ? String(accepted.min) : `${accepted.min} – ${accepted.max}`
}

function toThousandths(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1000) / 1000
}
