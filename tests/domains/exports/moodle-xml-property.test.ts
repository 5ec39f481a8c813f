import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeMoodleXml } from '../../../main/domains/exports/moodle-xml.ts'
import { readMoodleXml } from '../../../main/domains/imports/moodle-xml.ts'
import { inputs } from '../../support/inputs.ts'
import { arbitraryPictures, arbitraryQuestion } from '../imports/arbitrary-written-question.ts'

describe('questions written as Moodle XML', () => {
  it('are read back as they were, with their pictures', { timeout: inputs(60_000) }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryQuestion, { minLength: 1, maxLength: 4 }), async (questions) => {
        const { text } = writeMoodleXml(questions, (image) => arbitraryPictures.get(image))
        const file = await readMoodleXml(Buffer.from(text))

        expect(file.problems).toEqual([])
        expect(file.questions.map(({ question }) => question)).toEqual(questions)
        for (const [image, bytes] of file.pictures) expect(bytes).toEqual(arbitraryPictures.get(image))
      }),
      { numRuns: inputs(100) },
    )
  })
})
