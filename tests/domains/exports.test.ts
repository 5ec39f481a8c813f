import { describe, expect, it } from 'vitest'
import { exportFormats, finalLossKinds } from '../../shared/contract/exports.ts'
import { sheetLanguages } from '../../shared/contract/imports.ts'
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

  it('comes back as it was, but for what is said to be missing, in another organization too', async () => {
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
    expect(file.fileName).toMatch(/^Numbers all of them\.(?:xml|zip|gift|txt|xlsx|csv)$/)

    const { admin: other } = await secondCentre(app)
    const read = await other.imports.readFile({ base64: file.base64 })
    const lost = new Set(file.losses.filter(({ kind }) => isFinal(kind)).map(({ question }) => question - 1))
    expect(read.problems).toEqual([])
    expect(read.format).toBe(format === 'qti3' ? 'qti' : format)
    expect(read.questions.map(({ question }) => question)).toEqual(
      expect.arrayContaining(
        questions.filter((_, index) => !lost.has(index)).map((one) => expect.objectContaining(one)),
      ),
    )
    if (format !== 'qti3' && format !== 'moodle_xml') return expect(lost).toContain(0)
    expect(lost.size).toBe(0)
    expect(read.pictures.map((picture) => picture.image)).toEqual([image])
    expect(await other.documents.addPicture({ base64: read.pictures[0]?.base64 ?? '' })).toEqual({ image })
  })
})

function isFinal(kind: string): boolean {
  return finalLossKinds.some((one) => one === kind)
}

describe('the export of the bank', () => {
  const named = (name: string, category?: string) => ({ ...choice, name, category })

  it('is not for another organization, for what is not in the bank, or for nothing', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { questionIds } = await admin.bank.add({ questions: [named('One')] })
    const { id } = await publishedAssessment(admin)
    const { questions } = await admin.assessments.get({ id })
    const { admin: stranger } = await secondCentre(app)
    const how = { format: 'gift' as const, fileName: 'Bank' }

    expect(await refusalKey(stranger.exports.bank({ questionIds, ...how }))).toBe('question.notFound')
    const ofAssessment = questions.map((question) => question.id)
    expect(await refusalKey(admin.exports.bank({ questionIds: ofAssessment, ...how }))).toBe('question.notFound')
    expect(await refusalKey(admin.exports.bank({ category: 'Nowhere', ...how }))).toBe('question.notFound')
    await admin.identity.openKiosk()
    expect(await refusalKey(admin.exports.bank({ questionIds, ...how }))).toBe('door.forbidden')
  })

  it.each(exportFormats)('holds what was chosen or what a category holds as %s, the oldest first', async (format) => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { questionIds } = await admin.bank.add({
      questions: [named('One', 'Maths'), named('Two', 'Maths/Sums'), named('Three'), named('Four', 'Mathsy')],
    })
    const textsOf = async (selection: { category?: string; questionIds?: number[] }) => {
      const file = await admin.exports.bank({ ...selection, format, fileName: 'Bank' })
      const { questions } = await admin.imports.readFile({ base64: file.base64 })
      return questions.map(({ question }) => question.name ?? question.type)
    }
    const isAiken = format === 'aiken'

    const chosen = [questionIds[2] ?? 0, questionIds[0] ?? 0]
    expect(await textsOf({ questionIds: chosen })).toEqual(isAiken ? Array(2).fill(choice.type) : ['One', 'Three'])
    expect(await textsOf({ category: 'Maths' })).toEqual(isAiken ? Array(2).fill(choice.type) : ['One', 'Two'])
    expect(await textsOf({})).toHaveLength(4)
  })
})

describe('the sheet to start from', () => {
  it.each(
    sheetLanguages.flatMap(
      (language) =>
        [
          [language, 'csv'],
          [language, 'xlsx'],
        ] as const,
    ),
  )('in %s as %s is read with an example of each kind', async (language, format) => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { base64 } = await admin.imports.template({ language, format })
    const { questions, problems, ...file } = await admin.imports.readFile({ base64 })
    expect(problems).toEqual([])
    expect(file.format).toBe(format)
    expect(questions.map(({ question }) => question)).toMatchObject([
      { type: 'multiple_choice', selection: 'one', options: [{ credit: 0 }, { credit: 100 }, { credit: 0 }] },
      {
        type: 'multiple_choice',
        selection: 'many',
        points: 2,
        options: [{ credit: 50 }, { credit: 0 }, { credit: 50 }],
      },
      { type: 'true_false', correct: true },
      { type: 'short_answer', accepted: [{ credit: 100 }, { credit: 100 }] },
      { type: 'short_answer', accepted: [{ min: 99.5, max: 100.5 }] },
      { type: 'essay', points: 5, sampleAnswer: expect.any(String) },
    ])
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
