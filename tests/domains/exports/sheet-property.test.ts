import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvText } from '../../../main/domains/exports/csv.ts'
import { sheetRows } from '../../../main/domains/exports/sheet.ts'
import { xlsxBytes } from '../../../main/domains/exports/xlsx.ts'
import { readCsv } from '../../../main/domains/imports/csv.ts'
import { readXlsx } from '../../../main/domains/imports/xlsx.ts'
import { type SheetLanguage, sheetLanguages } from '../../../shared/contract/imports.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { arbitraryQuestion } from '../imports/arbitrary-written-question.ts'

const questions = fc.array(arbitraryQuestion.map(withoutPictures), { minLength: 1, maxLength: 4 })
const language = fc.constantFrom(...sheetLanguages)

describe('questions written as a sheet', () => {
  it('of text are read back as they were', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(questions, language, async (written, words) => {
        const { rows } = sheetRows(written, words)
        const file = await readCsv(csvText(rows, words))
        expect(file.problems).toEqual([])
        expect(file.questions.map(({ question }) => question)).toEqual(written)
      }),
      { numRuns: 1000 },
    )
  })

  it('of Excel are read back as they were', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(questions, language, async (written: Question[], words: SheetLanguage) => {
        const { rows } = sheetRows(written, words)
        const file = await readXlsx(await xlsxBytes(rows, words))
        expect(file.problems).toEqual([])
        expect(file.questions.map(({ question }) => question)).toEqual(written)
      }),
      { numRuns: 300 },
    )
  })
})

/** A sheet has neither pictures nor rubrics, and says so. */
function withoutPictures({ images: _, ...question }: Question): Question {
  if (question.type === 'multiple_choice') {
    return { ...question, options: question.options.map(({ picture: _picture, ...option }) => option) }
  }
  if (question.type !== 'essay') return question
  const { rubric: _rubric, ...essay } = question
  return essay
}
