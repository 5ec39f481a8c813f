import { describe, expect, it } from 'vitest'
import { testApp } from '../support/app.ts'
import {
  choice,
  essay,
  publishedAssessment,
  seatedKiosk,
  shortAnswer,
  testCentre,
  trueFalse,
} from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

async function begun(
  options: Parameters<typeof publishedAssessment>[2] = {},
  questions = [choice, shortAnswer, essay],
) {
  const clock = testClock()
  const app = await testApp({ clock })
  const { admin } = await testCentre(app)
  const { id: assessmentId, questionIds } = await publishedAssessment(admin, [...questions], options)
  const { kiosk, beneficiaryId } = await seatedKiosk(app, admin)
  const { attemptId } = await kiosk.delivery.begin({ assessmentId })
  const [first, second, third] = questionIds as [number, number, number]
  return { app, clock, admin, kiosk, beneficiaryId, assessmentId, attemptId, first, second, third }
}

describe('saving answers', () => {
  it('ignores a retry that arrives after a newer edit', async () => {
    const { app, kiosk, attemptId, first } = await begun()
    await using _ = app
    await kiosk.delivery.saveAnswer({ attemptId, questionId: first, answer: 'b', edit: 2 })
    await kiosk.delivery.saveAnswer({ attemptId, questionId: first, answer: 'a', edit: 1 })

    const { answers } = await kiosk.delivery.attempt({ attemptId })
    expect(answers).toMatchObject([{ questionId: first, answer: 'b', edit: 2 }])
  })

  it('says which answer it keeps when two seats answer with the same edit number', async () => {
    const { app, kiosk, attemptId, first } = await begun()
    await using _ = app
    const save = (answer: string, edit: number) =>
      kiosk.delivery.saveAnswer({ attemptId, questionId: first, answer, edit })
    expect(await save('b', 3)).toMatchObject({ isKept: true, storedEdit: 3 })
    expect(await save('b', 3)).toMatchObject({ isKept: true, storedEdit: 3 })
    expect(await save('a', 3)).toMatchObject({ isKept: false, storedEdit: 3 })
    expect(await save('a', 1)).toMatchObject({ isKept: false, storedEdit: 3 })
    expect(await save('a', 4)).toMatchObject({ isKept: true, storedEdit: 4 })
  })

  it('hands in nothing newer than what the screen shows, as long as there is time to look at it', async () => {
    const { app, kiosk, attemptId, first, second } = await begun()
    await using _ = app
    await kiosk.delivery.saveAnswer({ attemptId, questionId: first, answer: 'a', edit: 1 })
    await kiosk.delivery.saveAnswer({ attemptId, questionId: second, answer: 'Lyon', edit: 2 })
    const { stored } = await kiosk.delivery.stay({ attemptId, questionId: first })
    expect(stored).toEqual([
      { questionId: first, edit: 1 },
      { questionId: second, edit: 2 },
    ])
    const handIn = (shown: typeof stored) => kiosk.delivery.handIn({ attemptId, shown })
    expect(await refusalKey(handIn([]))).toBe('attempt.answeredElsewhere')
    expect(await refusalKey(handIn([{ questionId: second, edit: 2 }]))).toBe('attempt.answeredElsewhere')
    expect(await refusalKey(handIn([stored[0], { questionId: second, edit: 1 }] as never))).toBe(
      'attempt.answeredElsewhere',
    )
    expect((await kiosk.delivery.attempt({ attemptId })).state).toBe('running')
    expect(await handIn(stored)).toEqual({ state: 'graded' })
  })

  it('takes a long answer in a script of many bytes', async () => {
    const { app, kiosk, attemptId, third } = await begun()
    await using _ = app
    const answer = 'ض'.repeat(50_000)
    await kiosk.delivery.saveAnswer({ attemptId, questionId: third, answer, edit: 1 })
    expect((await kiosk.delivery.attempt({ attemptId })).answers[0]?.answer).toBe(answer)
  })

  it('resumes after a restart at the same question with the same answers', async () => {
    const { app, clock, kiosk, attemptId, first, second } = await begun()
    await using _ = app
    clock.pass(1000)
    await kiosk.delivery.saveAnswer({ attemptId, questionId: first, answer: 'b', edit: 1 })
    clock.pass(1000)
    await kiosk.delivery.saveAnswer({ attemptId, questionId: second, answer: 'Lyon', edit: 1 })
    await app.restart()

    expect(await kiosk.identity.me()).toMatchObject({ kind: 'kiosk', learner: { name: 'Lina Learner' } })
    const resumed = await kiosk.delivery.attempt({ attemptId })
    expect(resumed.currentQuestionId).toBe(second)
    expect(resumed.answers.map((answer) => answer.answer)).toEqual(['b', 'Lyon'])
  })

  it('refuses a question that is not on the paper', async () => {
    const { app, admin, kiosk, attemptId } = await begun()
    await using _ = app
    const other = await publishedAssessment(admin)
    const save = kiosk.delivery.saveAnswer({ attemptId, questionId: other.questionIds[0] ?? 0, answer: 'b', edit: 1 })
    expect(await refusalKey(save)).toBe('question.notFound')
  })

  it('reports the attempt of somebody else as missing', async () => {
    const { app, admin, attemptId, first } = await begun()
    await using _ = app
    const { kiosk: other } = await seatedKiosk(app, admin, 'Olga Other')
    const save = other.delivery.saveAnswer({ attemptId, questionId: first, answer: 'b', edit: 1 })
    expect(await refusalKey(save)).toBe('attempt.notFound')
    expect(await refusalKey(other.delivery.attempt({ attemptId }))).toBe('attempt.notFound')
    expect(await refusalKey(other.delivery.outcome({ attemptId }))).toBe('attempt.notFound')
    expect(await refusalKey(other.delivery.handIn({ attemptId }))).toBe('attempt.notFound')
  })

  it('refuses answers after hand-in', async () => {
    const { app, kiosk, attemptId, first } = await begun()
    await using _ = app
    await kiosk.delivery.saveAnswer({ attemptId, questionId: first, answer: 'a', edit: 1 })
    await kiosk.delivery.handIn({ attemptId })
    const save = kiosk.delivery.saveAnswer({ attemptId, questionId: first, answer: 'b', edit: 2 })
    expect(await refusalKey(save)).toBe('attempt.handedIn')
  })
})

