import { type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { AttemptState } from '../../../shared/contract/delivery.ts'
import type { ListResults } from '../../../shared/contract/results.ts'
import { fold } from '../../../shared/fold.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import { pageKey, readPageKey } from '../../page-key.ts'
import { reachesAnswer, reachesLearner, type Scope } from '../../scope.ts'

interface Result {
  score: number
  maxScore: number
  percentage: number | null
  passed: boolean | null
  /** Seconds. */
  timeTaken: number
  override?: { reason: string; userId: Id | null }
}

interface ResultOwner {
  id: Id
  organizationId: Id
  assessmentId: Id
  beneficiaryId: Id
}

/** Inserts the result of an attempt, or brings it up to date. */
export async function putResult(db: Writer, attempt: ResultOwner, result: Result, now: string) {
  const columns = {
    score: result.score,
    max_score: result.maxScore,
    percentage: result.percentage,
    passed: result.passed,
    time_taken: result.timeTaken,
    overridden_by: result.override?.userId ?? null,
    override_reason: result.override?.reason ?? null,
    updated_at: now,
  }
  const known = await db
    .updateTable('assessment_results')
    .set(columns)
    .where('attempt_id', '=', attempt.id)
    .returning('id')
    .executeTakeFirst()
  if (known) return
  await db
    .insertInto('assessment_results')
    .values({
      id: await mintId(db, 'assessment_results'),
      organization_id: attempt.organizationId,
      attempt_id: attempt.id,
      assessment_id: attempt.assessmentId,
      beneficiary_id: attempt.beneficiaryId,
      ...columns,
      created_at: now,
    })
    .execute()
}

export interface Mark {
  /** 0 to 1; null: a person has to tell. */
  credit: number | null
  points: number
}

/** Writes down what an answer is worth. `points_earned` is the seed's whole number; `credit` is exact. */
export function setMark(db: Writer, responseId: Id, { credit, points }: Mark) {
  return db
    .updateTable('responses')
    .set({
      credit,
      is_correct: credit === null ? null : credit === 1,
      points_earned: credit === null ? null : Math.round(credit * points),
    })
    .where('id', '=', responseId)
    .execute()
}

function reports(db: Reader, scope: Scope) {
  return db
    .selectFrom('attempts')
    .innerJoin('papers', 'papers.id', 'attempts.paper_id')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'attempts.beneficiary_id')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .leftJoin('assessment_results', 'assessment_results.attempt_id', 'attempts.id')
    .select([
      'attempts.id as attemptId',
      'attempts.assessment_id as assessmentId',
      'papers.title',
      'attempts.beneficiary_id as beneficiaryId',
      'users.name as beneficiaryName',
      'attempts.attempt_number as attemptNumber',
      'attempts.state',
      'assessment_results.score',
      sql<number>`coalesce(assessment_results.max_score, papers.max_score)`.as('maxScore'),
      'assessment_results.percentage',
      'assessment_results.passed',
      'assessment_results.override_reason as overrideReason',
      sql<number>`attempts.used_ms / 1000`.as('timeTaken'),
      'attempts.started_at as startedAt',
      'attempts.submitted_at as submittedAt',
    ])
    .where('attempts.organization_id', '=', scope.organizationId)
    .where(reachesLearner(scope, 'attempts.beneficiary_id'))
}

/** One page, newest attempts first. */
export async function listResults(db: Reader, scope: Scope, input: ListResults) {
  let query = reports(db, scope)
  if (input.assessmentId) query = query.where('attempts.assessment_id', '=', input.assessmentId)
  if (input.beneficiaryId) query = query.where('attempts.beneficiary_id', '=', input.beneficiaryId)
  query = query.where('attempts.is_practice', '=', input.isPractice ?? false)
  query = query.where('attempts.state', input.state ? '=' : '!=', input.state ?? 'running')
  const name = fold(input.search)
  if (name !== '') {
    query = query
      .innerJoin('people_index', 'people_index.beneficiary_id', 'attempts.beneficiary_id')
      .where(sql<SqlBool>`instr(people_index.sort_name, ${name}) > 0`)
  }
  if (input.after) {
    const [startedAt, id] = readPageKey(input.after, ['string', 'number'])
    query = query.where(sql<SqlBool>`(attempts.started_at, attempts.id) < (${startedAt}, ${id})`)
  }
  const rows = await query
    .orderBy('attempts.started_at', 'desc')
    .orderBy('attempts.id', 'desc')
    .limit(input.limit)
    .execute()
  const last = rows[input.limit - 1]
  return { rows: rows.map(withOverrideMark), next: last ? pageKey([last.startedAt, last.attemptId]) : null }
}

export async function reportOf(db: Reader, scope: Scope, attemptId: Id) {
  const report = await reports(db, scope).where('attempts.id', '=', attemptId).executeTakeFirst()
  return report && withOverrideMark(report)
}

function withOverrideMark<Row extends { overrideReason: string | null }>({ overrideReason, ...row }: Row) {
  return { ...row, isOverridden: overrideReason !== null }
}

/** The result that somebody set and nobody has taken back. */
export async function overrideOf(db: Reader, attemptId: Id) {
  const last = await db
    .selectFrom('marks')
    .leftJoin('users', 'users.id', 'marks.user_id')
    .select(['marks.kind', 'marks.points', 'marks.reason', 'marks.user_id as userId', 'users.name as userName'])
    .where('marks.attempt_id', '=', attemptId)
    .where('marks.response_id', 'is', null)
    .where('marks.kind', 'in', ['override', 'withdrawn'])
    .orderBy('marks.created_at', 'desc')
    .orderBy('marks.id', 'desc')
    .executeTakeFirst()
  if (last?.kind !== 'override' || last.points === null) return undefined
  return { score: last.points, reason: last.reason ?? '', userId: last.userId, userName: last.userName }
}

export async function countWaiting(db: Reader, scope: Scope) {
  const { count } = await db
    .selectFrom('attempts')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('organization_id', '=', scope.organizationId)
    .where(reachesLearner(scope, 'attempts.beneficiary_id'))
    .where('state', '=', 'handed_in')
    .where('is_practice', '=', false)
    .executeTakeFirstOrThrow()
  return count
}

/** An answer of a learner within reach, or one that a second opinion was asked for and that any trainer may give. */
export function responseById(db: Reader, scope: Scope, responseId: Id) {
  return db
    .selectFrom('responses')
    .select(['id', 'attempt_id as attemptId', 'question_id as questionId'])
    .where('organization_id', '=', scope.organizationId)
    .where('id', '=', responseId)
    .where(reachesAnswer(scope))
    .executeTakeFirst()
}

export function setAttemptState(db: Writer, attemptId: Id, state: AttemptState, now: string) {
  return db.updateTable('attempts').set({ state, updated_at: now }).where('id', '=', attemptId).execute()
}
