import { type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { isSharedWith } from '../documents/reach.ts'

/** Whose notifications: those of this person in the organization they work in. */
export interface Reading {
  userId: Id
  organizationId: Id
}

export const notificationsShown = 50

export function notificationsOf(db: Reader, reading: Reading, before: Id | undefined) {
  const query = ownNotifications(db, reading)
    .select(['id', 'type', 'data', 'is_read as isRead', 'created_at as at'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(notificationsShown + 1)
  if (before === undefined) return query.execute()
  const last = sql`select last.created_at, last.id from notifications as last where last.id = ${before}`
  return query.where(sql<SqlBool>`(created_at, id) < (${last})`).execute()
}

function ownNotifications(db: Reader, { userId, organizationId }: Reading) {
  return db.selectFrom('notifications').where('user_id', '=', userId).where('organization_id', '=', organizationId)
}

export async function unreadNotifications(db: Reader, reading: Reading) {
  const { count } = await ownNotifications(db, reading)
    .where('is_read', '=', false)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const newest = await ownNotifications(db, reading)
    .select('id')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { count, newest: newest?.id ?? null }
}

export function ownNotification(db: Reader, reading: Reading, id: Id) {
  return ownNotifications(db, reading).select('id').where('id', '=', id).executeTakeFirst()
}

export function setRead(db: Writer, { userId, organizationId }: Reading, now: string, id?: Id) {
  const query = db
    .updateTable('notifications')
    .set({ is_read: true, read_at: now })
    .where('user_id', '=', userId)
    .where('organization_id', '=', organizationId)
    .where('is_read', '=', false)
  return (id === undefined ? query : query.where('id', '=', id)).execute()
}

/** Who wrote it and about what, of messages that are still there for their reader. */
export function messagesTold(db: Reader, { userId }: Reading, sendings: readonly string[]) {
  return db
    .selectFrom('messages')
    .leftJoin('users', 'users.id', 'messages.sender_id')
    .select(['messages.sending', 'messages.thread', 'messages.subject', 'users.name as from'])
    .where('messages.sending', 'in', [...sendings])
    .where('messages.recipient_id', '=', userId)
    .where('messages.hidden_by_recipient_at', 'is', null)
    .execute()
}

/** Appointments that are still theirs: those they hold, and those that are about them. */
export function appointmentsTold(db: Reader, { userId }: Reading, ids: readonly Id[]) {
  return db
    .selectFrom('appointments')
    .leftJoin('beneficiaries', 'beneficiaries.id', 'appointments.beneficiary_id')
    .select([
      'appointments.id',
      'appointments.title',
      'appointments.start_time as startTime',
      'appointments.recurrence',
    ])
    .where('appointments.id', 'in', [...ids])
    .where('appointments.deleted_at', 'is', null)
    .where('beneficiaries.deleted_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('appointments.trainer_id', '=', userId),
        eb('beneficiaries.user_id', '=', userId),
        eb('appointments.group_id', 'in', (own) =>
          own
            .selectFrom('group_members')
            .innerJoin('beneficiaries as members', 'members.id', 'group_members.beneficiary_id')
            .select('group_members.group_id')
            .where('members.user_id', '=', userId),
        ),
      ]),
    )
    .execute()
}

export function assessmentsTold(db: Reader, { organizationId }: Reading, ids: readonly Id[]) {
  return db
    .selectFrom('assessments')
    .select(['id', 'title'])
    .where('organization_id', '=', organizationId)
    .where('status', '!=', 'draft')
    .where('id', 'in', [...ids])
    .execute()
}

/** Documents that are shared with the reader at this moment. */
export function sharesTold(db: Reader, { userId, organizationId }: Reading, ids: readonly Id[], now: string) {
  return db
    .selectFrom('documents')
    .select(['documents.id', 'documents.filename'])
    .where('documents.organization_id', '=', organizationId)
    .where('documents.deleted_at', 'is', null)
    .where('documents.id', 'in', [...ids])
    .where(isSharedWith(userId, now))
    .execute()
}

/** Documents that the reader has shared with somebody. */
export function givenTold(db: Reader, { userId, organizationId }: Reading, ids: readonly Id[]) {
  return db
    .selectFrom('documents')
    .select(['documents.id', 'documents.filename'])
    .where('documents.organization_id', '=', organizationId)
    .where('documents.deleted_at', 'is', null)
    .where('documents.id', 'in', [...ids])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('document_shares')
          .select('document_shares.id')
          .whereRef('document_shares.document_id', '=', 'documents.id')
          .where('document_shares.shared_by', '=', userId),
      ),
    )
    .execute()
}

/** Whom the reader offered, or whose offer was about a person of theirs. */
export function handoversTold(db: Reader, { userId, organizationId }: Reading, ids: readonly Id[]) {
  return db
    .selectFrom('handovers')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'handovers.beneficiary_id')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .select([
      'handovers.id',
      'beneficiaries.id as beneficiaryId',
      'beneficiaries.trainer_id as trainerId',
      'users.name',
    ])
    .where('handovers.organization_id', '=', organizationId)
    .where('beneficiaries.deleted_at', 'is', null)
    .where('handovers.id', 'in', [...ids])
    .where((eb) => eb.or([eb('handovers.offered_by', '=', userId), eb('handovers.from_trainer_id', '=', userId)]))
    .execute()
}

export function namesTold(db: Reader, ids: readonly Id[]) {
  return db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
}

/** Files that are here and the reader's: those of a trainer's own people, and all of them for an administrator. */
export function peopleTold(db: Reader, { userId, organizationId }: Reading, ids: readonly Id[]) {
  return db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .select(['beneficiaries.id', 'users.name'])
    .where('beneficiaries.id', 'in', [...ids])
    .where('beneficiaries.organization_id', '=', organizationId)
    .where('beneficiaries.deleted_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('beneficiaries.trainer_id', '=', userId),
        eb.exists(
          eb
            .selectFrom('users as readers')
            .select('readers.id')
            .where('readers.id', '=', userId)
            .where('readers.role', 'in', ['admin', 'super_admin']),
        ),
      ]),
    )
    .execute()
}

export function attemptsTold(db: Reader, { userId }: Reading, ids: readonly Id[]) {
  return db
    .selectFrom('attempts')
    .innerJoin('assessments', 'assessments.id', 'attempts.assessment_id')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'attempts.beneficiary_id')
    .select(['attempts.id', 'assessments.title'])
    .where('attempts.id', 'in', [...ids])
    .where('beneficiaries.user_id', '=', userId)
    .execute()
}
