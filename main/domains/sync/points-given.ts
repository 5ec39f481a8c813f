import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'
import { attemptById } from '../delivery/queries.ts'
import type { Stored } from './record-values.ts'

/** A grade as its grader gave it: the stored share of the points is for machines, and the seed's column is rounded. */
export async function pointsGiven(db: Reader, responseId: Id): Promise<(grade: Stored) => Stored> {
  const response = await db
    .selectFrom('responses')
    .select(['attempt_id as attemptId', 'question_id as questionId'])
    .where('id', '=', responseId)
    .executeTakeFirst()
  const attempt = response?.attemptId == null ? undefined : await attemptById(db, response.attemptId)
  const most = attempt?.questions.find(({ id }) => id === response?.questionId)?.question.points
  return (grade) => {
    const { credit } = grade
    if (most === undefined || credit === undefined) return grade
    return { points_earned: typeof credit === 'number' ? Math.round(credit * most * 100) / 100 : null }
  }
}
