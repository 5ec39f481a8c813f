import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resultOf } from '../../main/domains/results/settle.ts'
import { testApp } from '../support/app.ts'
import {
  choice,
  essay,
  publishedAssessment,
  seatedKiosk,
  secondCentre,
  shortAnswer,
  testCentre,
} from '../support/centre.ts'
import { refusalKey } from '../support/refusal.ts'

const corrected = { ...shortAnswer, accepted: [...shortAnswer.accepted, { text: 'Paname', credit: 50 }] }

/** A choice of 2 points answered right, a short answer of 1 that the key does not know, and an essay of 4 with 2 points. */
async function graded() {
  const app = await testApp()
  const { admin } = await testCentre(app)
  const questions = [choice, shortAnswer, essay]
  const { id: assessmentId, questionIds } = await publishedAssessment(admin, questions, { passingScore: 60 })
  const [chosen = 0, short = 0, written = 0] = questionIds
  const { kiosk } = await seatedKiosk(app, admin)
  const { attemptId } = await kiosk.delivery.begin({ assessmentId })
  await kiosk.delivery.saveAnswer({ attemptId, questionId: chosen, answer: 'b', edit: 1 })
  await kiosk.delivery.saveAnswer({ attemptId, questionId: short, answer: 'paname', edit: 1 })
  await kiosk.delivery.saveAnswer({ attemptId, questionId: written, answer: 'Because.', edit: 1 })
  await kiosk.delivery.handIn({ attemptId })
  const report = await admin.results.attempt({ attemptId })
  const [, shortId = 0, essayId = 0] = report.answers.map((answer) => answer.responseId ?? 0)
  await admin.results.grade({ responseId: essayId, points: 2 })
  return { app, admin, kiosk, assessmentId, attemptId, chosen, short, written, shortId, essayId }
}

describe('a corrected key', () => {
  it('may change nothing that learners have seen, and something has to change', async () => {
    const { app, admin, assessmentId, short, chosen } = await graded()
    await using _ = app
    const preview = (questionId: number, question: typeof shortAnswer | typeof choice) =>
      refusalKey(admin.results.previewKey({ assessmentId, questionId, question }))
    expect(await preview(short, { ...shortAnswer, text: 'Another text?' } as never)).toBe('question.onlyKeyMayChange')
    expect(await preview(short, { ...shortAnswer, points: 3 } as never)).toBe('question.onlyKeyMayChange')
    const options = choice.options.map((option) => ({ ...option, id: option.id === 'a' ? 'c' : 'b' }))
    expect(await preview(chosen, { ...choice, options } as never)).toBe('question.onlyKeyMayChange')
    expect(await preview(short, shortAnswer)).toBe('question.sameKey')
    expect(await preview(12345, shortAnswer)).toBe('question.notFound')
  })

  it('is out of reach for another organization', async () => {
    const { app, assessmentId, short, attemptId } = await graded()
    await using _ = app
    const { admin: stranger } = await secondCentre(app)
    const correction = { assessmentId, questionId: short, question: corrected }
    expect(await refusalKey(stranger.results.previewKey(correction))).toBe('assessment.notFound')
    expect(await refusalKey(stranger.results.correctKey({ ...correction, reason: 'x' }))).toBe('assessment.notFound')
    expect(await stranger.results.keyCorrections({ assessmentId })).toEqual([])
    expect(await refusalKey(stranger.results.override({ attemptId, score: 1, reason: 'x' }))).toBe('attempt.notFound')
    expect(await refusalKey(stranger.results.takeBackOverride({ attemptId }))).toBe('attempt.notFound')
  })

  it('says before it is applied whose result changes and who passes then, and does exactly that', async () => {
    const { app, admin, assessmentId, attemptId, short } = await graded()
    await using _ = app
    const correction = { assessmentId, questionId: short, question: corrected }
    const preview = await admin.results.previewKey(correction)
    expect(preview).toMatchObject([
      {
        attemptId,
        beneficiaryName: 'Lina Learner',
        before: { points: 4, percentage: 57.14, passed: false },
        after: { points: 4.5, percentage: 64.29, passed: true },
      },
    ])
    expect(await admin.results.attempt({ attemptId })).toMatchObject({ score: 4 })

    expect(await admin.results.correctKey({ ...correction, reason: 'A nickname' })).toEqual(preview)
    const report = await admin.results.attempt({ attemptId })
    expect(report).toMatchObject({ score: 4.5, percentage: 64.29, passed: true })
    expect(report.answers[1]?.question).toEqual(corrected)
    expect(report.answers[2]).toMatchObject({ points: 2 })
    expect(await admin.results.keyCorrections({ assessmentId })).toMatchObject([
      { questionId: short, reason: 'A nickname', userName: 'Ada Admin', changed: preview },
    ])
  })

  it('leaves the mark of a person as it is', async () => {
    const { app, admin, assessmentId, attemptId, short, shortId } = await graded()
    await using _ = app
    await admin.results.grade({ responseId: shortId, points: 0.25 })
    const correction = { assessmentId, questionId: short, question: corrected }
    expect(await admin.results.previewKey(correction)).toEqual([])
    await admin.results.correctKey({ ...correction, reason: 'A nickname' })
    expect((await admin.results.attempt({ attemptId })).answers[1]).toMatchObject({ points: 0.25 })
  })

  it('counts for attempts that are running and for those that begin afterwards', async () => {
    const { app, admin, assessmentId, short } = await graded()
    await using _ = app
    const take = async (kiosk: Awaited<ReturnType<typeof seatedKiosk>>['kiosk'], attemptId: number) => {
      await kiosk.delivery.saveAnswer({ attemptId, questionId: short, answer: 'Paname', edit: 1 })
      const { questions } = await kiosk.delivery.attempt({ attemptId })
      for (const { id, required } of questions) {
        if (required) await kiosk.delivery.saveAnswer({ attemptId, questionId: id, answer: 'a', edit: 1 })
      }
      await kiosk.delivery.handIn({ attemptId })
      return (await admin.results.attempt({ attemptId })).answers[1]?.points
    }
    const { kiosk: running } = await seatedKiosk(app, admin, 'Rana Running')
    const { attemptId } = await running.delivery.begin({ assessmentId })
    const seen = await running.delivery.attempt({ attemptId })
    await admin.results.correctKey({ assessmentId, questionId: short, question: corrected, reason: 'A nickname' })
    expect((await running.delivery.attempt({ attemptId })).questions).toEqual(seen.questions)
    expect(await take(running, attemptId)).toBe(0.5)
    const { kiosk: later } = await seatedKiosk(app, admin, 'Lea Later')
    expect(await take(later, (await later.delivery.begin({ assessmentId })).attemptId)).toBe(0.5)
  })
})

