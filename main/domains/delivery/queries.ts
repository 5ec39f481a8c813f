import { type ExpressionBuilder, sql } from 'kysely'
import * as z from 'zod'
import { AssessmentSettings } from '../../../shared/contract/assessments.ts'
import { Id } from '../../../shared/contract/base.ts'
import type { AttemptState } from '../../../shared/contract/delivery.ts'
import { builtOnce } from '../../database/built-once.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import type { Database } from '../../database/tables.ts'
import { isAtHand } from '../merges/put-away.ts'
import { asDrawn, Draw } from './draw.ts'
import { PaperQuestions } from './paper.ts'

const Flags = z.array(Id)

export function learner(db: Reader, organizationId: Id, beneficiaryId: Id) {
  return db
    .selectFrom('beneficiaries')
    .select(['id', 'status'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', beneficiaryId)
    .where(isAtHand)
    .executeTakeFirst()
}

/** What a learner can take, is taking, or has taken. */
export function menuOf(db: Reader, organizationId: Id, beneficiaryId: Id) {
  return db
    .selectFrom('assessments')
    .select((eb) => [
      'id as assessmentId',
      'title',
      eb.fn.coalesce('description', eb.val('')).as('description'),
      'type',
      'status',
      'time_limit as timeLimit',
      'passing_score as passingScore',
      'attempts_allowed as attemptsAllowed',
      'scheduled_for as opensAt',
      'closes_at as closesAt',
      'settings',
      sql<number>`(select count(*) from questions where assessment_id = assessments.id)`.as('questionCount'),
      sql<number>`(select count(*) from questions where assessment_id = assessments.id and pool is not null)`.as(
        'pooledCount',
      ),
    ])
    .where('organization_id', '=', organizationId)
    .where((eb) =>
      eb.or([
        eb.and([eb('status', 'in', ['published', 'in_progress']), isFor(eb, beneficiaryId)]),
        eb('id', 'in', (of) =>
          of.selectFrom('attempts').select('assessment_id').where('beneficiary_id', '=', beneficiaryId),
        ),
      ]),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** Given to this learner alone, to a group that the learner is in, or to everybody. */
function isFor(eb: ExpressionBuilder<Database, 'assessments'>, beneficiaryId: Id) {
  return eb.or([
    eb.and([eb('beneficiary_id', 'is', null), eb('group_id', 'is', null)]),
    eb('beneficiary_id', '=', beneficiaryId),
    eb('group_id', 'in', (groups) =>
      groups.selectFrom('group_members').select('group_id').where('group_members.beneficiary_id', '=', beneficiaryId),
    ),
  ])
}

/** Whether an assessment is given to this learner. */
export async function isGivenTo(db: Reader, assessmentId: Id, beneficiaryId: Id): Promise<boolean> {
  const found = await db
    .selectFrom('assessments')
    .select('id')
    .where('id', '=', assessmentId)
    .where((eb) => isFor(eb, beneficiaryId))
    .executeTakeFirst()
  return found !== undefined
}

export function attemptsOf(db: Reader, beneficiaryId: Id) {
  return db
    .selectFrom('attempts')
    .leftJoin('assessment_results', 'assessment_results.attempt_id', 'attempts.id')
    .select([
      'attempts.id as attemptId',
      'attempts.assessment_id as assessmentId',
      'attempts.state',
      'attempts.submitted_at as submittedAt',
      'assessment_results.percentage',
      'assessment_results.passed',
    ])
    .where('attempts.beneficiary_id', '=', beneficiaryId)
    .orderBy('attempts.attempt_number', 'desc')
    .execute()
}

/** Extra time included. */
const timeLimit = sql<number | null>`attempts.time_limit_ms + attempts.extra_ms`

export async function attemptById(db: Reader, id: Id) {
  const attempt = await db
    .selectFrom('attempts')
    .innerJoin('papers', 'papers.id', 'attempts.paper_id')
    .select([
      'attempts.id',
      'attempts.organization_id as organizationId',
      'attempts.assessment_id as assessmentId',
      'attempts.beneficiary_id as beneficiaryId',
      'attempts.attempt_number as attemptNumber',
      'attempts.state',
      timeLimit.as('timeLimitMs'),
      'attempts.used_ms as usedMs',
      'attempts.current_question_id as currentQuestionId',
      'attempts.updated_at as updatedAt',
      'papers.title',
      'papers.passing_score as passingScore',
      'papers.max_score as maxScore',
      'papers.questions',
      'papers.rules',
      'attempts.draw',
      'attempts.paused_at as pausedAt',
      'attempts.flags',
      'attempts.started_at as startedAt',
      'attempts.submitted_at as submittedAt',
    ])
    .where('attempts.id', '=', id)
    .executeTakeFirst()
  if (!attempt) return undefined
  const paper = PaperQuestions.parse(attempt.questions)
  return {
    ...attempt,
    rules: AssessmentSettings.parse(attempt.rules ?? {}),
    flags: Flags.parse(attempt.flags ?? []),
    /** The questions of this attempt, as its learner meets them. */
    questions: asDrawn(paper, Draw.nullable().parse(attempt.draw)),
  }
}
export type AttemptRecord = NonNullable<Awaited<ReturnType<typeof attemptById>>>

/** What a save needs of the attempt, and of the answer that is there; a published assessment keeps its questions. */
export async function savePoint(db: Reader, asked: { attemptId: Id; questionId: Id }) {
  const [point] = await savePoints(db, asked)
  return point
}

const savePoints = builtOnce((db: Reader, { attemptId, questionId }: { attemptId: Id; questionId: Id }) =>
  db
    .selectFrom('attempts')
    .leftJoin('responses', (join) =>
      join.onRef('responses.attempt_id', '=', 'attempts.id').on('responses.question_id', '=', questionId),
    )
    .leftJoin('attempt_seats', 'attempt_seats.attempt_id', 'attempts.id')
    .leftJoin('questions', (join) =>
      join.on('questions.id', '=', questionId).onRef('questions.assessment_id', '=', 'attempts.assessment_id'),
    )
    .select([
      'attempts.organization_id as organizationId',
      'attempts.assessment_id as assessmentId',
      'attempts.beneficiary_id as beneficiaryId',
      'attempts.attempt_number as attemptNumber',
      'attempts.state',
      timeLimit.as('timeLimitMs'),
      'attempts.used_ms as usedMs',
      'attempts.paused_at as pausedAt',
      'attempts.updated_at as keptAt',
      'attempt_seats.session_id as seatSessionId',
      'responses.id as responseId',
      'responses.edit',
      'responses.answer as storedAnswer',
      'responses.updated_at as savedAt',
      'questions.id as askedId',
    ])
    .where('attempts.id', '=', attemptId),
)

interface NewAttempt {
  organizationId: Id
  assessmentId: Id
  beneficiaryId: Id
  attemptNumber: number
  paperId: Id
  timeLimitMs: number | null
  draw?: Draw | undefined
  isPractice?: boolean
  classroomId?: Id | undefined
}

export async function insertAttempt(db: Writer, attempt: NewAttempt, now: string) {
  const id = await mintId(db, 'attempts')
  await db
    .insertInto('attempts')
    .values({
      id,
      organization_id: attempt.organizationId,
      assessment_id: attempt.assessmentId,
      beneficiary_id: attempt.beneficiaryId,
      attempt_number: attempt.attemptNumber,
      paper_id: attempt.paperId,
      time_limit_ms: attempt.timeLimitMs,
      draw: attempt.draw ?? null,
      is_practice: attempt.isPractice,
      classroom_session_id: attempt.classroomId,
      started_at: now,
      updated_at: now,
    })
    .execute()
  return id
}

interface Progress {
  usedMs: number
  currentQuestionId: Id
}

export function noteProgress(db: Writer, attemptId: Id, { usedMs, currentQuestionId }: Progress, now: string) {
  return db
    .updateTable('attempts')
    .set({ used_ms: usedMs, current_question_id: currentQuestionId, updated_at: now })
    .where('id', '=', attemptId)
    .execute()
}

export function endAttempt(db: Writer, attemptId: Id, end: { state: AttemptState; usedMs: number }, now: string) {
  return db
    .updateTable('attempts')
    .set({ state: end.state, used_ms: end.usedMs, paused_at: null, submitted_at: now, updated_at: now })
    .where('id', '=', attemptId)
    .execute()
}

interface NewAnswer {
  attemptId: Id
  organizationId: Id
  assessmentId: Id
  beneficiaryId: Id
  questionId: Id
  attemptNumber: number
  answer: string
  edit: number
  seconds: number
}

export async function insertAnswer(db: Writer, answer: NewAnswer, now: string): Promise<Id> {
  const id = await mintId(db, 'responses')
  await db
    .insertInto('responses')
    .values({
      id,
      attempt_id: answer.attemptId,
      organization_id: answer.organizationId,
      assessment_id: answer.assessmentId,
      beneficiary_id: answer.beneficiaryId,
      question_id: answer.questionId,
      attempt_number: answer.attemptNumber,
      answer: answer.answer,
      edit: answer.edit,
      time_spent: Math.round(answer.seconds),
      created_at: now,
      updated_at: now,
    })
    .execute()
  return id
}

interface NewEdit extends Pick<NewAnswer, 'answer' | 'edit' | 'seconds'> {
  responseId: Id
  now: string
}

/** Puts a newer edit of an answer in the place of an older one; never the other way round. */
export const updateAnswer = builtOnce((db: Writer, { responseId, answer, edit, seconds, now }: NewEdit) =>
  db
    .updateTable('responses')
    .set({
      answer,
      edit,
      time_spent: sql<number>`cast(coalesce(time_spent, 0) + round(${seconds}) as integer)`,
      updated_at: now,
    })
    .where('id', '=', responseId)
    .where('edit', '<', edit),
)

interface JournalEntry {
  responseId: Id
  edit: number
  answer: string
  /** Exam time at this moment. */
  usedMs: number
  now: string
}

/** Keeps what was written in between, for whoever wants to see how an answer came about. */
export const insertEdit = builtOnce((db: Writer, { responseId, edit, answer, usedMs, now }: JournalEntry) =>
  db.insertInto('answer_edits').values({ response_id: responseId, edit, answer, used_ms: usedMs, saved_at: now }),
)

export function setFlags(db: Writer, attemptId: Id, questionIds: readonly Id[]) {
  return db
    .updateTable('attempts')
    .set({ flags: [...questionIds] })
    .where('id', '=', attemptId)
    .execute()
}

/** Which edit of each answer is stored. */
export const storedEdits = builtOnce((db: Reader, { attemptId }: { attemptId: Id }) =>
  db
    .selectFrom('responses')
    .select(['question_id as questionId', 'edit'])
    .where('attempt_id', '=', attemptId)
    .where('question_id', 'is not', null)
    .$narrowType<{ questionId: Id }>(),
)

export function answersOf(db: Reader, attemptId: Id) {
  return db
    .selectFrom('responses')
    .select((eb) => [
      'id as responseId',
      'question_id as questionId',
      eb.fn.coalesce('answer', eb.val('')).as('answer'),
      'edit',
      'credit',
      'time_spent as timeSpent',
      'updated_at as savedAt',
    ])
    .where('attempt_id', '=', attemptId)
    .where('question_id', 'is not', null)
    .$narrowType<{ questionId: Id }>()
    .execute()
}
