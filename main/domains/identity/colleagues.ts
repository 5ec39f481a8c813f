import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, organizationOf } from '../../actor.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { endClassroomsOf } from '../classroom/queries.ts'
import { countActive, deleteSessionsOf, isErased, userById } from './queries.ts'

/** Every screen of theirs closes at once: their own, and the kiosks and the room they have opened. */
export async function endWork(db: Writer, userId: Id, now: string) {
  await deleteSessionsOf(db, userId)
  await endClassroomsOf(db, userId, now)
}

/**
 * The laptop of a trainer writes accounts of learners and the password of its own, a kiosk none: anything else the centre would
 * take back. `whose`: whose password it is; left out, it is about who works here, and as what.
 */
export async function refuseElsewhere(db: Reader, whose?: { id: Id; role: string }) {
  const device = await db.selectFrom('sync_state').select(['scope', 'trainer_id as trainerId']).executeTakeFirst()
  if (!device || device.scope === 'organization') return
  const isItsOwn = whose && (whose.role === 'student' || whose.id === device.trainerId)
  if (device.scope === 'trainer' && isItsOwn) return
  throw new Refusal('conflict', 'sync.accountElsewhere')
}

/** A colleague whose account the caller may change; anybody else is reported as missing. */
export async function changeable(db: Reader, actor: Actor, id: Id) {
  const user = await userById(db, id)
  if (!user || user.role === 'student' || (await isErased(db, id)) || user.organizationId !== organizationOf(actor)) {
    throw new Refusal('notFound', 'user.notFound')
  }
  if (user.role === 'super_admin' && actor.kind !== 'super_admin') {
    throw new Refusal('forbidden', 'identity.onlySuperAdmin')
  }
  return user
}

/** To be called after the change: somebody must be left who can undo it, here and in the installation. */
export async function refuseLockOut(db: Reader, { role, organizationId }: { role: string; organizationId: Id | null }) {
  if (role === 'super_admin' && (await countActive(db, ['super_admin'])) === 0) {
    throw new Refusal('conflict', 'identity.lastSuperAdmin')
  }
  if (organizationId !== null && (await countActive(db, ['admin', 'super_admin'], organizationId)) === 0) {
    throw new Refusal('conflict', 'identity.lastAdmin')
  }
}
