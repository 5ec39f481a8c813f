import type { AttemptState } from '../../../shared/contract/delivery.ts'
import { pointsFor } from '../../../shared/scoring.ts'
import type { Writer } from '../../database/database.ts'
import { type AttemptRecord, answersOf } from '../delivery/queries.ts'
import { putResult } from './queries.ts'

/**
 * Works the result of an attempt out from the credits of its answers and writes it down. Percentage and passed stay open
 * as long as an answer waits for a person. Returns the state that the attempt is in now.
 */
export async function settle(db: Writer, attempt: AttemptRecord, now: string): Promise<AttemptState> {
  const { questions, maxScore, passingScore, usedMs } = attempt
  const answers = await answersOf(db, attempt.id)
  const credits = new Map(answers.map((answer) => [answer.questionId, answer.credit]))
  const isWaiting = answers.some((answer) => answer.credit === null)

  const score = questions.reduce((sum, { id, question }) => sum + pointsFor(credits.get(id) ?? 0, question.points), 0)
  const percentage = maxScore === 0 ? 0 : Math.round((score / maxScore) * 10_000) / 100
  await putResult(
    db,
    attempt,
    {
      score: Math.round(score * 100) / 100,
      maxScore,
      percentage: isWaiting ? null : percentage,
      passed: isWaiting || passingScore === null ? null : percentage >= passingScore,
      timeTaken: Math.round(usedMs / 1000),
    },
    now,
  )
  return isWaiting ? 'handed_in' : 'graded'
}
