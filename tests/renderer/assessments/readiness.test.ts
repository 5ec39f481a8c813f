import { describe, expect, it } from 'vitest'
import { readinessOf } from '../../../renderer/features/assessments/publish/readiness.ts'
import { type AuthoredQuestion, ordinarySettings } from '../../../shared/contract/assessments.ts'

const saved = { question: false, details: false }
const question = (points: number, type: 'essay' | 'true_false' = 'true_false'): AuthoredQuestion => ({
  id: 1,
  pool: null,
  originId: null,
  question: { text: 'Is it?', points, required: true, ...(type === 'essay' ? { type } : { type, correct: true }) },
})
const exam = {
  settings: ordinarySettings,
  type: 'summative' as const,
  passingScore: 60,
  timeLimit: 45,
  questions: [question(1)],
}

describe('before publishing', () => {
  it('names what the core would refuse', () => {
    expect(readinessOf({ ...exam, questions: [] }, saved).blockers).toEqual(['noQuestions'])
    expect(readinessOf({ ...exam, questions: [question(0)] }, saved).blockers).toEqual(['noPoints'])
  })

  it('names pools that cannot be drawn from', () => {
    const pooled = { ...question(1), pool: 'p' }
    const settings = (draw: number) => ({ ...ordinarySettings, pools: [{ id: 'p', name: 'P', draw }] })
    const questions = [pooled, { ...question(2), id: 2, pool: 'p' }]
    expect(readinessOf({ ...exam, questions: [pooled], settings: settings(1) }, saved).blockers).toEqual([])
    expect(readinessOf({ ...exam, questions, settings: settings(3) }, saved).blockers).toEqual([
      'poolTooSmall',
      'poolUneven',
    ])
  })

  it('does not go on over something that is not saved', () => {
    expect(readinessOf(exam, { question: true, details: true }).blockers).toEqual(['unsavedQuestion', 'unsavedDetails'])
  })

  it('warns of an examination that nobody can fail or that never ends, and of grading to come', () => {
    const open = {
      ...exam,
      passingScore: null,
      timeLimit: null,
      questions: [question(1), question(0), question(5, 'essay')],
    }
    expect(readinessOf(open, saved)).toEqual({
      blockers: [],
      warnings: [
        { key: 'questionsWithoutPoints', count: 1 },
        { key: 'essays', count: 1 },
        { key: 'noPassingScore', count: 1 },
        { key: 'untimedSummative', count: 1 },
      ],
    })
  })

  it('has nothing to say about a complete examination, nor about the rules of an exercise', () => {
    expect(readinessOf(exam, saved)).toEqual({ blockers: [], warnings: [] })
    expect(readinessOf({ ...exam, type: 'practice', passingScore: null, timeLimit: null }, saved).warnings).toEqual([])
  })
})
