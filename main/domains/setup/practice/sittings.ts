import type { AuthoredQuestion } from '../../../../shared/contract/assessments.ts'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Writer } from '../../../database/database.ts'
import { handInAttempt } from '../../delivery/hand-in.ts'
import { answersOf, attemptById, insertAnswer, insertAttempt, noteProgress } from '../../delivery/queries.ts'
import { setAttemptState, setMark } from '../../results/queries.ts'
import { settle } from '../../results/settle.ts'
import { generatedAnswer } from '../generated/answers.ts'
import { randomOf } from '../generated/random.ts'
import type { PracticeSitting } from './content.ts'
import { daysBefore, minutesAfter } from './days.ts'

interface Taken {
  organizationId: Id
  assessmentId: Id
  beneficiaryId: Id
  paperId: Id
  attemptNumber: number
  /** Minutes. */
  timeLimit: number | null
  questions: AuthoredQuestion[]
  sitting: PracticeSitting
}

/** Takes an assessment as one learner, hands it in unless it should still run, and grades its essay if it was read. */
export async function sit(db: Writer, { timeLimit, questions, sitting, ...taken }: Taken, now: string) {
  const started = sitting.isRunning
    ? minutesAfter(now, -sitting.minutes)
    : daysBefore(now, sitting.daysAgo, sitting.learner * 2)
  const timeLimitMs = timeLimit === null ? null : timeLimit * 60_000
  const attemptId = await insertAttempt(db, { ...taken, timeLimitMs }, started)
  const asked = sitting.isRunning ? questions.slice(0, questions.length / 2) : questions
  await answer(db, { ...taken, attemptId, asked, sitting }, started)
  if (sitting.isRunning) return

  const attempt = await attemptById(db, attemptId)
  if (!attempt) throw new Error('The attempt that was just begun is not there.')
  await handInAttempt(db, attempt, { mustBeComplete: true }, minutesAfter(started, sitting.minutes))
  if (sitting.essayPoints !== undefined) {
    await gradeEssays(db, attemptId, sitting.essayPoints, daysBefore(now, sitting.daysAgo - 1, 60))
  }
}

interface Answering extends Omit<Taken, 'timeLimit' | 'questions'> {
  attemptId: Id
  asked: AuthoredQuestion[]
}

async function answer(db: Writer, { asked, sitting, ...attempt }: Answering, started: string) {
  const random = randomOf(asked.length, sitting.learner, attempt.attemptNumber)
  const minutesEach = sitting.minutes / asked.length
  for (const [index, { id: questionId, question }] of asked.entries()) {
    const isEssay = question.type === 'essay' && sitting.essay !== undefined
    const text = isEssay ? sitting.essay : generatedAnswer(question, sitting.ability, random)
    const saved = minutesAfter(started, minutesEach * (index + 1))
    const given = { answer: text ?? '', edit: 1, seconds: minutesEach * 60 }
    if (text) await insertAnswer(db, { ...attempt, ...given, questionId }, saved)
  }
  const last = asked.at(-1)
  const usedMs = sitting.minutes * 60_000
  const ended = minutesAfter(started, sitting.minutes)
  if (last) await noteProgress(db, attempt.attemptId, { usedMs, currentQuestionId: last.id }, ended)
}

/** As a trainer does on the grading screen. */
async function gradeEssays(db: Writer, attemptId: Id, points: number, graded: string) {
  const attempt = await attemptById(db, attemptId)
  if (!attempt) throw new Error('The attempt to be graded is not there.')
  const answers = await answersOf(db, attemptId)
  for (const { id, question } of attempt.questions.filter((asked) => asked.question.type === 'essay')) {
    const response = answers.find((one) => one.questionId === id)
    const mark = { credit: points / question.points, points: question.points }
    if (response) await setMark(db, response.responseId, mark)
  }
  await setAttemptState(db, attemptId, await settle(db, attempt, graded), graded)
}
