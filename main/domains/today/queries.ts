import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { DaySpan } from '../../../shared/contract/today.ts'
import type { Reader } from '../../database/database.ts'
import { isNotInTrash, reachesAssessment, type Scope } from '../../scope.ts'
import { type DocumentScope, isDocument, mayManage } from '../documents/reach.ts'

/** Of documents that others share with the caller, and of those the caller has shared and may still share. */
export function sharesEnding(db: Reader, scope: DocumentScope, until: string) {
  return db
    .selectFrom('document_shares')
    .innerJoin('documents', 'documents.id', 'document_shares.document_id')
    .innerJoin('users', 'users.id', 'document_shares.shared_with')
    .select((eb) => [
      'document_shares.id as shareId',
      'documents.id as documentId',
      'documents.filename',
      eb.case().when('users.id', '=', scope.userId).then(null).else(eb.ref('users.name')).end().as('withName'),
      sql<string>`document_shares.expires_at`.as('endsAt'),
    ])
    .where((eb) =>
      eb.or([
        eb('document_shares.shared_with', '=', scope.userId),
        eb.and([eb('document_shares.shared_by', '=', scope.userId), mayManage(scope)]),
      ]),
    )
    .where('document_shares.organization_id', '=', scope.organizationId)
    .where('document_shares.expires_at', '>', scope.now)
    .where('document_shares.expires_at', '<=', until)
    .where('documents.deleted_at', 'is', null)
    .where(isDocument)
    .orderBy('document_shares.expires_at')
    .orderBy('document_shares.id')
    .limit(20)
    .execute()
}

export function assessmentsOfDay(db: Reader, scope: Scope, { from, until }: DaySpan) {
  return db
    .selectFrom('assessments')
    .leftJoin('groups', 'groups.id', 'assessments.group_id')
    .select([
      'assessments.id',
      'assessments.title',
      'groups.name as groupName',
      'assessments.scheduled_for as opensAt',
      'assessments.closes_at as closesAt',
    ])
    .where('assessments.organization_id', '=', scope.organizationId)
    .where('assessments.status', 'in', ['published', 'in_progress'])
    .where((eb) =>
      eb.or([
        eb.and([eb('scheduled_for', '>=', from), eb('scheduled_for', '<', until)]),
        eb.and([eb('closes_at', '>=', from), eb('closes_at', '<', until)]),
      ]),
    )
    .where(reachesAssessment(scope, 'assessments.id'))
    .orderBy(sql`coalesce(scheduled_for, closes_at)`)
    .orderBy('assessments.id')
    .limit(20)
    .execute()
}

export async function countUnverified(db: Reader, organizationId: Id): Promise<number> {
  const { count } = await db
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('organization_id', '=', organizationId)
    .where('role', 'in', ['super_admin', 'admin', 'trainer'])
    .where('is_active', '=', true)
    .where('is_verified', '=', false)
    .executeTakeFirstOrThrow()
  return count
}

/** Open requests of people about their data, and how many of them are late on this day. */
export function countRequests(db: Reader, organizationId: Id, day: string) {
  return db
    .selectFrom('privacy_requests')
    .select((eb) => [
      eb.fn.countAll<number>().as('requests'),
      sql<number>`count(case when due_on < ${day} then 1 end)`.as('lateRequests'),
    ])
    .where('organization_id', '=', organizationId)
    .where('done_at', 'is', null)
    .executeTakeFirstOrThrow()
}

export async function countOfferedTo(db: Reader, { organizationId }: Scope, userId: Id): Promise<number> {
  const { count } = await db
    .selectFrom('handovers')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('to_trainer_id', '=', userId)
    .where('status', '=', 'open')
    .where('organization_id', '=', organizationId)
    .where(isNotInTrash('handovers.beneficiary_id'))
    .executeTakeFirstOrThrow()
  return count
}

export async function begunWithin(db: Reader, scope: Scope) {
  const { organizationId, trainerId } = scope
  let people = db.selectFrom('people_index').select('beneficiary_id').where('organization_id', '=', organizationId)
  if (trainerId !== null) people = people.where('trainer_id', '=', trainerId)
  const assessment = db
    .selectFrom('assessments')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('status', '!=', 'draft')
  const attempt = db.selectFrom('attempts').select('id').where('organization_id', '=', organizationId)
  return {
    people: (await people.limit(1).executeTakeFirst()) !== undefined,
    assessments: (await assessment.limit(1).executeTakeFirst()) !== undefined,
    attempts: (await attempt.limit(1).executeTakeFirst()) !== undefined,
  }
}
