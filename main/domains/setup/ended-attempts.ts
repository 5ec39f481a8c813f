import type { AuthoredQuestion } from '../../../shared/contract/assessments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { Writer } from '../../database/database.ts'
import { mintIds } from '../../database/ids.ts'
import { resultOf } from '../results/settle.ts'
import type { GivenAnswer } from './generated/sittings.ts'
import { minutesAfter } from './practice/days.ts'

export interface TakenPaper {
  organizationId: Id
  assessmentId: Id
  paperId: Id
  questions: readonly AuthoredQuestion[]
  maxScore: number
  passingScore: number | null
  timeLimitMs: number | null
}

export interface EndedAttempt {
  beneficiaryId: Id
  startedAt: string
  answers: readonly GivenAnswer[]
}

/** Writes first attempts down that are over: what handing in writes one by one, with one statement per table. */
export async function insertEndedAttempts(db: Writer, paper: TakenPaper, attempts: readonly EndedAttempt[]) {
  const ids = await mintIds(db, 'attempts', attempts.length)
  const records = attempts.map((attempt, index) => recordOf(paper, attempt, ids[index] as Id))
  await insertAttempts(db, paper, records)
  await insertResponses(db, paper, records)
  await insertResults(db, paper, records)
}

type Record = ReturnType<typeof recordOf>

function recordOf(paper: TakenPaper, attempt: EndedAttempt, id: Id) {
  const usedMs = attempt.answers.reduce((sum, answer) => sum + answer.seconds * 1000, 0)
  const { state, ...result } = resultOf(paper, attempt.answers)
  return { ...attempt, id, usedMs, state, result, endedAt: minutesAfter(attempt.startedAt, usedMs / 60_000) }
}

function insertAttempts(db: Writer, paper: TakenPaper, records: Record[]) {
  return db
    .insertInto('attempts')
    .values(
      records.map(({ id, beneficiaryId, state, usedMs, startedAt, endedAt }) => ({
        id,
        organization_id: paper.organizationId,
        assessment_id: paper.assessmentId,
        beneficiary_id: beneficiaryId,
        attempt_number: 1,
        state,
        paper_id: paper.paperId,
        time_limit_ms: paper.timeLimitMs,
        used_ms: usedMs,
        started_at: startedAt,
        submitted_at: endedAt,
        updated_at: endedAt,
      })),
    )
    .execute()
}

async function insertResponses(db: Writer, paper: TakenPaper, records: Record[]) {
  const points = new Map(paper.questions.map(({ id, question }) => [id, question.points]))
  const given = records.flatMap((record) => record.answers.map((answer) => ({ record, answer })))
  const ids = await mintIds(db, 'responses', given.length)
  if (given.length === 0) return
  await db
    .insertInto('responses')
    .values(
      given.map(({ record, answer }, index) => ({
        id: ids[index] as Id,
        organization_id: paper.organizationId,
        attempt_id: record.id,
        assessment_id: paper.assessmentId,
        beneficiary_id: record.beneficiaryId,
        question_id: answer.questionId,
        answer: answer.answer,
        credit: answer.credit,
        is_correct: answer.credit === null ? null : answer.credit === 1,
        points_earned: answer.credit === null ? null : Math.round(answer.credit * (points.get(answer.questionId) ?? 0)),
        time_spent: answer.seconds,
        attempt_number: 1,
        edit: 1,
        created_at: record.startedAt,
        updated_at: record.endedAt,
      })),
    )
    .execute()
}

async function insertResults(db: Writer, paper: TakenPaper, records: Record[]) {
  const ids = await mintIds(db, 'assessment_results', records.length)
  await db
    .insertInto('assessment_results')
    .values(
      records.map(({ id, beneficiaryId, result, usedMs, endedAt }, index) => ({
        id: ids[index] as Id,
        organization_id: paper.organizationId,
        attempt_id: id,
        assessment_id: paper.assessmentId,
        beneficiary_id: beneficiaryId,
        score: result.score,
        max_score: result.maxScore,
        percentage: result.percentage,
        passed: result.passed,
        time_taken: Math.round(usedMs / 1000),
        created_at: endedAt,
        updated_at: endedAt,
      })),
    )
    .execute()
}
