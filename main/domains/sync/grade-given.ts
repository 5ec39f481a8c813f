import type { Id } from '../../../shared/contract/base.ts'
import { pointsFor } from '../../../shared/scoring.ts'
import type { Reader } from '../../database/database.ts'
import { answeredIn } from '../grading/answered.ts'
import type { Stored } from './record-values.ts'

/** A grade as its grader gave it: the stored share of the points is for machines, and the seed's column is rounded. */
export async function gradeGiven(db: Reader, responseId: Id): Promise<(grade: Stored) => Stored> {
  const answered = await answeredIn(db, responseId)
  return (grade) => {
    const { credit } = grade
    if (!answered || credit === undefined) return grade
    return { points_earned: typeof credit === 'number' ? pointsFor(credit, answered.most) : null }
  }
}
