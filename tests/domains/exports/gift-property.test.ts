import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeGift } from '../../../main/domains/exports/gift.ts'
import { readGift } from '../../../main/domains/imports/gift.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { inputs } from '../../support/inputs.ts'
import { arbitraryQuestion } from '../imports/arbitrary-written-question.ts'

describe('questions written as GIFT', () => {
  it('are read back as they were, but for what the export says is not in the file', {
    timeout: inputs(60_000),
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryQuestion.filter(isReadAsWritten), { minLength: 1, maxLength: 4 }),
        async (questions) => {
          const { text, losses } = writeGift(questions)
          const file = await readGift(text)

          const leftOut = new Set(losses.filter(({ kind }) => kind === 'spacing').map(({ question }) => question - 1))
          expect(file.problems).toEqual([])
          const pairs = questions.map(
            (question, index) => [file.questions[index]?.question, heldByGift(question)] as const,
          )
          for (const [index, [read, written]] of pairs.entries()) if (!leftOut.has(index)) expect(read).toEqual(written)
        },
      ),
      { numRuns: inputs(500) },
    )
  })
})

/** Credits that add up to nearly 100 are filled up when they are read, and a range beside texts is left out. */
function isReadAsWritten(question: Question): boolean {
  if (question.type === 'short_answer') {
    const [first] = question.accepted
    return question.accepted.every((one) => 'min' in one) || (first !== undefined && 'text' in first)
  }
  if (question.type !== 'multiple_choice') return true
  const sum = question.options.reduce((total, { credit }) => total + Math.max(0, credit), 0)
  return question.selection === 'one' || sum === 100 || sum > 101
}

/** GIFT has neither pictures nor rubrics, and numbers do not stand beside texts. */
function heldByGift({ images: _, ...question }: Question): Question {
  if (question.type === 'multiple_choice') {
    return { ...question, options: question.options.map(({ picture: _picture, ...option }) => option) }
  }
  if (question.type === 'essay') {
    const { rubric: _rubric, sampleAnswer: _sample, ...essay } = question
    return essay
  }
  if (question.type === 'true_false') return question
  const isNumber = question.accepted.every((one) => 'min' in one)
  return { ...question, accepted: question.accepted.filter((one) => isNumber || 'text' in one) }
}
