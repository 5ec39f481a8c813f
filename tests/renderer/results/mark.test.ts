import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markOf, mayGive } from '../../../renderer/features/results/mark.ts'
import { GradeAnswer } from '../../../shared/contract/results.ts'

describe('points that can be given', () => {
  it('are between nothing and everything, in hundredths', () => {
    for (const points of [-0.01, 5.01, 1.005, NaN]) expect(mayGive(points, 5)).toBe(false)
    for (const points of [0, 0.1, 0.29, 1.15, 4.35, 5]) expect(mayGive(points, 5)).toBe(true)
  })

  it('are taken by the core', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (hundredths) => {
        const points = hundredths / 100
        expect(mayGive(points, 1000)).toBe(true)
        expect(GradeAnswer.safeParse({ responseId: 1, points: Math.round(points * 100) / 100 }).success).toBe(true)
      }),
    )
  })
})

describe('the mark of an answer', () => {
  it('waits for a person, is open while the attempt runs, and else follows the points', () => {
    const answer = { responseId: 1, questionId: 1, answer: '', timeSpent: null } as Parameters<typeof markOf>[0]
    const mark = (known: Partial<typeof answer>) =>
      markOf({ ...answer, points: null, isCorrect: null, isWaiting: false, ...known })
    expect(mark({ isWaiting: true })).toBe('waiting')
    expect(mark({})).toBe('open')
    expect(mark({ points: 2, isCorrect: true })).toBe('right')
    expect(mark({ points: 0.5, isCorrect: false })).toBe('partly')
    expect(mark({ points: 0, isCorrect: false })).toBe('wrong')
  })
})
