import { describe, expect, it } from 'vitest'
import { type Client, testApp } from '../support/app.ts'
import {
  choice,
  essay,
  publishedAssessment,
  seatedKiosk,
  secondCentre,
  testCentre,
  testTrainer,
} from '../support/centre.ts'
import { refusalKey } from '../support/refusal.ts'

const rubric = [
  {
    id: 'a',
    title: 'Reasons',
    weight: 66.67,
    levels: [
      { id: 'a', title: 'None', share: 0 },
      { id: 'b', title: 'Some', share: 50 },
      { id: 'c', title: 'All', share: 100 },
    ],
  },
  {
    id: 'b',
    title: 'Language',
    weight: 33.33,
    levels: [
      { id: 'a', title: 'Poor', share: 0 },
      { id: 'b', title: 'Good', share: 100 },
    ],
  },
]

/** Two learners who wrote an essay worth 4 points each, and two trainers. */
async function handedIn() {
  const app = await testApp()
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const { id: assessmentId, questionIds } = await publishedAssessment(admin, [choice, { ...essay, rubric }])
  const [chosen = 0, written = 0] = questionIds
  const responses: number[] = []
  const attempts: number[] = []
  const kiosks: Client[] = []
  for (const name of ['Lina Learner', 'Omar Other']) {
    const { kiosk } = await seatedKiosk(app, admin, name)
    const { attemptId } = await kiosk.delivery.begin({ assessmentId })
    await kiosk.delivery.saveAnswer({ attemptId, questionId: chosen, answer: 'b', edit: 1 })
    await kiosk.delivery.saveAnswer({ attemptId, questionId: written, answer: `So says ${name}`, edit: 1 })
    await kiosk.delivery.handIn({ attemptId })
    const report = await admin.results.attempt({ attemptId })
    responses.push(report.answers[1]?.responseId ?? 0)
    attempts.push(attemptId)
    kiosks.push(kiosk)
  }
  const [responseId = 0, otherResponseId = 0] = responses
  const [attemptId = 0] = attempts
  const [firstKiosk = admin] = kiosks
  const queue = (by: 'question' | 'learner' = 'question', isAnonymous = false, who = admin) =>
    who.grading.queue({ assessmentId, by, isAnonymous })
  return { app, admin, tom, firstKiosk, assessmentId, written, responseId, otherResponseId, attemptId, queue }
}

describe('the grading queue', () => {
  it('is missing for another organization, and neither its answers nor a second opinion can be reached', async () => {
    const { app, assessmentId, responseId } = await handedIn()
    await using _ = app
    const { admin: stranger } = await secondCentre(app)
    expect(await stranger.grading.waiting()).toEqual([])
    const queue = stranger.grading.queue({ assessmentId, by: 'question', isAnonymous: false })
    expect(await refusalKey(queue)).toBe('assessment.notFound')
    expect(await refusalKey(stranger.grading.askSecondOpinion({ assessmentId }))).toBe('assessment.notFound')
    expect(await refusalKey(stranger.results.grade({ responseId, points: 1 }))).toBe('response.notFound')
  })

  it('lists what waits and forgets what is graded', async () => {
    const { app, admin, assessmentId, responseId, queue } = await handedIn()
    await using _ = app
    expect(await admin.grading.waiting()).toEqual([{ assessmentId, title: 'Numbers', mark: 2, second: 0, final: 0 }])
    expect((await queue()).questions).toHaveLength(1)
    await admin.results.grade({ responseId, points: 3 })
    expect((await queue()).answers).toMatchObject([{ learnerName: 'Omar Other', need: 'mark' }])
  })

  it('shows no name when it is anonymous, and keeps each number while others are graded', async () => {
    const { app, admin, responseId, otherResponseId, queue } = await handedIn()
    await using _ = app
    const before = await queue('learner', true)
    expect(JSON.stringify(before.answers.map(({ answer: _text, ...rest }) => rest))).not.toMatch(/Lina|Omar/)
    const number = before.answers.find((one) => one.responseId === otherResponseId)?.learnerNumber
    await admin.results.grade({ responseId, points: 3 })
    expect((await queue('learner', true)).answers[0]?.learnerNumber).toBe(number)
  })
})

