import type { Id } from '../../../shared/contract/base.ts'
import type { LearnerAssessment, LearnerAttempt, LearnerReport } from '../../../shared/contract/reports.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { pointsFor } from '../../../shared/scoring.ts'
import { breather } from '../../breather.ts'
import type { Reader } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { beneficiaryOf } from '../beneficiaries/queries.ts'
import { type AttemptRecord, answersOf, attemptById } from '../delivery/queries.ts'
import { marksOfAttempt } from '../grading/queries.ts'
import { commentOf, standingOf } from '../grading/standing.ts'
import { type CategoryPoints, categoryShares, standingIn } from './categories.ts'
import { endedAttemptsOf } from './queries.ts'

/** How one learner has done in everything that counts. */
export async function learnerReport(db: Reader, scope: Scope, beneficiaryId: Id): Promise<LearnerReport> {
  const person = await beneficiaryOf(db, scope, beneficiaryId)
  if (!person) throw new Refusal('notFound', 'beneficiary.notFound')
  const attempts = (await endedAttemptsOf(db, scope, beneficiaryId)).map(attemptOf)

  const parts: CategoryPoints[] = []
  const comments: LearnerReport['comments'] = []
  const breathe = breather()
  for (const { attemptId } of attempts) {
    await breathe()
    const attempt = await attemptById(db, attemptId)
    if (!attempt) continue
    parts.push(...(await pointsIn(db, attempt)))
    comments.push(...(await commentsOn(db, attempt)))
  }
  return {
    beneficiaryId,
    name: person.name,
    attempts,
    assessments: [...Map.groupBy(attempts, ({ assessmentId }) => assessmentId).values()].map(assessmentOf),
    categories: categoryShares(parts).map((share) => ({ ...share, standing: standingIn(share) })),
    comments,
  }
}

type EndedAttempt = Awaited<ReturnType<typeof endedAttemptsOf>>[number]

function attemptOf({ beneficiaryId: _, state: _state, overrideReason, ...attempt }: EndedAttempt): LearnerAttempt {
  return { ...attempt, isOverridden: overrideReason !== null }
}

function assessmentOf(attempts: LearnerAttempt[]): LearnerAssessment {
  const { assessmentId = 0, title = '' } = attempts.at(-1) ?? {}
  const graded = attempts.map(({ percentage }) => percentage).filter((percentage) => percentage !== null)
  const verdicts = attempts.map(({ passed }) => passed).filter((passed) => passed !== null)
  return {
    assessmentId,
    title,
    attempts: attempts.length,
    first: graded[0] ?? null,
    last: graded.at(-1) ?? null,
    best: graded.length === 0 ? null : Math.max(...graded),
    passed: verdicts.length === 0 ? null : verdicts.some(Boolean),
  }
}

/** What waits for a person says nothing yet; what was left empty earned nothing. */
async function pointsIn(db: Reader, { id, questions }: AttemptRecord): Promise<CategoryPoints[]> {
  const credits = new Map((await answersOf(db, id)).map(({ questionId, credit }) => [questionId, credit]))
  return questions.flatMap(({ id, question }) => {
    const credit = credits.has(id) ? (credits.get(id) ?? null) : 0
    if (credit === null) return []
    const points = pointsFor(credit, question.points)
    return [{ category: question.category ?? null, answers: 1, points, maxPoints: question.points }]
  })
}

async function commentsOn(db: Reader, { id, title, questions }: AttemptRecord): Promise<LearnerReport['comments']> {
  const marks = Map.groupBy(await marksOfAttempt(db, id), ({ responseId }) => responseId)
  const answers = new Map((await answersOf(db, id)).map(({ questionId, responseId }) => [questionId, responseId]))
  return questions.flatMap(({ id: questionId, question }) => {
    const comment = commentOf(standingOf(marks.get(answers.get(questionId) ?? 0) ?? [], question.points))
    return comment === null ? [] : [{ attemptId: id, title, question: question.name ?? question.text, comment }]
  })
}
