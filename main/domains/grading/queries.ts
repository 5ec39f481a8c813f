import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { RubricChoice } from '../../../shared/rubric.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import type { MarksTable } from '../../database/tables.ts'
import { reachesAnswer, reachesLearner, type Scope } from '../../scope.ts'

interface NewMark {
  organizationId: Id
  attemptId: Id
  /** Null: about the result as a whole. */
  responseId: Id | null
  kind: MarksTable['kind']
  points?: number | null
  tolerance?: number | null
  comment?: string | null
  rubric?: RubricChoice | null
  reason?: string | null
  userId: Id | null
}

/** Marks are only ever added: who gave what stays known. */
export async function insertMark(db: Writer, mark: NewMark, now: string) {
  await db
    .insertInto('marks')
    .values({
      id: await mintId(db, 'marks'),
      organization_id: mark.organizationId,
      attempt_id: mark.attemptId,
      response_id: mark.responseId,
      kind: mark.kind,
      points: mark.points ?? null,
      tolerance: mark.tolerance ?? null,
      comment: mark.comment ?? null,
      rubric: mark.rubric ?? null,
      reason: mark.reason ?? null,
      user_id: mark.userId,
      created_at: now,
    })
    .execute()
}

function marks(db: Reader) {
  return db
    .selectFrom('marks')
    .leftJoin('users', 'users.id', 'marks.user_id')
    .select([
      'marks.response_id as responseId',
      'marks.attempt_id as attemptId',
      'marks.kind',
      'marks.points',
      'marks.tolerance',
      'marks.comment',
      'marks.rubric',
      'marks.reason',
      'marks.user_id as userId',
      'users.name as graderName',
      'marks.created_at as createdAt',
    ])
    .$narrowType<{ rubric: RubricChoice | null }>()
    .orderBy('marks.created_at')
    .orderBy('marks.id')
}

export function marksOfResponse(db: Reader, responseId: Id) {
  return marks(db).where('marks.response_id', '=', responseId).execute()
}

export function marksOfAttempt(db: Reader, attemptId: Id) {
  return marks(db).where('marks.attempt_id', '=', attemptId).execute()
}

export function marksOfAssessment(db: Reader, assessmentId: Id) {
  return marks(db)
    .innerJoin('attempts', 'attempts.id', 'marks.attempt_id')
    .where('attempts.assessment_id', '=', assessmentId)
    .where('marks.response_id', 'is not', null)
    .execute()
}

/** Answers that nobody's mark counts for yet, of ended attempts that are no practice. */
function waiting(db: Reader, scope: Scope) {
  return db
    .selectFrom('attempts')
    .innerJoin('responses', 'responses.attempt_id', 'attempts.id')
    .where('attempts.organization_id', '=', scope.organizationId)
    .where(reachesAnswer(scope))
    .where('attempts.state', '=', 'handed_in')
    .where('attempts.is_practice', '=', false)
    .where('responses.credit', 'is', null)
    .where('responses.question_id', 'is not', null)
    .$narrowType<{ question_id: Id }>()
}

export async function countWaitingAnswers(db: Reader, scope: Scope): Promise<number> {
  const { count } = await waiting(db, scope)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

export function waitingAnswers(db: Reader, scope: Scope, assessmentId: Id) {
  return waiting(db, scope)
    .innerJoin('beneficiaries', 'beneficiaries.id', 'attempts.beneficiary_id')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .select([
      'responses.id as responseId',
      sql<Id>`responses.question_id`.as('questionId'),
      'attempts.id as attemptId',
      'attempts.beneficiary_id as beneficiaryId',
      'users.name as learnerName',
      sql<0 | 1>`${reachesLearner(scope, 'attempts.beneficiary_id')}`.as('isReached'),
      sql<string>`coalesce(responses.answer, '')`.as('answer'),
    ])
    .where('attempts.assessment_id', '=', assessmentId)
    .execute()
}

export function waitingPlaces(db: Reader, scope: Scope) {
  return waiting(db, scope)
    .innerJoin('assessments', 'assessments.id', 'attempts.assessment_id')
    .select([
      'responses.id as responseId',
      'assessments.id as assessmentId',
      'assessments.title',
      sql<Id>`responses.question_id`.as('questionId'),
    ])
    .orderBy('assessments.title')
    .orderBy('assessments.id')
    .execute()
}

/** Answers of ended attempts that a person has marked, for a second opinion. */
export function markedAnswers(db: Reader, scope: Scope, assessmentId: Id) {
  return db
    .selectFrom('responses')
    .innerJoin('attempts', 'attempts.id', 'responses.attempt_id')
    .select(['responses.id as responseId', 'attempts.id as attemptId', 'responses.question_id as questionId'])
    .where('attempts.organization_id', '=', scope.organizationId)
    .where(reachesLearner(scope, 'attempts.beneficiary_id'))
    .where('attempts.assessment_id', '=', assessmentId)
    .where('attempts.is_practice', '=', false)
    .where('attempts.state', '!=', 'running')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('marks')
          .select('marks.id')
          .whereRef('marks.response_id', '=', 'responses.id')
          .where('kind', '=', 'mark'),
      ),
    )
    .execute()
}

/** Everybody who has an attempt at the assessment. */
export async function learnersOf(db: Reader, assessmentId: Id): Promise<Id[]> {
  const rows = await db
    .selectFrom('attempts')
    .select('beneficiary_id as id')
    .distinct()
    .where('assessment_id', '=', assessmentId)
    .execute()
  return rows.map(({ id }) => id)
}
