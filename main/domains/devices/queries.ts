import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'

/** Sessions that act in the organization, wherever their owner is from. */
function live(db: Reader, organizationId: Id, now: string) {
  return db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .leftJoin('beneficiaries', 'beneficiaries.id', 'sessions.beneficiary_id')
    .leftJoin('users as learners', 'learners.id', 'beneficiaries.user_id')
    .select((eb) => [
      'sessions.id as sessionId',
      'sessions.kind',
      'users.name as userName',
      'users.role',
      'learners.name as learnerName',
      'sessions.device_name as deviceName',
      eb.fn.coalesce('sessions.user_agent', eb.val('')).as('userAgent'),
      eb.fn.coalesce('sessions.ip_address', eb.val('')).as('ipAddress'),
      'sessions.created_at as since',
      'sessions.last_activity as lastActivity',
    ])
    .where(sql<Id>`coalesce(sessions.entered_organization_id, users.organization_id)`, '=', organizationId)
    .where('sessions.expires_at', '>', now)
}

export function devicesOf(db: Reader, organizationId: Id, now: string) {
  return live(db, organizationId, now)
    .orderBy('sessions.last_activity', 'desc')
    .orderBy('sessions.id', 'desc')
    .limit(1000)
    .execute()
}

export function deviceOf(db: Reader, organizationId: Id, sessionId: Id, now: string) {
  return live(db, organizationId, now).where('sessions.id', '=', sessionId).executeTakeFirst()
}
