import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'

/** Those who sign in with a password and look after others. */
export function accountsOf(db: Reader, organizationId: Id) {
  return db
    .selectFrom('users')
    .select(['id', 'name', 'email', 'role', 'is_verified as isVerified'])
    .where('organization_id', '=', organizationId)
    .where('role', 'in', ['super_admin', 'admin', 'trainer'])
    .where('is_active', '=', true)
    .orderBy('name')
    .execute()
}

export function setVerifiedMark(db: Writer, id: Id, isVerified: boolean, now: string) {
  return db.updateTable('users').set({ is_verified: isVerified, updated_at: now }).where('id', '=', id).execute()
}

export function unreadNotices(db: Reader, userId: Id) {
  return db
    .selectFrom('notifications')
    .select(['id', 'data', 'created_at as at'])
    .where('user_id', '=', userId)
    .where('type', '=', 'security')
    .where('is_read', '=', false)
    .orderBy('id', 'desc')
    .execute()
}

export function readNotices(db: Writer, userId: Id, now: string) {
  return db
    .updateTable('notifications')
    .set({ is_read: true, read_at: now })
    .where('user_id', '=', userId)
    .where('type', '=', 'security')
    .where('is_read', '=', false)
    .execute()
}
