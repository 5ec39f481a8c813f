import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, organizationOf } from '../../actor.ts'

/** Whose messages a call is about: those of this person in the organization they work in, and no others. */
export interface Self {
  userId: Id
  organizationId: Id
  kind: 'admin' | 'trainer' | 'student'
}

export function selfOf(actor: Actor): Self {
  const organizationId = organizationOf(actor)
  const { kind, userId } = actor
  if (userId === null) throw new Refusal('forbidden', 'door.forbidden')
  if (kind === 'super_admin') return { userId, organizationId, kind: 'admin' }
  if (kind === 'admin' || kind === 'trainer' || kind === 'student') return { userId, organizationId, kind }
  throw new Refusal('forbidden', 'door.forbidden')
}

/**
 * Whether somebody in `users` may be written to: the staff write to each other, a trainer and their learners to each other,
 * the administrators to everybody and everybody to them.
 */
export function mayBeWrittenTo(self: Self): RawBuilder<SqlBool> {
  return sql<SqlBool>`(
    users.is_active = 1 and users.organization_id = ${self.organizationId} and users.id != ${self.userId}
    and users.id not in (select user_id from beneficiaries where deleted_at is not null and user_id is not null)
    and ${withinReach(self)}
  )`
}

function withinReach({ kind, userId, organizationId }: Self): RawBuilder<SqlBool> {
  if (kind === 'admin') return sql<SqlBool>`true`
  if (kind === 'trainer') {
    return sql<SqlBool>`(users.role != 'student' or users.id in (
      select user_id from beneficiaries where organization_id = ${organizationId} and trainer_id = ${userId}
    ))`
  }
  return sql<SqlBool>`(users.role in ('super_admin', 'admin') or users.id in (
    select trainer_id from beneficiaries where organization_id = ${organizationId} and user_id = ${userId}
  ))`
}
