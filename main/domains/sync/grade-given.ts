import type { Id } from '../../../shared/contract/base.ts'
import { pointsFor } from '../../../shared/scoring.ts'
import type { Reader } from '../../database/database.ts'
import { answeredIn } from '../grading/answered.ts'
import { marksOfResponse } from '../grading/queries.ts'
import { commentFor } from '../grading/standing.ts'
import type { Stored } from './record-values.ts'

/**
 * A grade as its grader gave it, with the comment that would come along if it counts (`giveGradeAgain`): the stored share of the
 * points is for machines, and the seed's column is rounded.
 */
export async function gradeGiven(db: Reader, responseId: Id): Promise<(grade: Stored) => Stored> {
  const answered = await answeredIn(db, responseId)
  const marks = answered ? await marksOfResponse(db, responseId) : []
  return (grade) => {
    const { credit } = grade
    if (!answered || credit === undefined) return grade
    if (typeof credit !== 'number') return { points_earned: null, comment: null }
    const points = pointsFor(credit, answered.most)
    return { points_earned: points, comment: commentFor(marks, answered.most, points) }
  }
}
