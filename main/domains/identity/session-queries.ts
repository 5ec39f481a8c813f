import type { Id } from '../../../shared/contract/base.ts'
import type { Role } from '../../../shared/roles.ts'
import type { Reader, Writer } from '../../database/database.ts'

export function lockSession(db: Writer, id: Id, now: string) {
  return db.updateTable('sessions').set({ locked_at: now }).where('id', '=', id).execute()
}

export function openSession(db: Writer, id: Id, tokenDigest: string, now: string) {
  return db
    .updateTable('sessions')
    .set({ token: tokenDigest, locked_at: null, last_activity: now })
    .where('id', '=', id)
    .execute()
}

/** Where this account is signed in, the latest first. */
export function sessionsOf(db: Reader, userId: Id, now: string) {
  return db
    .selectFrom('sessions')
    .select([
      'id',
      'kind',
      'user_agent as userAgent',
      'ip_address as ipAddress',
      'last_activity as lastActivity',
      'locked_at as lockedAt',
      'created_at as createdAt',
    ])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .where('kind', '!=', 'room')
    .orderBy('last_activity', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** How many are gone: none when the session is somebody else's. */
export async function deleteOwnSession(db: Writer, userId: Id, id: Id): Promise<number> {
  const deleted = await db.deleteFrom('sessions').where('id', '=', id).where('user_id', '=', userId).execute()
  return deleted.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), 0)
}

/** The devices of a room stay: their learners are in the middle of something. */
export async function deleteSessionsBut(db: Writer, userId: Id, keptId: Id): Promise<number> {
  const deleted = await db
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where('id', '!=', keptId)
    .where('kind', '!=', 'room')
    .execute()
  return deleted.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), 0)
}

export function setLockAfter(db: Writer, organizationId: Id, role: Role, seconds: number | null) {
  return db
    .updateTable('sessions')
    .set({ lock_after_seconds: seconds })
    .where('kind', '=', 'user')
    .where('user_id', 'in', (eb) =>
      eb.selectFrom('users').select('id').where('organization_id', '=', organizationId).where('role', '=', role),
    )
    .execute()
}