describe('the names at a kiosk', () => {
  it('tell two of one name apart by their trainer, by their town, or else by a number', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { kiosk } = await seatedKiosk(app, admin)
    for (const city of ['Aubagne', 'Martigues']) await admin.beneficiaries.create({ name: 'Chloé Martin', city })
    for (const name of ['Noor Ali', 'Noor ALI']) await admin.beneficiaries.create({ name, city: 'Lyon' })
    const { people } = await kiosk.delivery.roster({})
    expect(people.map(({ name, apart }) => [name, apart])).toEqual([
      ['Chloé Martin', 'Aubagne'],
      ['Chloé Martin', 'Martigues'],
      ['Lina Learner', null],
      ['Noor Ali 1', null],
      ['Noor ALI 2', null],
    ])
  })
})

describe('the paper', () => {
  it('tells nothing of the right answers before hand-in', async () => {
    const { app, kiosk, attemptId } = await begun({}, [
      { ...choice, feedback: 'SECRET-general', name: 'SECRET-name' },
      { ...shortAnswer, accepted: [{ text: 'SECRET-text', credit: 100, feedback: 'SECRET-feedback' }] },
      { ...essay, feedback: 'SECRET-essay' },
    ] as never)
    await using _ = app
    const sent = JSON.stringify([await kiosk.delivery.attempt({ attemptId }), await kiosk.delivery.menu()])
    expect(sent).not.toMatch(/SECRET|credit|correct|accepted|feedback|Two times two/)
    expect(await refusalKey(kiosk.delivery.outcome({ attemptId }))).toBe('attempt.stillRunning')
  })

  it('does not change when its assessment is published again with other questions', async () => {
    const { app, admin, kiosk, attemptId, assessmentId } = await begun()
    await using _ = app
    expect(await refusalKey(admin.assessments.unpublish({ id: assessmentId }))).toBe('assessment.hasAttempts')
    expect(await refusalKey(admin.assessments.addQuestions({ id: assessmentId, questions: [essay] }))).toBe(
      'assessment.notDraft',
    )
    expect((await kiosk.delivery.attempt({ attemptId })).questions).toHaveLength(3)
  })
})

