import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeAiken } from '../../../main/domains/exports/aiken.ts'
import { readAiken } from '../../../main/domains/imports/aiken.ts'
import { Question } from '../../../shared/contract/questions.ts'
import { inputs } from '../../support/inputs.ts'
import { arbitraryQuestion, writtenText } from '../imports/arbitrary-written-question.ts'

const words = { true: 'True', false: 'False' }
const beginning = fc.constantFrom('', 'A. ', 'b) ', 'ANSWER: ', 'answer : ', '\u200b', '\u200bA. ', '\u200b\u200bC)')
const line = fc.tuple(beginning, writtenText).map(([before, text]) => (before + text).replace(/\s+/g, ' ').trim())

/** All that Aiken can hold. */
const holdable = fc
  .tuple(line, fc.array(line, { minLength: 2, maxLength: 26 }), fc.nat())
  .map(([text, options, right]) =>
    Question.parse({
      type: 'multiple_choice',
      text,
      points: 1,
      required: true,
      selection: 'one',
      options: options.map((option, index) => ({
        id: (index + 10).toString(36),
        text: option,
        credit: index === right % options.length ? 100 : 0,
      })),
    }),
  )

describe('questions written as Aiken', () => {
  it('are read back as they were, where Aiken can hold them', { timeout: inputs(60_000) }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(holdable, { minLength: 1, maxLength: 4 }), async (questions) => {
        const { text, losses } = writeAiken(questions, words)
        const file = await readAiken(text)

        expect(losses).toEqual([])
        expect(file.problems).toEqual([])
        expect(file.questions.map(({ question }) => question)).toEqual(questions)
      }),
      { numRuns: inputs(300) },
    )
  })

  it('are read back without problems where they were not left out, and what is missing was said', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryQuestion, { minLength: 1, maxLength: 4 }), async (questions) => {
        const { text, losses } = writeAiken(questions, words)
        const file = await readAiken(text)

        const lost = new Set(losses.map(({ question }) => question - 1))
        const left = new Set(losses.filter(({ kind }) => kind === 'leftOut').map(({ question }) => question - 1))
        expect(file.problems).toEqual([])
        expect(file.questions).toHaveLength(questions.length - left.size)
        const read = file.questions.map(({ question }) => question)
        expect(read).toEqual(expect.arrayContaining(questions.filter((_, index) => !lost.has(index))))
      }),
      { numRuns: inputs(300) },
    )
  })
})
