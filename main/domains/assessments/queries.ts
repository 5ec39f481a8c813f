import { sql } from 'kysely'
import {
  type AssessmentFields,
  AssessmentSettings,
  type AssessmentStatus,
  type AuthoredQuestion,
} from '../../../shared/contract/assessments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { askedPoints } from '../../../shared/pools.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId, mintIds } from '../../database/ids.ts'
import { reachesAssessment, reachesLearner, type Scope } from '../../scope.ts'
import { PaperQuestions } from '../delivery/paper.ts'
import { fromColumns, toColumns } from './stored-question.ts'

const attemptCount = sql<number>`(select count(*) from attempts where assessment_id = assessments.id)`

export function assessmentsOf(db: Reader, scope: Scope, filter: { status?: AssessmentStatus | undefined }) {
  let query = db
    .selectFrom('assessments')
    .leftJoin('users as trainers', 'trainers.id', 'assessments.trainer_id')
    .select([
      'assessments.id',
      'assessments.title',
      'assessments.type',
      'assessments.status',
      'assessments.time_limit as timeLimit',
      'assessments.updated_at as updatedAt',
      'trainers.name as trainerName',
      sql<number>`(select count(*) from questions where assessment_id = assessments.id)`.as('questionCount'),
      sql<number>`(select coalesce(sum(points), 0) from questions where assessment_id = assessments.id)`.as(
        'totalPoints',
      ),
      attemptCount.as('attemptCount'),
      sql<number>`(
        select count(*) from attempts
        where assessment_id = assessments.id and state = 'handed_in'
          and ${reachesLearner(scope, 'attempts.beneficiary_id')}
      )`.as('waitingForGrading'),
    ])
    .where('assessments.organization_id', '=', scope.organizationId)
    .where(reachesAssessment(scope, 'assessments.id'))
  if (filter.status) query = query.where('assessments.status', '=', filter.status)
  return query.orderBy('assessments.updated_at', 'desc').orderBy('assessments.id', 'desc').execute()
}

export async function assessmentById(db: Reader, scope: Scope, id: Id) {
  const assessment = await db
    .selectFrom('assessments')
    .leftJoin('beneficiaries', 'beneficiaries.id', 'assessments.beneficiary_id')
    .leftJoin('users as learners', 'learners.id', 'beneficiaries.user_id')
    .leftJoin('groups', 'groups.id', 'assessments.group_id')
    .select((eb) => [
      'assessments.id',
      'assessments.title',
      eb.fn.coalesce('assessments.description', eb.val('')).as('description'),
      'assessments.type',
      'assessments.status',
      'assessments.time_limit as timeLimit',
      'assessments.passing_score as passingScore',
      eb.fn.coalesce('assessments.attempts_allowed', eb.lit(1)).as('attemptsAllowed'),
      'assessments.beneficiary_id as beneficiaryId',
      'learners.name as beneficiaryName',
      'assessments.group_id as groupId',
      'groups.name as groupName',
      'assessments.scheduled_for as opensAt',
      'assessments.closes_at as closesAt',
      'assessments.settings',
      'assessments.updated_at as updatedAt',
      attemptCount.as('attemptCount'),
    ])
    .where('assessments.organization_id', '=', scope.organizationId)
    .where('assessments.id', '=', id)
    .where(reachesAssessment(scope, 'assessments.id'))
    .executeTakeFirst()
  return assessment && { ...assessment, settings: AssessmentSettings.parse(assessment.settings ?? {}) }
}

export async function questionsOf(db: Reader, assessmentId: Id): Promise<AuthoredQuestion[]> {
  const rows = await db
    .selectFrom('questions')
    .select([
      'id',
      'pool',
      'origin_id as originId',
      'text',
      'type',
      'options',
      'correct_answer as correctAnswer',
      'points',
      'required',
      'category',
      'tags',
      'metadata',
    ])
    .where('assessment_id', '=', assessmentId)
    .orderBy('order')
    .orderBy('id')
    .execute()
  return rows.map(({ id, pool, originId, ...columns }) => ({ id, pool, originId, question: fromColumns(columns) }))
}

/** The assessment that a question belongs to. */
export function ownerOfQuestion(db: Reader, scope: Scope, questionId: Id) {
  return db
    .selectFrom('questions')
    .innerJoin('assessments', 'assessments.id', 'questions.assessment_id')
    .select(['assessments.id', 'assessments.status'])
    .where('questions.organization_id', '=', scope.organizationId)
    .where('questions.id', '=', questionId)
    .where(reachesAssessment(scope, 'assessments.id'))
    .executeTakeFirst()
}

interface Author {
  organizationId: Id
  trainerId: Id | null
}

export async function insertAssessment(db: Writer, author: Author, fields: AssessmentFields, now: string) {
  const id = await mintId(db, 'assessments')
  await db
    .insertInto('assessments')
    .values({
      id,
      organization_id: author.organizationId,
      trainer_id: author.trainerId,
      ...assessmentColumns(fields),
      created_at: now,
      updated_at: now,
    })
    .execute()
  return id
}

export function updateAssessment(db: Writer, id: Id, fields: AssessmentFields, now: string) {
  return db
    .updateTable('assessments')
    .set({ ...assessmentColumns(fields), updated_at: now })
    .where('id', '=', id)
    .execute()
}

