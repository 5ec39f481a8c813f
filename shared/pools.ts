import type { AssessmentSettings, AuthoredQuestion, Pool } from './contract/assessments.ts'

type Pools = Pick<AssessmentSettings, 'pools'>

/** A pool with the questions that are drawn from it. */
export interface FilledPool extends Pool {
  questions: AuthoredQuestion[]
}

export function filledPools(questions: readonly AuthoredQuestion[], { pools }: Pools): FilledPool[] {
  return pools.map((pool) => ({ ...pool, questions: questions.filter((one) => one.pool === pool.id) }))
}

/** A question whose pool is gone is asked like any other. */
export function isDrawn(question: AuthoredQuestion, { pools }: Pools): boolean {
  return pools.some(({ id }) => id === question.pool)
}

/** How many questions everybody is asked. */
export function askedCount(questions: readonly AuthoredQuestion[], settings: Pools): number {
  const fixed = questions.filter((one) => !isDrawn(one, settings)).length
  const drawn = filledPools(questions, settings).map((pool) => Math.min(pool.draw, pool.questions.length))
  return drawn.reduce((sum, count) => sum + count, fixed)
}

/** The points that everybody can reach; all questions of a pool are worth the same, or the paper is not published. */
export function askedPoints(questions: readonly AuthoredQuestion[], settings: Pools): number {
  const fixed = questions
    .filter((one) => !isDrawn(one, settings))
    .reduce((sum, { question }) => sum + question.points, 0)
  const drawn = filledPools(questions, settings).map((pool) => {
    const worth = pool.questions[0]?.question.points ?? 0
    return worth * Math.min(pool.draw, pool.questions.length)
  })
  return drawn.reduce((sum, points) => sum + points, fixed)
}

export function isTooSmall({ draw, questions }: FilledPool): boolean {
  return questions.length < draw
}

/** With different points, one learner could reach more than another. */
export function isUneven({ questions }: FilledPool): boolean {
  return new Set(questions.map(({ question }) => question.points)).size > 1
}