describe('the exam clock', () => {
  it('counts only time between signs of life, and not more than 15 seconds of it at once', async () => {
    const { app, clock, kiosk, attemptId, first } = await begun({ timeLimit: 10 })
    await using _ = app
    const stay = () => kiosk.delivery.stay({ attemptId, questionId: first })
    expect(await stay()).toMatchObject({ remainingMs: 600_000 })
    clock.pass(5_000)
    expect(await stay()).toMatchObject({ remainingMs: 595_000 })
    clock.pass(3_600_000)
    expect(await stay()).toMatchObject({ remainingMs: 580_000 })
  })

  it('does not count the time while the program was down', async () => {
    const { app, clock, kiosk, attemptId, first } = await begun({ timeLimit: 10 })
    await using _ = app
    await kiosk.delivery.stay({ attemptId, questionId: first })
    clock.pass(10_000)
    await kiosk.delivery.saveAnswer({ attemptId, questionId: first, answer: 'b', edit: 1 })
    await app.restart()
    clock.pass(3_600_000)
    expect(await kiosk.delivery.stay({ attemptId, questionId: first })).toMatchObject({ remainingMs: 590_000 })
  })

  it('does not care when somebody sets the wall clock', async () => {
    const { app, clock, kiosk, attemptId, first } = await begun({ timeLimit: 10 })
    await using _ = app
    await kiosk.delivery.stay({ attemptId, questionId: first })
    clock.setWall('2026-03-01T12:00:00.000Z')
    clock.pass(1_000)
    expect(await kiosk.delivery.stay({ attemptId, questionId: first })).toMatchObject({ remainingMs: 599_000 })
  })

  it('takes answers that were on their way when the time ran out, and none after that', async () => {
    const { app, clock, kiosk, attemptId, first } = await begun({ timeLimit: 1 })
    await using _ = app
    const save = (edit: number) => kiosk.delivery.saveAnswer({ attemptId, questionId: first, answer: 'b', edit })
    await save(1)
    for (let second = 0; second < 60; second += 10) {
      clock.pass(10_000)
      await kiosk.delivery.stay({ attemptId, questionId: first })
    }
    clock.pass(4_000)
    expect(await save(2)).toMatchObject({ remainingMs: 0 })
    clock.pass(14_000)
    await save(3)
    clock.pass(2_000)
    expect(await refusalKey(save(4))).toBe('attempt.timeIsUp')
    expect(await kiosk.delivery.handIn({ attemptId })).toEqual({ state: 'graded' })
  })
})

describe('attempts', () => {
  it('returns the running attempt instead of beginning a second one', async () => {
    const { app, kiosk, attemptId, assessmentId } = await begun()
    await using _ = app
    expect(await kiosk.delivery.begin({ assessmentId })).toEqual({ attemptId })
  })

  it('allows as many attempts as the assessment says', async () => {
    const { app, kiosk, attemptId, assessmentId, first } = await begun({ attemptsAllowed: 2 }, [choice] as never)
    await using _ = app
    await kiosk.delivery.saveAnswer({ attemptId, questionId: first, answer: 'b', edit: 1 })
    await kiosk.delivery.handIn({ attemptId })
    const second = await kiosk.delivery.begin({ assessmentId })
    await kiosk.delivery.saveAnswer({ attemptId: second.attemptId, questionId: first, answer: 'a', edit: 1 })
    await kiosk.delivery.handIn(second)
    expect(await refusalKey(kiosk.delivery.begin({ assessmentId }))).toBe('attempt.noneLeft')
    expect(await kiosk.delivery.menu()).toMatchObject([
      { attemptsUsed: 2, ended: [{ percentage: 0 }, { percentage: 100 }] },
    ])
  })

  it('refuses to begin a draft, a closed one, one for somebody else, and one as an inactive learner', async () => {
    const { app, admin, kiosk, beneficiaryId, assessmentId } = await begun()
    await using _ = app
    const { id: draft } = await admin.assessments.create({ title: 'Draft', type: 'formative' })
    expect(await refusalKey(kiosk.delivery.begin({ assessmentId: draft }))).toBe('assessment.notFound')

    const { id: somebody } = await admin.beneficiaries.create({ name: 'Somebody Else' })
    const personal = await publishedAssessment(admin, [choice], { beneficiaryId: somebody })
    expect(await refusalKey(kiosk.delivery.begin({ assessmentId: personal.id }))).toBe('assessment.notFound')
    expect((await kiosk.delivery.menu()).map((item) => item.assessmentId)).toEqual([assessmentId])

    const open = await publishedAssessment(admin)
    await admin.assessments.close({ id: open.id })
    expect(await refusalKey(kiosk.delivery.begin({ assessmentId: open.id }))).toBe('assessment.closed')

    const another = await publishedAssessment(admin)
    await admin.beneficiaries.setStatus({ id: beneficiaryId, status: 'inactive' })
    expect(await refusalKey(kiosk.delivery.begin({ assessmentId: another.id }))).toBe('beneficiary.inactive')
  })
})

