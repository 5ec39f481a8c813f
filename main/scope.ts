import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Id } from '../shared/contract/base.ts'
import { Refusal } from '../shared/refusal.ts'
import { type Actor, organizationOf } from './actor.ts'

/** Whose rows a call of the staff reaches; every query about learners is confined by one. */
export interface Scope {
  organizationId: Id
  /** Only this trainer's people and what tells about them; null: everybody of the organization. */
  trainerId: Id | null
}

export function scopeOf(actor: Actor): Scope {
  const organizationId = organizationOf(actor)
  if (actor.kind === 'admin' || actor.kind === 'super_admin') return wholeOrganization(organizationId)
  if (actor.kind === 'trainer' && actor.userId !== null) return { organizationId, trainerId: actor.userId }
  throw new Refusal('forbidden', 'door.forbidden')
}

/** For what no single learner's trainer decides: the names on a kiosk, or the paper that a learner takes. */
export function wholeOrganization(organizationId: Id): Scope {
  return { organizationId, trainerId: null }
}

/** Whether nobody has put the learner that a column names in the trash; true where it names none. */
export function isNotInTrash(column: string): RawBuilder<SqlBool> {
  const named = sql.ref(column)
  return sql<SqlBool>`(${named} is null or ${named} not in (select id from beneficiaries where deleted_at is not null))`
}

/** Whether the learner that a column names is within reach: whoever is in the trash is reached by nobody. */
export function reachesLearner(scope: Scope, column: string): RawBuilder<SqlBool> {
  if (scope.trainerId === null) return isNotInTrash(column)
  return sql<SqlBool>`${sql.ref(column)} in (${ownPeople(scope)} and deleted_at is null)`
}

/** The same for whoever is in the trash as well. */
export function reachesLearnerOrTrash(scope: Scope, column: string): RawBuilder<SqlBool> {
  if (scope.trainerId === null) return sql<SqlBool>`true`
  return sql<SqlBool>`${sql.ref(column)} in (${ownPeople(scope)})`
}

function ownPeople({ organizationId, trainerId }: Scope) {
  return sql`select id from beneficiaries where organization_id = ${organizationId} and trainer_id = ${trainerId}`
}

/** The same, looked up row by row: for few rows, where gathering all of a trainer's people first would take longer. */
export function reachesEachLearner({ organizationId, trainerId }: Scope, column: string): RawBuilder<SqlBool> {
  if (trainerId === null) return isNotInTrash(column)
  return sql<SqlBool>`exists (
    select 1 from beneficiaries as reached
    where reached.id = ${sql.ref(column)} and reached.trainer_id = ${trainerId}
      and reached.organization_id = ${organizationId} and reached.deleted_at is null
  )`
}

/** Whether the assessment that a column names is within reach: one for a single learner is as far away as they are. */
export function reachesAssessment(scope: Scope, column: string): RawBuilder<SqlBool> {
  if (scope.trainerId === null) {
    return sql<SqlBool>`${sql.ref(column)} not in (
      select id from assessments
      where beneficiary_id in (select id from beneficiaries where deleted_at is not null)
    )`
  }
  return sql<SqlBool>`${sql.ref(column)} in (
    select id from assessments
    where organization_id = ${scope.organizationId}
      and (beneficiary_id is null or ${reachesLearner(scope, 'beneficiary_id')})
  )`
}

/** Whether an answer can be marked: a second opinion that was asked for is any trainer's to give, without the name. */
export function reachesAnswer(scope: Scope): RawBuilder<SqlBool> {
  if (scope.trainerId === null) return reachesEachLearner(scope, 'responses.beneficiary_id')
  return sql<SqlBool>`(${reachesEachLearner(scope, 'responses.beneficiary_id')} or (
    responses.credit is null and ${isNotInTrash('responses.beneficiary_id')}
    and exists (select 1 from marks where marks.response_id = responses.id and marks.kind = 'asked')
  ))`
}

/** Whether an attempt is within reach of somebody who supervises: also one that was begun in the open room they hold. */
export function reachesAttempt(scope: Scope): RawBuilder<SqlBool> {
  if (scope.trainerId === null) return reachesLearner(scope, 'attempts.beneficiary_id')
  return sql<SqlBool>`(${reachesLearner(scope, 'attempts.beneficiary_id')} or attempts.classroom_session_id in (
    select id from classroom_sessions where user_id = ${scope.trainerId} and ended_at is null
  ))`
}