export function setAssessmentStatus(db: Writer, id: Id, status: AssessmentStatus, now: string) {
  return db
    .updateTable('assessments')
    .set({ status, completed_at: status === 'completed' ? now : null, updated_at: now })
    .where('id', '=', id)
    .execute()
}

export function deleteAssessment(db: Writer, id: Id) {
  return db.deleteFrom('assessments').where('id', '=', id).execute()
}

/** A question that is about to get its row. */
export interface NewQuestion {
  question: Question
  pool?: string | null
  originId?: Id | null
}

/** Appends behind the questions that are there; returns the new ids in order. */
export async function appendQuestions(
  db: Writer,
  organizationId: Id,
  assessmentId: Id,
  questions: readonly Question[],
  now: string,
) {
  const entries = questions.map((question) => ({ question }))
  return insertQuestions(db, { organizationId, assessmentId }, entries, now)
}

/** As `appendQuestions`, of questions that may be copies or in a pool; without an assessment they go into the bank. */
export async function insertQuestions(
  db: Writer,
  place: { organizationId: Id; assessmentId: Id | null },
  entries: readonly NewQuestion[],
  now: string,
) {
  const last = place.assessmentId === null ? 0 : await lastOrder(db, place.assessmentId)
  const ids = await mintIds(db, 'questions', entries.length)
  for (const [index, { question, pool = null, originId = null }] of entries.entries()) {
    await db
      .insertInto('questions')
      .values({
        id: ids[index] as Id,
        organization_id: place.organizationId,
        assessment_id: place.assessmentId,
        order: place.assessmentId === null ? null : last + index + 1,
        ...toColumns(question),
        pool,
        origin_id: originId,
        created_at: now,
        updated_at: now,
      })
      .execute()
  }
  return ids
}

async function lastOrder(db: Reader, assessmentId: Id): Promise<number> {
  const { last } = await db
    .selectFrom('questions')
    .select((eb) => eb.fn.coalesce(eb.fn.max('order'), eb.lit(0)).as('last'))
    .where('assessment_id', '=', assessmentId)
    .executeTakeFirstOrThrow()
  return last
}

export function setSettings(db: Writer, id: Id, settings: AssessmentSettings, now: string) {
  return db.updateTable('assessments').set({ settings, updated_at: now }).where('id', '=', id).execute()
}

export function setPoolOf(db: Writer, assessmentId: Id, questionIds: readonly Id[], pool: string | null) {
  return db
    .updateTable('questions')
    .set({ pool })
    .where('assessment_id', '=', assessmentId)
    .where('id', 'in', sql<Id>`(select value from json_each(${JSON.stringify(questionIds)}))`)
    .execute()
}

/** Freezes the questions as they are now; attempts are taken on the copy. */
export async function insertPaper(
  db: Writer,
  organizationId: Id,
  assessment: { id: Id; title: string; passingScore: number | null; settings: AssessmentSettings },
  questions: AuthoredQuestion[],
  now: string,
) {
  await db
    .insertInto('papers')
    .values({
      id: await mintId(db, 'papers'),
      organization_id: organizationId,
      assessment_id: assessment.id,
      title: assessment.title,
      passing_score: assessment.passingScore,
      max_score: askedPoints(questions, assessment.settings),
      questions,
      rules: assessment.settings,
      created_at: now,
    })
    .execute()
}

/** The paper that new attempts of a published assessment are taken on: the one with the newest key. */
export async function paperOf(db: Reader, assessmentId: Id) {
  const { id, questions, rules } = await db
    .selectFrom('papers')
    .select(['id', 'questions', 'rules'])
    .where('assessment_id', '=', assessmentId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return { id, questions: PaperQuestions.parse(questions), rules: AssessmentSettings.parse(rules ?? {}) }
}

export function deletePaperOf(db: Writer, assessmentId: Id) {
  return db.deleteFrom('papers').where('assessment_id', '=', assessmentId).execute()
}

export function updateQuestionColumns(db: Writer, questionId: Id, question: Question, now: string) {
  return db
    .updateTable('questions')
    .set({ ...toColumns(question), updated_at: now })
    .where('id', '=', questionId)
    .execute()
}

export function deleteQuestion(db: Writer, questionId: Id) {
  return db.deleteFrom('questions').where('id', '=', questionId).execute()
}

export async function setQuestionOrder(db: Writer, questionIds: readonly Id[]) {
  for (const [index, id] of questionIds.entries()) {
    await db
      .updateTable('questions')
      .set({ order: index + 1 })
      .where('id', '=', id)
      .execute()
  }
}

export function touchAssessment(db: Writer, id: Id, now: string) {
  return db.updateTable('assessments').set({ updated_at: now }).where('id', '=', id).execute()
}

function assessmentColumns(fields: AssessmentFields) {
  return {
    title: fields.title,
    description: fields.description || null,
    type: fields.type,
    time_limit: fields.timeLimit,
    passing_score: fields.passingScore,
    attempts_allowed: fields.attemptsAllowed,
    beneficiary_id: fields.beneficiaryId,
    group_id: fields.groupId,
    scheduled_for: fields.opensAt,
    closes_at: fields.closesAt,
    settings: fields.settings,
  }
}
