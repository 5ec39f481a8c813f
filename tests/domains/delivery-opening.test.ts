import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawFor } from '../../main/domains/delivery/draw.ts'
import { type AssessmentFields, AssessmentSettings } from '../../shared/contract/assessments.ts'
import type { Question } from '../../shared/contract/questions.ts'
import { askedCount } from '../../shared/pools.ts'
import { testApp } from '../support/app.ts'
import { choice, publishedAssessment, seatedKiosk, testCentre, trueFalse } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

async function offered(fields: Partial<AssessmentFields>, questions: Question[] = [choice]) {
  const clock = testClock()
  const app = await testApp({ clock })
  const { admin } = await testCentre(app)
  const { id: assessmentId, questionIds } = await publishedAssessment(admin, questions, fields)
  const { kiosk } = await seatedKiosk(app, admin)
  return { app, admin, clock, kiosk, assessmentId, questionIds }
}

describe('an assessment with a schedule', () => {
  it('cannot begin before it opens', async () => {
    const { app, clock, kiosk, assessmentId } = await offered({ opensAt: '2026-03-01T10:00:00.000Z' })
    await using _ = app
    expect(await kiosk.delivery.menu()).toMatchObject([{ isNotOpenYet: true, opensAt: '2026-03-01T10:00:00.000Z' }])
    expect(await refusalKey(kiosk.delivery.begin({ assessmentId }))).toBe('assessment.notOpenYet')
    clock.pass(3_600_000)
    expect(await kiosk.delivery.menu()).toMatchObject([{ isNotOpenYet: false }])
    expect(await kiosk.delivery.begin({ assessmentId })).toHaveProperty('attemptId')
  })

  it('cannot begin after it closed, but what has begun goes on', async () => {
    const { app, admin, clock, kiosk, assessmentId, questionIds } = await offered({
      closesAt: '2026-03-01T10:00:00.000Z',
    })
    await using _ = app
    const { attemptId } = await kiosk.delivery.begin({ assessmentId })
    const { kiosk: late } = await seatedKiosk(app, admin, 'Late Learner')
    clock.pass(3_600_000)
    expect(await refusalKey(late.delivery.begin({ assessmentId }))).toBe('assessment.closed')
    expect(await late.delivery.menu()).toMatchObject([{ isClosed: true }])
    await kiosk.delivery.saveAnswer({ attemptId, questionId: questionIds[0] ?? 0, answer: 'b', edit: 1 })
    expect(await kiosk.delivery.handIn({ attemptId })).toEqual({ state: 'graded' })
  })
})

describe('practice', () => {
  it('can be taken as often as wanted', async () => {
    const { app, kiosk, assessmentId } = await offered({ type: 'practice', attemptsAllowed: 1 }, [
      { ...choice, required: false },
    ])
    await using _ = app
    for (const number of [1, 2, 3]) {
      const { attemptId } = await kiosk.delivery.begin({ assessmentId })
      expect(await kiosk.delivery.attempt({ attemptId })).toMatchObject({ attemptNumber: number })
      await kiosk.delivery.handIn({ attemptId })
    }
    expect(await kiosk.delivery.menu()).toMatchObject([{ attemptsAllowed: null, attemptsUsed: 3 }])
  })
})

describe('a shuffled attempt', () => {
  const many = Array.from({ length: 12 }, (_, index) => ({ ...trueFalse, text: `Question ${index}` }))

  it('keeps its own order through restarts, and another learner has another', async () => {
    const { app, admin, kiosk, assessmentId } = await offered(
      { settings: AssessmentSettings.parse({ shuffleQuestions: true }) },
      many,
    )
    await using _ = app
    const order = async (client: typeof kiosk) => {
      const { attemptId } = await client.delivery.begin({ assessmentId })
      return (await client.delivery.attempt({ attemptId })).questions.map(({ text }) => text)
    }
    const first = await order(kiosk)
    await app.restart()
    expect(await order(kiosk)).toEqual(first)
    const others = []
    for (const name of ['A', 'B']) others.push(await order((await seatedKiosk(app, admin, name)).kiosk))
    expect(others.some((one) => one.join() !== first.join())).toBe(true)
    expect([...first].sort()).toEqual(many.map(({ text }) => text).sort())
  })

  it('marks the option that was chosen, wherever it stood', async () => {
    const { app, kiosk, assessmentId, questionIds } = await offered({
      settings: AssessmentSettings.parse({ shuffleOptions: true }),
    })
    await using _ = app
    const { attemptId } = await kiosk.delivery.begin({ assessmentId })
    await kiosk.delivery.saveAnswer({ attemptId, questionId: questionIds[0] ?? 0, answer: 'b', edit: 1 })
    await kiosk.delivery.handIn({ attemptId })
    expect(await kiosk.delivery.outcome({ attemptId })).toMatchObject({ percentage: 100 })
  })
})

describe('a draw', () => {
  const authored = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      id: index + 1,
      originId: null,
      pool: index % 3 === 0 ? 'p' : index % 3 === 1 ? 'q' : null,
      question: index % 2 === 0 ? choice : { ...choice, keepOrder: true as const },
    }))
  const rules = (settings: object) => AssessmentSettings.parse(settings)

  it('is none where everybody is asked the same', () => {
    expect(drawFor(authored(5), rules({}))).toBeUndefined()
  })

  it('asks as many of each pool as wanted, everything outside of pools, and nothing twice', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 10 }),
        fc.boolean(),
        (count, ofP, ofQ, shuffleQuestions) => {
          const questions = authored(count)
          const settings = rules({
            shuffleQuestions,
            pools: [
              { id: 'p', name: 'P', draw: ofP },
              { id: 'q', name: 'Q', draw: ofQ },
            ],
          })
          const asked = drawFor(questions, settings)?.map(({ questionId }) => questionId) ?? []
          const inPool = (pool: string | null) => questions.filter((one) => one.pool === pool).map(({ id }) => id)
          expect(new Set(asked).size).toBe(asked.length)
          expect(asked).toHaveLength(askedCount(questions, settings))
          expect(asked.filter((id) => inPool('p').includes(id))).toHaveLength(Math.min(ofP, inPool('p').length))
          expect(asked.filter((id) => inPool('q').includes(id))).toHaveLength(Math.min(ofQ, inPool('q').length))
          expect(asked).toEqual(expect.arrayContaining(inPool(null)))
          if (!shuffleQuestions) expect(asked).toEqual(asked.toSorted((a, b) => a - b))
        },
      ),
    )
  })

  it('gives every order the same chance', () => {
    const settings = rules({ shuffleQuestions: true })
    const counts = new Map<string, number>()
    for (let turn = 0; turn < 6000; turn += 1) {
      const order = drawFor(authored(3), settings)?.map(({ questionId }) => questionId) ?? []
      counts.set(order.join(), (counts.get(order.join()) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    // Six sigma of a binomial distribution around a thousand: one run in a hundred million fails by chance.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(175)
  })

  it('leaves the options of a question alone that keeps its order', () => {
    const drawn = drawFor(authored(4), rules({ shuffleOptions: true })) ?? []
    expect(drawn.map(({ options }) => options !== undefined)).toEqual([true, false, true, false])
  })
})