describe('a mark', () => {
  it('is refused when the rubric has a criterion without a level', async () => {
    const { app, admin, responseId } = await handedIn()
    await using _ = app
    const grade = admin.results.grade({ responseId, points: 0, rubric: { a: 'c' } })
    expect(await refusalKey(grade)).toBe('response.rubricIncomplete')
  })

  it('follows from the levels of the rubric, in hundredths, and carries a comment', async () => {
    const { app, admin, firstKiosk, responseId, attemptId } = await handedIn()
    await using _ = app
    await admin.results.grade({ responseId, points: 0, rubric: { a: 'b', b: 'b' }, comment: 'Well argued.' })
    const { answers } = await admin.results.attempt({ attemptId })
    expect(answers[1]).toMatchObject({ points: 2.67, comment: 'Well argued.' })
    const { questions } = await firstKiosk.delivery.outcome({ attemptId })
    expect(questions[1]).toMatchObject({ points: 2.67, feedback: 'Well argued.' })
  })

  it('is put right by grading again', async () => {
    const { app, admin, responseId, attemptId } = await handedIn()
    await using _ = app
    await admin.results.grade({ responseId, points: 4 })
    await admin.results.grade({ responseId, points: 1.5 })
    expect(await admin.results.attempt({ attemptId })).toMatchObject({ score: 3.5, percentage: 58.33, state: 'graded' })
  })
})

describe('a second opinion', () => {
  it('is not asked for an answer that has no first mark', async () => {
    const { app, admin, assessmentId, responseId } = await handedIn()
    await using _ = app
    const ask = admin.grading.askSecondOpinion({ assessmentId, responseId })
    expect(await refusalKey(ask)).toBe('response.noFirstMark')
  })

  it('opens the answer again, hides the first mark from the second grader, and counts as the mean within the tolerance', async () => {
    const { app, admin, tom, assessmentId, responseId, attemptId, queue } = await handedIn()
    await using _ = app
    await admin.results.grade({ responseId, points: 3 })
    expect(await admin.grading.askSecondOpinion({ assessmentId, responseId })).toEqual({ answers: 1 })
    const waiting = (await queue('question', false, tom)).answers.find((one) => one.responseId === responseId)
    expect(waiting).toMatchObject({ need: 'second', isMineToGive: true, learnerName: null, marks: [] })
    expect((await admin.results.attempt({ attemptId })).answers[1]).toMatchObject({ points: null, isWaiting: true })
    const mine = (await queue()).answers.find((one) => one.responseId === responseId)
    expect(mine).toMatchObject({ need: 'second', isMineToGive: false })

    await tom.results.grade({ responseId, points: 3.35 })
    expect((await admin.results.attempt({ attemptId })).answers[1]).toMatchObject({ points: 3.18 })
  })

  it('goes to a decision when the two marks differ by more than the tolerance', async () => {
    const { app, admin, tom, assessmentId, responseId, attemptId, queue } = await handedIn()
    await using _ = app
    await admin.results.grade({ responseId, points: 1 })
    await admin.grading.askSecondOpinion({ assessmentId, responseId, tolerance: 20 })
    expect(await tom.results.grade({ responseId, points: 3 })).toEqual({ state: 'handed_in' })
    const answer = (await queue()).answers.find((one) => one.responseId === responseId)
    expect(answer).toMatchObject({
      need: 'final',
      marks: [
        { kind: 'mark', points: 1 },
        { kind: 'second', points: 3 },
      ],
    })

    expect(await admin.results.grade({ responseId, points: 2.5 })).toEqual({ state: 'graded' })
    expect((await admin.results.attempt({ attemptId })).answers[1]).toMatchObject({ points: 2.5 })
  })

  it('stays a second opinion when its grader puts it right', async () => {
    const { app, admin, tom, assessmentId, responseId, attemptId } = await handedIn()
    await using _ = app
    await admin.results.grade({ responseId, points: 3 })
    await admin.grading.askSecondOpinion({ assessmentId, responseId })
    await tom.results.grade({ responseId, points: 0 })
    await tom.results.grade({ responseId, points: 3 })
    expect((await admin.results.attempt({ attemptId })).answers[1]).toMatchObject({ points: 3 })
  })

  it('is not given by whoever gave the first mark', async () => {
    const { app, admin, assessmentId, responseId } = await handedIn()
    await using _ = app
    await admin.results.grade({ responseId, points: 3 })
    await admin.grading.askSecondOpinion({ assessmentId, responseId })
    expect(await admin.results.grade({ responseId, points: 4 })).toEqual({ state: 'handed_in' })
  })
})