describe('a result set by hand', () => {
  it('is refused beyond the points of the assessment, and cannot be taken back when there is none', async () => {
    const { app, admin, attemptId } = await graded()
    await using _ = app
    const set = admin.results.override({ attemptId, score: 7.01, reason: 'Too good' })
    expect(await refusalKey(set)).toBe('result.scoreOutOfRange')
    expect(await refusalKey(admin.results.takeBackOverride({ attemptId }))).toBe('result.notOverridden')
  })

  it('counts everywhere, keeps what was computed, outlives grading, and can be taken back', async () => {
    const { app, admin, kiosk, attemptId, essayId } = await graded()
    await using _ = app
    await admin.results.override({ attemptId, score: 5, reason: 'Oral exam' })
    const set = { score: 5, percentage: 71.43, passed: true, isOverridden: true }
    expect((await admin.results.list({})).rows).toMatchObject([set])
    expect(await kiosk.delivery.outcome({ attemptId })).toMatchObject({ score: 5, passed: true })
    await admin.results.grade({ responseId: essayId, points: 1 })
    expect(await admin.results.attempt({ attemptId })).toMatchObject({
      ...set,
      override: {
        reason: 'Oral exam',
        userName: 'Ada Admin',
        original: { score: 3, percentage: 42.86, passed: false },
      },
    })

    await admin.results.takeBackOverride({ attemptId })
    const back = { score: 3, passed: false, isOverridden: false, override: null }
    expect(await admin.results.attempt({ attemptId })).toMatchObject(back)
  })
})

it('leaves attempts in progress out of the list unless they are asked for', async () => {
  const { app, admin, assessmentId } = await graded()
  await using _ = app
  const { kiosk } = await seatedKiosk(app, admin, 'Rana Running')
  await kiosk.delivery.begin({ assessmentId })
  expect((await admin.results.list({})).rows).toMatchObject([{ beneficiaryName: 'Lina Learner' }])
  expect((await admin.results.list({ state: 'running' })).rows).toMatchObject([{ beneficiaryName: 'Rana Running' }])
})

it('adds the parts up to a total between 0 and all points, whatever the answers are worth', () => {
  const parts = fc.array(
    fc.record({ points: fc.integer({ min: 0, max: 1000 }), hundredths: fc.integer({ min: -100, max: 100 }) }),
  )
  fc.assert(
    fc.property(parts, (all) => {
      const questions = all.map(({ points }, index) => ({
        id: index + 1,
        question: { ...essay, points },
        pool: null,
        originId: null,
      }))
      const answers = all.map(({ hundredths }, index) => ({ questionId: index + 1, credit: hundredths / 100 }))
      const { score, maxScore, percentage } = resultOf({ questions, passingScore: null }, answers)
      const sum = all.reduce((total, { points, hundredths }) => total + points * hundredths, 0) / 100
      expect(score).toBeCloseTo(Math.max(0, sum), 6)
      expect(score).toBeLessThanOrEqual(maxScore)
      expect(percentage).toBeGreaterThanOrEqual(0)
      expect(percentage).toBeLessThanOrEqual(100)
    }),
  )
})
