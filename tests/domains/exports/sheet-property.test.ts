import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { questionCsv, questionXlsx } from '../../../main/domains/exports/question-sheet.ts'
import { sheetRows } from '../../../main/domains/exports/sheet.ts'
import { readCsv } from '../../../main/domains/imports/csv.ts'
import { readXlsx } from '../../../main/domains/imports/xlsx.ts'
import { guardedCell, unguardedCell } from '../../../main/sheets/cells.ts'
import { type SheetLanguage, sheetLanguages } from '../../../shared/contract/imports.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { inputs } from '../../support/inputs.ts'
import { arbitraryQuestion } from '../imports/arbitrary-written-question.ts'

const sign = fc.constantFrom('', '', '=', '+', '-', '@', "'", "'=", "''@", '＝', '1-', '=1+1;', '[1..2]', '\\[1..2]')
const beginning = fc.record({ text: sign, feedback: sign, answer: sign })
const questions = fc.array(
  fc.tuple(arbitraryQuestion.map(withoutPictures), beginning).map(([question, signs]) => dangerous(question, signs)),
  { minLength: 1, maxLength: 4 },
)
const language = fc.constantFrom(...sheetLanguages)

describe('a cell of a sheet', () => {
  const isCalculated = (cell: string) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell)

  it('is never calculated by a spreadsheet program', async () => {
    await fc.assert(
      fc.asyncProperty(questions, language, async (written, words) => {
        const { rows } = sheetRows(written, words)
        const { data } = Papa.parse<string[]>(questionCsv(rows, words).slice(1))
        expect(data.flat().filter(isCalculated)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    ['=1+1', "'=1+1"],
    ['+33 1', "'+33 1"],
    ['-5', "'-5"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ["'=1", "''=1"],
    ["'tis", "'tis"],
    ['a=1', 'a=1'],
  ])('%j is written as %j and comes back', (text, written) => {
    expect(guardedCell(text)).toBe(written)
    expect(unguardedCell(written)).toBe(text)
  })
})

describe('questions written as a sheet', () => {
  it('of text are read back as they were', { timeout: inputs(60_000) }, async () => {
    await fc.assert(
      fc.asyncProperty(questions, language, async (written, words) => {
        const { rows } = sheetRows(written, words)
        const file = await readCsv(questionCsv(rows, words))
        expect(file.problems).toEqual([])
        expect(file.questions.map(({ question }) => question)).toEqual(written)
      }),
      { numRuns: inputs(300) },
    )
  })

  it('of Excel are read back as they were', { timeout: inputs(60_000) }, async () => {
    await fc.assert(
      fc.asyncProperty(questions, language, async (written: Question[], words: SheetLanguage) => {
        const { rows } = sheetRows(written, words)
        const file = await readXlsx(await questionXlsx(rows, words))
        expect(file.problems).toEqual([])
        expect(file.questions.map(({ question }) => question)).toEqual(written)
      }),
      { numRuns: inputs(40) },
    )
  })
})

/** With signs in front of its texts that a spreadsheet program would calculate, or that mean something in a cell. */
function dangerous(question: Question, signs: { text: string; feedback: string; answer: string }): Question {
  const before = (begin: string, text: string | undefined) => (text === undefined ? undefined : begin + text)
  const more = { text: signs.text + question.text, feedback: before(signs.feedback, question.feedback) }
  if (question.type === 'multiple_choice') {
    const options = question.options.map((one) => ({ ...one, text: signs.answer + one.text }))
    return { ...question, ...more, options }
  }
  if (question.type !== 'short_answer') return { ...question, ...more }
  const accepted = question.accepted.map((one) =>
    'text' in one && !one.wildcard
      ? { ...one, text: signs.answer === '[1..2]' ? '[1..2]' : signs.answer + one.text }
      : one,
  )
  return { ...question, ...more, accepted }
}

/** A sheet has neither pictures nor rubrics, and says so. */
function withoutPictures({ images: _, ...question }: Question): Question {
  if (question.type === 'multiple_choice') {
    return { ...question, options: question.options.map(({ picture: _picture, ...option }) => option) }
  }
  if (question.type !== 'essay') return question
  const { rubric: _rubric, ...essay } = question
  return essay
}
