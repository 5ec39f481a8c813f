import type { Id } from '../../../shared/contract/base.ts'
import { pointsFor } from '../../../shared/scoring.ts'
import type { WriteContext } from '../../context.ts'
import { setAttemptState } from '../results/queries.ts'
import { answeredIn } from './answered.ts'
import { bringUpToDate } from './grade.ts'
import { insertMark, marksOfResponse } from './queries.ts'
import { markWith, standingOf } from './standing.ts'

/**
 * Lets one of two grades count by one more mark, since what counts follows from the marks. False where no person's mark is
 * behind them, such as those of a corrected key.
 */
export async function giveGradeAgain(
  { db, actor, now }: WriteContext,
  responseId: Id,
  credit: number | null,
): Promise<boolean> {
  const answered = await answeredIn(db, responseId)
  const marks = await marksOfResponse(db, responseId)
  if (!answered || credit === null || marks.length === 0) return false

  const { attempt, most, organizationId } = answered
  const points = pointsFor(credit, most)
  const standing = standingOf(marks, most)
  const said = markWith(marks, points)
  const isFirst =
    standing.need === 'mark' ||
    (standing.need === null && standing.final === undefined && standing.second === undefined)
  await insertMark(
    db,
    {
      organizationId,
      attemptId: attempt.id,
      responseId,
      kind: isFirst ? 'mark' : 'final',
      points,
      comment: said?.comment ?? null,
      rubric: said?.rubric ?? null,
      userId: actor.userId,
    },
    now,
  )
  await setAttemptState(db, attempt.id, await bringUpToDate(db, attempt, { responseId, most }, now), now)
  return true
}
