import type { Id } from '../../../shared/contract/base.ts'
import type { AttemptState } from '../../../shared/contract/delivery.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import type { GradeAnswer } from '../../../shared/contract/results.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { rubricPoints } from '../../../shared/rubric.ts'
import type { WriteContext } from '../../context.ts'
import type { Writer } from '../../database/database.ts'
import { scopeOf } from '../../scope.ts'
import { type AttemptRecord, attemptById } from '../delivery/queries.ts'
import { tellOfResult } from '../notifications/learning.ts'
import { responseById, setAttemptState, setMark } from '../results/queries.ts'
import { settle } from '../results/settle.ts'
import { insertMark, marksOfResponse } from './queries.ts'
import { kindOfNext, standingOf } from './standing.ts'

/** Gives a mark to one answer: a first one, a second opinion, or the decision, whichever it waits for. */
export async function gradeAnswer({ db, actor, now, about }: WriteContext, input: GradeAnswer) {
  const scope = scopeOf(actor)
  const { organizationId } = scope
  const response = await responseById(db, scope, input.responseId)
  const attempt = response?.attemptId ? await attemptById(db, response.attemptId) : undefined
  const asked = attempt?.questions.find((one) => one.id === response?.questionId)
  if (!attempt || !asked) throw new Refusal('notFound', 'response.notFound')
  if (attempt.state === 'running') throw new Refusal('conflict', 'attempt.stillRunning')

  const points = pointsGiven(asked.question, input)
  const kind = kindOfNext(await marksOfResponse(db, input.responseId), asked.question.points, actor.userId)
  await insertMark(
    db,
    {
      organizationId,
      attemptId: attempt.id,
      responseId: input.responseId,
      kind,
      points,
      comment: input.comment || null,
      rubric: input.rubric ?? null,
      userId: actor.userId,
    },
    now,
  )
  const state = await bringUpToDate(db, attempt, { responseId: input.responseId, most: asked.question.points }, now)
  await tellOfResult(db, attempt, state, now)
  about(input.responseId, { attemptId: attempt.id, points, kind })
  return { state }
}

/** Writes down what all the marks of an answer come to, and the result of its attempt. */
export async function bringUpToDate(
  db: Writer,
  attempt: AttemptRecord,
  { responseId, most }: { responseId: Id; most: number },
  now: string,
): Promise<AttemptState> {
  const { points } = standingOf(await marksOfResponse(db, responseId), most)
  const credit = points === null ? null : most === 0 ? 0 : points / most
  await setMark(db, responseId, { credit, points: most })
  const state = await settle(db, attempt, now)
  await setAttemptState(db, attempt.id, state, now)
  return state
}

function pointsGiven(question: Question, { points, rubric }: GradeAnswer): number {
  const most = question.points
  if (rubric) {
    const earned =
      question.type === 'essay' && question.rubric ? rubricPoints(question.rubric, rubric, most) : undefined
    if (earned === undefined) throw new Refusal('invalid', 'response.rubricIncomplete')
    return earned
  }
  if (points > most) throw new Refusal('invalid', 'response.pointsOutOfRange', { most })
  return points
}
