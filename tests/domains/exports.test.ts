import { describe, expect, it } from 'vitest'
import { exportFormats } from '../../shared/contract/exports.ts'
import { testApp } from '../support/app.ts'
import {
  choice,
  essay,
  publishedAssessment,
  secondCentre,
  shortAnswer,
  testCentre,
  trueFalse,
} from '../support/centre.ts'
import { refusalKey } from '../support/refusal.ts'

/** A PNG of one pixel. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe.each(exportFormats)('the export of an assessment as %s', (format) => {
  it('is not for another organization', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id: assessmentId } = await publishedAssessment(admin)
    const { admin: stranger } = await secondCentre(app)
    expect(await refusalKey(stranger.exports.assessment({ assessmentId, format }))).toBe('assessment.notFound')
  })

  it('comes back with the same questions and pictures, in another organization too', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { image } = await admin.documents.addPicture({ base64: pixel })
    const pictured = { ...choice, name: 'Primes', category: 'Maths/Numbers', images: [{ image, alt: 'A dot' }] }
    const questions = [pictured, shortAnswer, trueFalse, essay].map((question, index) => ({
      name: `Question ${index}`,
      ...question,
      required: true,
    }))
    const { id: assessmentId } = await publishedAssessment(admin, questions, { title: 'Numbers: "all" of/them' })
    const file = await admin.exports.assessment({ assessmentId, format })
    expect(file.fileName).toMatch(/^Numbers all of them\.(?:xml|zip)$/)

    const { admin: other } = await secondCentre(app)
    const read = await other.imports.readFile({ base64: file.base64 })
    expect(read.problems).toEqual([])
    expect(read.questions.map(({ question }) => question)).toEqual(
      questions.map((question) => expect.objectContaining({ ...question })),
    )
    expect(read.pictures.map((picture) => picture.image)).toEqual([image])
    expect(await other.documents.addPicture({ base64: read.pictures[0]?.base64 ?? '' })).toEqual({ image })
  })
})

it('reads what is no question file as a problem, not as an error', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  for (const text of ['', 'hello', '<html></html>', 'PK\u0003\u0004 broken', '{'.repeat(100_000)]) {
    const base64 = Buffer.from(text).toString('base64')
    const { questions, problems } = await admin.imports.readFile({ base64 })
    expect(questions).toEqual([])
    expect(problems.length).toBeGreaterThan(0)
  }
})
