import type { Id } from '../../../shared/contract/base.ts'
import type { Outcome } from '../../../shared/contract/delivery.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { acceptedAs, chosenOptions, pointsFor } from '../../../shared/scoring.ts'
import type { Reader } from '../../database/database.ts'
import { wholeOrganization } from '../../scope.ts'
import { marksOfAttempt } from '../grading/queries.ts'
import { commentOf, standingOf } from '../grading/standing.ts'
import { reportOf } from '../results/queries.ts'
import { rightAnswerOf, withoutKey } from './paper.ts'
import { type AttemptRecord, answersOf } from './queries.ts'
import { receiptOf } from './receipts.ts'

/** What the learner is told when the attempt is over: now the right answers may be seen. */
export async function outcomeOf(db: Reader, attempt: AttemptRecord): Promise<Outcome> {
  if (attempt.state === 'running') throw new Refusal('conflict', 'attempt.stillRunning')
  const report = await reportOf(db, wholeOrganization(attempt.organizationId), attempt.id)
  if (!report) throw new Refusal('notFound', 'attempt.notFound')
  const answers = new Map((await answersOf(db, attempt.id)).map((answer) => [answer.questionId, answer]))

  const marks = Map.groupBy(await marksOfAttempt(db, attempt.id), ({ responseId }) => responseId)
  const commentOn = (responseId: Id, most: number) => commentOf(standingOf(marks.get(responseId) ?? [], most))
  const told = (asked: AttemptRecord['questions'][number]) => {
    const answer = answers.get(asked.id)
    const credit = answer ? answer.credit : 0
    const most = asked.question.points
    return {
      question: withoutKey(asked),
      answer: answer?.answer ?? '',
      points: credit === null ? null : pointsFor(credit, most),
      isCorrect: credit === null ? null : credit === 1,
      rightAnswer: rightAnswerOf(asked.question),
      feedback: feedbackFor(asked.question, answer?.answer ?? '', answer ? commentOn(answer.responseId, most) : null),
    }
  }

  const receipt = await receiptOf(db, attempt.id)
  const { review } = attempt.rules
  return {
    attemptId: attempt.id,
    receipt: receipt ? { code: receipt.code, digest: receipt.digest } : null,
    review,
    title: report.title,
    state: report.state,
    ...(review === 'nothing' ? untold : toldMarks(report)),
    timeTaken: report.timeTaken,
    questions: review === 'answers' ? attempt.questions.map(told) : [],
  }
}

const untold = { score: null, maxScore: null, percentage: null, passed: null }

function toldMarks({ score, maxScore, percentage, passed }: NonNullable<Awaited<ReturnType<typeof reportOf>>>) {
  return { score: score ?? 0, maxScore, percentage, passed }
}

/** What graders wrote and what the author says to this answer, followed by what they say to everybody. */
function feedbackFor(question: Question, answer: string, comment: string | null): string | null {
  const said = [comment, ...feedbackOnAnswer(question, answer), question.feedback].filter((text) => text)
  return said.length > 0 ? said.join('\n\n') : null
}

function feedbackOnAnswer(question: Question, answer: string): (string | undefined)[] {
  if (question.type === 'short_answer') return [acceptedAs(question, answer)?.feedback]
  if (question.type === 'true_false') {
    return [answer === 'true' ? question.feedbackTrue : answer === 'false' ? question.feedbackFalse : undefined]
  }
  if (question.type !== 'multiple_choice') return []
  const chosen = chosenOptions(answer)
  return question.options.filter((option) => chosen.includes(option.id)).map((option) => option.feedback)
}
