import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeQti } from '../../../main/domains/exports/qti.ts'
import { readQti } from '../../../main/domains/imports/qti.ts'
import { inputs } from '../../support/inputs.ts'
import { arbitraryPictures, arbitraryQuestion } from '../imports/arbitrary-written-question.ts'

const bytesOf = (image: string) => arbitraryPictures.get(image)

describe('questions written as a package of QTI 3.0', () => {
  it('are read back as they were, with their pictures', { timeout: inputs(60_000) }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryQuestion, { minLength: 1, maxLength: 4 }), async (questions) => {
        const file = await readQti(writeQti(questions, bytesOf).bytes)

        expect(file.problems).toEqual([])
        expect(file.questions.map(({ question }) => question)).toEqual(questions)
        for (const [image, bytes] of file.pictures) expect(bytes).toEqual(arbitraryPictures.get(image))
      }),
      { numRuns: inputs(60) },
    )
  })
})
