import type { Id } from '../../../shared/contract/base.ts'
import type { StaffRole } from '../../../shared/contract/identity.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { endClassroomsOf } from '../classroom/queries.ts'
import { countActive, deleteSessionsOf, setActive, setRole, staffOf, userById } from './queries.ts'

export async function listUsers({ db, actor }: ReadContext) {
  return staffOf(db, organizationOf(actor))
}

export async function setUserActive({ db, actor, now, about }: WriteContext, input: { id: Id; isActive: boolean }) {
  const user = await changeable(db, actor, input.id)
  await setActive(db, user.id, input.isActive, now)
  await refuseLockOut(db, user)
  if (!input.isActive) await endWork(db, user.id, now)
  about(user.id, { isActive: input.isActive })
  return {}
}

export async function setUserRole({ db, actor, now, about }: WriteContext, { id, role }: { id: Id; role: StaffRole }) {
  const user = await changeable(db, actor, id)
  if (role === 'super_admin' && actor.kind !== 'super_admin') {
    throw new Refusal('forbidden', 'identity.onlySuperAdmin')
  }
  await setRole(db, id, role, now)
  await refuseLockOut(db, user)
  if (user.role !== role) await endWork(db, id, now)
  about(id, { before: user.role, after: role })
  return {}
}

/** Every screen of theirs closes at once: their own, and the kiosks and the room they have opened. */
async function endWork(db: Writer, userId: Id, now: string) {
  await deleteSessionsOf(db, userId)
  await endClassroomsOf(db, userId, now)
}

/** A colleague whose account the caller may change; anybody else is reported as missing. */
async function changeable(db: Reader, actor: Actor, id: Id) {
  const user = await userById(db, id)
  if (!user || user.role === 'student' || user.organizationId !== organizationOf(actor)) {
    throw new Refusal('notFound', 'user.notFound')
  }
  if (user.role === 'super_admin' && actor.kind !== 'super_admin') {
    throw new Refusal('forbidden', 'identity.onlySuperAdmin')
  }
  return user
}

/** To be called after the change: somebody must be left who can undo it, here and in the installation. */
async function refuseLockOut(db: Reader, { role, organizationId }: { role: string; organizationId: Id | null }) {
  if (role === 'super_admin' && (await countActive(db, ['super_admin'])) === 0) {
    throw new Refusal('conflict', 'identity.lastSuperAdmin')
  }
  if (organizationId !== null && (await countActive(db, ['admin', 'super_admin'], organizationId)) === 0) {
    throw new Refusal('conflict', 'identity.lastAdmin')
  }
}