describe('hand-in', () => {
  it('asks for the required answers and changes nothing without them', async () => {
    const { app, kiosk, attemptId } = await begun()
    await using _ = app
    expect(await refusalKey(kiosk.delivery.handIn({ attemptId }))).toBe('attempt.requiredMissing')
    expect(await kiosk.delivery.attempt({ attemptId })).toMatchObject({ state: 'running' })
  })

  it('grades choices, true or false, and short answers at once', async () => {
    const { app, kiosk, attemptId, first, second, third } = await begun({ passingScore: 60 }, [
      choice,
      shortAnswer,
      trueFalse,
    ] as never)
    await using _ = app
    await kiosk.delivery.saveAnswer({ attemptId, questionId: first, answer: 'b', edit: 1 })
    await kiosk.delivery.saveAnswer({ attemptId, questionId: second, answer: '  PÀRIS ', edit: 1 })
    await kiosk.delivery.saveAnswer({ attemptId, questionId: third, answer: 'false', edit: 1 })

    expect(await kiosk.delivery.handIn({ attemptId })).toEqual({ state: 'graded' })
    expect(await kiosk.delivery.outcome({ attemptId })).toMatchObject({
      score: 3,
      maxScore: 4,
      percentage: 75,
      passed: true,
      questions: [{ isCorrect: true }, { isCorrect: true }, { isCorrect: false, rightAnswer: 'true' }],
    })
  })

  it('sends essays to the trainer, and the result follows the grade', async () => {
    const { app, admin, kiosk, attemptId, first, third } = await begun({ passingScore: 50 })
    await using _ = app
    await kiosk.delivery.saveAnswer({ attemptId, questionId: first, answer: 'b', edit: 1 })
    await kiosk.delivery.saveAnswer({ attemptId, questionId: third, answer: 'Because.', edit: 1 })
    expect(await kiosk.delivery.handIn({ attemptId })).toEqual({ state: 'handed_in' })
    expect(await kiosk.delivery.outcome({ attemptId })).toMatchObject({ score: 2, percentage: null, passed: null })
    expect(await admin.results.waiting()).toEqual({ attempts: 1 })

    const report = await admin.results.attempt({ attemptId })
    const waiting = report.answers.find((answer) => answer.isWaiting)
    const responseId = waiting?.responseId ?? 0
    expect(await refusalKey(admin.results.grade({ responseId, points: 4.01 }))).toBe('response.pointsOutOfRange')
    expect(await admin.results.grade({ responseId, points: 2.5 })).toEqual({ state: 'graded' })
    expect(await kiosk.delivery.outcome({ attemptId })).toMatchObject({ score: 4.5, percentage: 64.29, passed: true })
  })

  it('may be repeated without harm', async () => {
    const { app, admin, kiosk, attemptId, first } = await begun()
    await using _ = app
    await kiosk.delivery.saveAnswer({ attemptId, questionId: first, answer: 'b', edit: 1 })
    await kiosk.delivery.handIn({ attemptId })
    await kiosk.delivery.handIn({ attemptId })
    expect((await admin.results.list({})).rows).toHaveLength(1)
  })
})
