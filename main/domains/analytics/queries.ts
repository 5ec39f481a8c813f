import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'
import { reachesLearner, type Scope } from '../../scope.ts'

/** Graded attempts of learners within reach that count, in the order in which each learner took them. */
export function gradedAttempts(db: Reader, scope: Scope, asked: { assessmentId: Id; groupId?: Id | undefined }) {
  let query = db
    .selectFrom('attempts')
    .leftJoin('assessment_results', 'assessment_results.attempt_id', 'attempts.id')
    .select([
      'attempts.id as attemptId',
      'attempts.beneficiary_id as beneficiaryId',
      'attempts.draw',
      'assessment_results.percentage',
      'assessment_results.passed',
    ])
    .where('attempts.organization_id', '=', scope.organizationId)
    .where(reachesLearner(scope, 'attempts.beneficiary_id'))
    .where('attempts.assessment_id', '=', asked.assessmentId)
    .where('attempts.state', '=', 'graded')
    .where('attempts.is_practice', '=', false)
  const { groupId } = asked
  if (groupId !== undefined) {
    query = query.where('attempts.beneficiary_id', 'in', (members) =>
      members
        .selectFrom('group_members')
        .select('beneficiary_id')
        .where('organization_id', '=', scope.organizationId)
        .where('group_id', '=', groupId),
    )
  }
  return query.orderBy('attempts.beneficiary_id').orderBy('attempts.attempt_number').execute()
}

/** All answers to an assessment, of attempts that are running too. */
export function answersTo(db: Reader, organizationId: Id, assessmentId: Id) {
  return db
    .selectFrom('responses')
    .select((eb) => [
      'attempt_id as attemptId',
      'question_id as questionId',
      eb.fn.coalesce('answer', eb.val('')).as('answer'),
      'credit',
    ])
    .where('organization_id', '=', organizationId)
    .where('assessment_id', '=', assessmentId)
    .where('attempt_id', 'is not', null)
    .where('question_id', 'is not', null)
    .$narrowType<{ attemptId: Id; questionId: Id }>()
    .execute()
}

/** The paper with the newest key. */
export function latestPaper(db: Reader, organizationId: Id, assessmentId: Id) {
  return db
    .selectFrom('papers')
    .select(['title', 'questions', 'max_score as maxScore'])
    .where('organization_id', '=', organizationId)
    .where('assessment_id', '=', assessmentId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}
