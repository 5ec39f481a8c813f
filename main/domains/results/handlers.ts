import type { Id } from '../../../shared/contract/base.ts'
import type { GradeAnswer, GradedAnswer, ListResults } from '../../../shared/contract/results.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { pointsFor } from '../../../shared/scoring.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { type AttemptRecord, answersOf, attemptById } from '../delivery/queries.ts'
import { attemptWithin } from '../delivery/reach.ts'
import { gradeAnswer } from '../grading/grade.ts'
import { insertMark, marksOfAttempt } from '../grading/queries.ts'
import { commentOf, isMineToGive, shownMarks, standingOf } from '../grading/standing.ts'
import { tellOfResult } from '../notifications/learning.ts'
import { countWaiting, listResults, overrideOf, reportOf } from './queries.ts'
import { replayOf } from './replay.ts'
import { resultOf, settle } from './settle.ts'

export { correctKey, keyCorrections, previewKey } from './key-handlers.ts'

export async function list({ db, actor }: ReadContext, input: ListResults) {
  return listResults(db, scopeOf(actor), input)
}

export async function attempt({ db, actor }: ReadContext, { attemptId }: { attemptId: Id }) {
  const report = await reportOf(db, scopeOf(actor), attemptId)
  const record = report && (await attemptById(db, attemptId))
  if (!report || !record) throw new Refusal('notFound', 'attempt.notFound')
  return {
    ...report,
    answers: await gradedAnswers(db, record, actor.userId),
    override: await overrideReport(db, record),
  }
}

export async function replay({ db, actor }: ReadContext, { attemptId }: { attemptId: Id }) {
  const report = await reportOf(db, scopeOf(actor), attemptId)
  const record = report && (await attemptById(db, attemptId))
  if (!report || !record) throw new Refusal('notFound', 'attempt.notFound')
  return replayOf(db, report, record)
}

export async function waiting({ db, actor }: ReadContext) {
  return { attempts: await countWaiting(db, scopeOf(actor)) }
}

export function grade(context: WriteContext, input: GradeAnswer) {
  return gradeAnswer(context, input)
}

export async function override(
  { db, actor, now, about }: WriteContext,
  { attemptId, score, reason }: { attemptId: Id; score: number; reason: string },
) {
  const attempt = await endedAttempt(db, scopeOf(actor), attemptId)
  const most = attempt.questions.reduce((sum, { question }) => sum + question.points, 0)
  if (score > most) throw new Refusal('invalid', 'result.scoreOutOfRange', { most })
  const { organizationId } = attempt
  const mark = { organizationId, attemptId, responseId: null, points: score, reason, userId: actor.userId }
  await insertMark(db, { ...mark, kind: 'override' }, now)
  await settle(db, attempt, now)
  await tellOfResult(db, attempt, 'graded', now)
  about(attemptId, { score })
  return {}
}

export async function takeBackOverride({ db, actor, now, about }: WriteContext, { attemptId }: { attemptId: Id }) {
  const attempt = await endedAttempt(db, scopeOf(actor), attemptId)
  if (!(await overrideOf(db, attemptId))) throw new Refusal('conflict', 'result.notOverridden')
  const { organizationId } = attempt
  await insertMark(db, { organizationId, attemptId, responseId: null, kind: 'withdrawn', userId: actor.userId }, now)
  await tellOfResult(db, attempt, await settle(db, attempt, now), now)
  about(attemptId)
  return {}
}

async function endedAttempt(db: Reader, scope: Scope, attemptId: Id): Promise<AttemptRecord> {
  const attempt = await attemptWithin(db, scope, attemptId)
  if (!attempt) throw new Refusal('notFound', 'attempt.notFound')
  if (attempt.state === 'running') throw new Refusal('conflict', 'attempt.stillRunning')
  return attempt
}

async function overrideReport(db: Reader, attempt: AttemptRecord) {
  const set = await overrideOf(db, attempt.id)
  if (!set) return null
  const { score, percentage, passed } = resultOf(attempt, await answersOf(db, attempt.id))
  return { reason: set.reason, userName: set.userName, original: { score, percentage, passed } }
}

async function gradedAnswers(db: Reader, attempt: AttemptRecord, userId: Id | null): Promise<GradedAnswer[]> {
  const answers = new Map((await answersOf(db, attempt.id)).map((answer) => [answer.questionId, answer]))
  const marks = Map.groupBy(await marksOfAttempt(db, attempt.id), ({ responseId }) => responseId)
  const isOver = attempt.state !== 'running'

  return attempt.questions.map(({ id, question }) => {
    const answer = answers.get(id)
    const credit = answer ? answer.credit : isOver ? 0 : null
    const isWaiting = isOver && credit === null
    const standing = standingOf(answer ? (marks.get(answer.responseId) ?? []) : [], question.points)
    return {
      responseId: answer?.responseId ?? null,
      questionId: id,
      question,
      answer: answer?.answer ?? '',
      points: credit === null ? null : pointsFor(credit, question.points),
      isCorrect: credit === null ? null : credit === 1,
      isWaiting,
      timeSpent: answer?.timeSpent ?? null,
      comment: commentOf(standing),
      need: isWaiting ? standing.need : null,
      isMineToGive: isMineToGive(standing, userId),
      marks: shownMarks(standing, userId),
    }
  })
}
