import type { Id } from '../../../shared/contract/base.ts'
import type { GoalFields, GoalState } from '../../../shared/contract/goals.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import { reachesLearner, type Scope } from '../../scope.ts'

/** What is open comes first, by the day it is due. */
export function goalsOf(db: Reader, beneficiaryId: Id) {
  return db
    .selectFrom('goals')
    .leftJoin('assessments', 'assessments.id', 'goals.assessment_id')
    .leftJoin('users', 'users.id', 'goals.written_by')
    .select((eb) => [
      'goals.id',
      'goals.title',
      eb.fn.coalesce('measure', eb.val('')).as('measure'),
      'target_date as targetDate',
      'goals.status',
      'assessment_id as assessmentId',
      'assessments.title as assessmentTitle',
      'category',
      'target',
      'users.name as writtenBy',
      'goals.updated_at as updatedAt',
    ])
    .where('goals.beneficiary_id', '=', beneficiaryId)
    .orderBy((eb) => eb('goals.status', '!=', 'open'))
    .orderBy((eb) => eb('target_date', 'is', null))
    .orderBy('target_date')
    .orderBy('goals.id')
    .limit(200)
    .$narrowType<{ status: GoalState }>()
    .execute()
}

export function goalWithin(db: Reader, scope: Scope, id: Id) {
  return db
    .selectFrom('goals')
    .select(['id', 'assessment_id as assessmentId', 'updated_at as updatedAt'])
    .where('organization_id', '=', scope.organizationId)
    .where('id', '=', id)
    .where(reachesLearner(scope, 'goals.beneficiary_id'))
    .executeTakeFirst()
}

interface NewGoal extends GoalFields {
  organizationId: Id
  beneficiaryId: Id
  writtenBy: Id | null
}

export async function insertGoal(db: Writer, goal: NewGoal, now: string) {
  const id = await mintId(db, 'goals')
  await db
    .insertInto('goals')
    .values({
      id,
      organization_id: goal.organizationId,
      beneficiary_id: goal.beneficiaryId,
      written_by: goal.writtenBy,
      ...columnsOf(goal),
      created_at: now,
      updated_at: now,
    })
    .execute()
  return id
}

export function updateGoal(db: Writer, id: Id, fields: GoalFields, now: string) {
  return db
    .updateTable('goals')
    .set({ ...columnsOf(fields), updated_at: now })
    .where('id', '=', id)
    .execute()
}

export function setGoalStatus(db: Writer, id: Id, status: GoalState, now: string) {
  return db.updateTable('goals').set({ status, updated_at: now }).where('id', '=', id).execute()
}

export function deleteGoal(db: Writer, id: Id) {
  return db.deleteFrom('goals').where('id', '=', id).execute()
}

function columnsOf({ title, measure, targetDate, assessmentId, category, target }: GoalFields) {
  return {
    title,
    measure: measure || null,
    target_date: targetDate,
    assessment_id: assessmentId,
    category,
    target,
  }
}
