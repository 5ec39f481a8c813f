import type { AuthoredQuestion } from '../../../shared/contract/assessments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { AttemptState } from '../../../shared/contract/delivery.ts'
import { pointsFor } from '../../../shared/scoring.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { type AttemptRecord, answersOf } from '../delivery/queries.ts'
import { overrideOf, putResult } from './queries.ts'

/**
 * Works the result of an attempt out from the credits of its answers and writes it down. Returns the state that the
 * attempt is in now.
 */
export async function settle(db: Writer, attempt: AttemptRecord, now: string): Promise<AttemptState> {
  const { state, result } = await workedOut(db, attempt)
  await putResult(db, attempt, { ...result, timeTaken: Math.round(attempt.usedMs / 1000) }, now)
  return state
}

/** What the answers of an attempt come to, or what somebody has set instead. */
export async function workedOut(db: Reader, attempt: AttemptRecord) {
  const { state, ...result } = resultOf(attempt, await answersOf(db, attempt.id))
  const override = await overrideOf(db, attempt.id)
  return { state, result: override ? overridden(attempt, result.maxScore, override) : result }
}

interface Paper {
  questions: readonly AuthoredQuestion[]
  passingScore: number | null
}

interface Answer {
  questionId: Id
  /** -1 to 1; null: a person has to tell. */
  credit: number | null
}

/** Percentage and passed stay open as long as an answer waits for a person; answers that cost points never cost more than all. */
export function resultOf({ questions, passingScore }: Paper, answers: readonly Answer[]) {
  const credits = new Map(answers.map((answer) => [answer.questionId, answer.credit]))
  const isWaiting = answers.some((answer) => answer.credit === null)

  const maxScore = questions.reduce((total, { question }) => total + question.points, 0)
  const sum = questions.reduce((total, { id, question }) => total + pointsFor(credits.get(id) ?? 0, question.points), 0)
  const score = Math.max(0, sum)
  const percentage = maxScore === 0 ? 0 : Math.round((score / maxScore) * 10_000) / 100
  return {
    state: isWaiting ? ('handed_in' as const) : ('graded' as const),
    score: Math.round(score * 100) / 100,
    maxScore,
    percentage: isWaiting ? null : percentage,
    passed: isWaiting || passingScore === null ? null : percentage >= passingScore,
  }
}

interface Override {
  score: number
  reason: string
  userId: Id | null
}

/** The result that somebody set. */
function overridden({ passingScore }: Pick<Paper, 'passingScore'>, maxScore: number, override: Override) {
  const percentage = maxScore === 0 ? 0 : Math.round((override.score / maxScore) * 10_000) / 100
  const passed = passingScore === null ? null : percentage >= passingScore
  return { score: override.score, maxScore, percentage, passed, override }
}
