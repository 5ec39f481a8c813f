import { describe, expect, it } from 'vitest'
import { discriminationIndex, extremeGroups, upperLowerIndex } from '../../../main/domains/analytics/discrimination.ts'
import { randomGuess } from '../../../main/domains/analytics/random-guess.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { type Client, type TestApp, testApp } from '../../support/app.ts'
import { choice, publishedAssessment, seatedKiosk, secondCentre, testCentre, trueFalse } from '../../support/centre.ts'
import { refusalKey } from '../../support/refusal.ts'
import { analysisOf } from './scores.ts'

/** A new learner answers the questions in their order; an empty answer is not given. */
async function taken(
  app: TestApp,
  admin: Client,
  assessment: { id: number; questionIds: number[] },
  answers: string[],
) {
  const { kiosk, beneficiaryId } = await seatedKiosk(app, admin)
  await answered(kiosk, assessment, answers)
  return { kiosk, beneficiaryId }
}

async function answered(kiosk: Client, { id, questionIds }: { id: number; questionIds: number[] }, answers: string[]) {
  const { attemptId } = await kiosk.delivery.begin({ assessmentId: id })
  for (const [index, answer] of answers.entries()) {
    const questionId = questionIds[index]
    if (answer !== '' && questionId) await kiosk.delivery.saveAnswer({ attemptId, questionId, answer, edit: 1 })
  }
  await kiosk.delivery.handIn({ attemptId })
}

const twoQuestions = [{ ...choice, required: false }, trueFalse]

describe('the analysis of an assessment', () => {
  it('is not for another organization', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id: assessmentId } = await publishedAssessment(admin)
    const stranger = await secondCentre(app)
    expect(await refusalKey(stranger.admin.analytics.items({ assessmentId }))).toBe('assessment.notFound')
  })

  it('of which nobody has taken anything determines no number', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id: assessmentId } = await publishedAssessment(admin, twoQuestions)
    const { test, items } = await admin.analytics.items({ assessmentId })
    expect(test).toMatchObject({ attempts: 0, mean: null, alpha: null, standardError: null, passRate: null })
    expect(items).toMatchObject([{ attempts: 0, facility: null, flags: [] }, { discrimination: null }])
  })

  it('counts what was answered, by everybody and by the best and the weakest', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const assessment = await publishedAssessment(admin, twoQuestions)
    for (const answers of [
      ['b', 'true'],
      ['b', 'true'],
      ['a', 'false'],
      ['', 'true'],
    ]) {
      await taken(app, admin, assessment, answers)
    }
    const { test, items } = await admin.analytics.items({ assessmentId: assessment.id })
    expect(test).toMatchObject({ attempts: 4, learners: 4, maxScore: 3, mean: 1.75, median: 2, highest: 3, lowest: 0 })
    expect(items[0]).toMatchObject({ facility: 0.5, randomGuess: 0.5, attempts: 4 })
    expect(items[0]?.answers).toMatchObject([
      { answer: 'a', credit: 0, count: 1, upper: 0, lower: 1 },
      { answer: 'b', credit: 1, count: 2, upper: 1, lower: 0 },
      { answer: 'empty', count: 1 },
    ])
  })

  it('takes one attempt of each learner, the one that is asked for, and leaves running ones out', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const assessment = await publishedAssessment(admin, twoQuestions, { attemptsAllowed: 4 })
    const { kiosk } = await taken(app, admin, assessment, ['a', 'false'])
    await answered(kiosk, assessment, ['b', 'true'])
    await answered(kiosk, assessment, ['b', 'false'])
    await kiosk.delivery.begin({ assessmentId: assessment.id })

    const meanOf = async (attempts: 'first' | 'last' | 'best' | 'all') =>
      (await admin.analytics.items({ assessmentId: assessment.id, attempts })).test.mean
    expect([await meanOf('first'), await meanOf('last'), await meanOf('best')]).toEqual([0, 2, 3])
    expect(await meanOf('all')).toBeCloseTo(5 / 3, 10)
  })
})

describe('an item is flagged', () => {
  const right = (count: number, row: number[]) => Array.from({ length: count }, () => row)

  it('not at all while too few have answered it', async () => {
    const { items } = await analysisOf(right(9, [1, 0]))
    expect(items.flatMap(({ flags }) => flags)).toEqual([])
  })

  it('as too easy or too hard', async () => {
    const { items } = await analysisOf(right(10, [1, 0]))
    expect(items[0]?.flags).toEqual([{ kind: 'tooEasy', optionId: null }])
    expect(items[1]?.flags).toMatchObject([{ kind: 'belowGuessing' }, { kind: 'tooHard' }])
  })

  it('with the option that the best took, when the key seems wrong', async () => {
    const rows = [...right(8, [0, 1, 1, 1]), ...right(8, [1, 0, 0, 0]), ...right(4, [1, 1, 0, 0])]
    const { items } = await analysisOf(rows)
    expect(items[0]?.flags).toMatchObject([{ kind: 'keySuspect', optionId: 'false' }, { kind: 'negative' }])
    expect(items[1]?.flags).toEqual([])
  })
})

describe('the upper-lower index', () => {
  it('takes 27 percent on each side', () => {
    const { upper, lower } = extremeGroups(Array.from({ length: 100 }, (_, index) => index))
    expect([upper.length, lower.length, Math.min(...upper), Math.max(...lower)]).toEqual([27, 27, 73, 26])
  })

  it('is the difference of what both groups earned', () => {
    const totals = [9, 8, 7, 5, 5, 4, 3, 2, 1, 0]
    const groups = extremeGroups(totals)
    expect(upperLowerIndex([1, 1, 0, 1, 0, 1, 0, 1, 0, 0], groups)).toBeCloseTo(2 / 3 - 1 / 3, 10)
  })

  it('is not determined by three attempts', () => {
    expect(upperLowerIndex([1, 0, 1], extremeGroups([3, 2, 1]))).toBeNull()
  })
})

it('has no discrimination where everybody earned the same', () => {
  expect(discriminationIndex([1, 1, 1], [3, 4, 5])).toBeNull()
})

describe('blind choice earns', () => {
  const options = (credits: number[]) =>
    credits.map((credit, index) => ({ id: 'abcdefghijklmnop'[index] ?? 'z', text: 'x', credit }))
  const question = (selection: 'one' | 'many', credits: number[]): Question => ({
    ...choice,
    selection,
    options: options(credits),
  })

  it.each<[string, Question, number | null]>([
    ['a quarter of four', question('one', [100, 0, 0, 0]), 0.25],
    ['nothing where wrong ones cost what the right one brings', question('one', [100, -100]), 0],
    ['a quarter of two right boxes and a costly one', question('many', [50, 50, -100]), (0.5 + 0.5 + 1) / 8],
    ['nothing known of thirteen boxes', question('many', Array(13).fill(10)), null],
    ['half of true and false', trueFalse, 0.5],
  ])('%s', (_, asked, share) => {
    expect(randomGuess(asked)).toBe(share)
  })
})
