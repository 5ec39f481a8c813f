import type { Id } from '../../../shared/contract/base.ts'
import type { GradeAnswer, GradedAnswer, ListResults } from '../../../shared/contract/results.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { pointsFor } from '../../../shared/scoring.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { answersOf, attemptById } from '../delivery/queries.ts'
import { countWaiting, listResults, reportOf, responseById, setAttemptState, setMark } from './queries.ts'
import { settle } from './settle.ts'

export async function list({ db, actor }: ReadContext, input: ListResults) {
  return listResults(db, organizationOf(actor), input)
}

export async function attempt({ db, actor }: ReadContext, { attemptId }: { attemptId: Id }) {
  const report = await reportOf(db, organizationOf(actor), attemptId)
  if (!report) throw new Refusal('notFound', 'attempt.notFound')
  return { ...report, answers: await gradedAnswers(db, attemptId) }
}

export async function waiting({ db, actor }: ReadContext) {
  return { attempts: await countWaiting(db, organizationOf(actor)) }
}

export async function grade({ db, actor, now, about }: WriteContext, { responseId, points }: GradeAnswer) {
  const response = await responseById(db, organizationOf(actor), responseId)
  const attempt = response?.attemptId ? await attemptById(db, response.attemptId) : undefined
  const asked = attempt?.questions.find((one) => one.id === response?.questionId)
  if (!attempt || !asked) throw new Refusal('notFound', 'response.notFound')
  if (attempt.state === 'running') throw new Refusal('conflict', 'attempt.stillRunning')
  const most = asked.question.points
  if (points > most) throw new Refusal('invalid', 'response.pointsOutOfRange', { most })

  await setMark(db, responseId, { credit: most === 0 ? 0 : points / most, points: most })
  const state = await settle(db, attempt, now)
  await setAttemptState(db, attempt.id, state, now)
  about(responseId, { attemptId: attempt.id, points })
  return { state }
}

async function gradedAnswers(db: Reader, attemptId: Id): Promise<GradedAnswer[]> {
  const attempt = await attemptById(db, attemptId)
  if (!attempt) throw new Refusal('notFound', 'attempt.notFound')
  const answers = new Map((await answersOf(db, attemptId)).map((answer) => [answer.questionId, answer]))
  const isOver = attempt.state !== 'running'

  return attempt.questions.map(({ id, question }) => {
    const answer = answers.get(id)
    const credit = answer ? answer.credit : isOver ? 0 : null
    return {
      responseId: answer?.responseId ?? null,
      questionId: id,
      question,
      answer: answer?.answer ?? '',
      points: credit === null ? null : pointsFor(credit, question.points),
      isCorrect: credit === null ? null : credit === 1,
      isWaiting: isOver && credit === null,
      timeSpent: answer?.timeSpent ?? null,
    }
  })
}
