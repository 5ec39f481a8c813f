import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'
import { reachesLearner, type Scope } from '../../scope.ts'

/** What a report needs of attempts that are no practice, in the order in which each learner took them. */
function attempts(db: Reader, scope: Scope) {
  return db
    .selectFrom('attempts')
    .innerJoin('papers', 'papers.id', 'attempts.paper_id')
    .leftJoin('assessment_results', 'assessment_results.attempt_id', 'attempts.id')
    .select((eb) => [
      'attempts.id as attemptId',
      'attempts.assessment_id as assessmentId',
      'attempts.beneficiary_id as beneficiaryId',
      'attempts.attempt_number as attemptNumber',
      'attempts.state',
      'attempts.submitted_at as submittedAt',
      'papers.title',
      'assessment_results.score',
      eb.fn.coalesce('assessment_results.max_score', 'papers.max_score').as('maxScore'),
      'assessment_results.percentage',
      'assessment_results.passed',
      'assessment_results.override_reason as overrideReason',
    ])
    .where('attempts.organization_id', '=', scope.organizationId)
    .where('attempts.is_practice', '=', false)
    .where(reachesLearner(scope, 'attempts.beneficiary_id'))
}

export function attemptsAt(db: Reader, scope: Scope, assessmentId: Id) {
  return attempts(db, scope)
    .where('attempts.assessment_id', '=', assessmentId)
    .orderBy('attempts.beneficiary_id')
    .orderBy('attempts.attempt_number')
    .execute()
}

export function endedAttemptsOf(db: Reader, scope: Scope, beneficiaryId: Id) {
  return attempts(db, scope)
    .where('attempts.beneficiary_id', '=', beneficiaryId)
    .where('attempts.state', '!=', 'running')
    .where('attempts.submitted_at', 'is not', null)
    .$narrowType<{ submittedAt: string }>()
    .orderBy('attempts.submitted_at')
    .orderBy('attempts.id')
    .execute()
}

/** Those who are learning and can be given an assessment, in the order of names. */
function activePeople(db: Reader, scope: Scope) {
  return db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .innerJoin('people_index', 'people_index.beneficiary_id', 'beneficiaries.id')
    .where('beneficiaries.organization_id', '=', scope.organizationId)
    .where('beneficiaries.status', '=', 'active')
    .where(reachesLearner(scope, 'beneficiaries.id'))
}

interface Expected {
  assessmentId: Id
  /** Only those who are in all of these groups. */
  groupIds: readonly Id[]
  beneficiaryId: Id | null
}

/** Active people whom the assessment is for and who have no attempt that counts. */
function absent(db: Reader, scope: Scope, { assessmentId, groupIds, beneficiaryId }: Expected) {
  let query = activePeople(db, scope).where((eb) =>
    eb.not(
      eb.exists(
        eb
          .selectFrom('attempts')
          .select('attempts.id')
          .whereRef('attempts.beneficiary_id', '=', 'beneficiaries.id')
          .where('attempts.assessment_id', '=', assessmentId)
          .where('attempts.is_practice', '=', false),
      ),
    ),
  )
  if (beneficiaryId !== null) query = query.where('beneficiaries.id', '=', beneficiaryId)
  for (const groupId of groupIds) {
    query = query.where('beneficiaries.id', 'in', (members) =>
      members.selectFrom('group_members').select('beneficiary_id').where('group_id', '=', groupId),
    )
  }
  return query
}

export function absentPeople(db: Reader, scope: Scope, expected: Expected, limit: number) {
  return absent(db, scope, expected)
    .select(['beneficiaries.id as beneficiaryId', 'users.name'])
    .orderBy('people_index.sort_name')
    .orderBy('beneficiaries.id')
    .limit(limit)
    .execute()
}

export async function countAbsent(db: Reader, scope: Scope, expected: Expected): Promise<number> {
  const { count } = await absent(db, scope, expected)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Everybody with an attempt at the assessment, by name; of one group only, if it is asked for. */
export function peopleAt(db: Reader, scope: Scope, assessmentId: Id, groupId: Id | null) {
  let query = db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .innerJoin('people_index', 'people_index.beneficiary_id', 'beneficiaries.id')
    .select(['beneficiaries.id as beneficiaryId', 'users.name'])
    .where('beneficiaries.organization_id', '=', scope.organizationId)
    .where(reachesLearner(scope, 'beneficiaries.id'))
    .where('beneficiaries.id', 'in', (taken) =>
      taken
        .selectFrom('attempts')
        .select('beneficiary_id')
        .where('organization_id', '=', scope.organizationId)
        .where('assessment_id', '=', assessmentId)
        .where('is_practice', '=', false),
    )
  if (groupId !== null) {
    query = query.where('beneficiaries.id', 'in', (members) =>
      members.selectFrom('group_members').select('beneficiary_id').where('group_id', '=', groupId),
    )
  }
  return query.orderBy('people_index.sort_name').orderBy('beneficiaries.id').execute()
}
