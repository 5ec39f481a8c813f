import type { Id } from '../../../shared/contract/base.ts'
import type { StaffRole } from '../../../shared/contract/identity.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import { changeable, endWork, refuseElsewhere, refuseLockOut } from './colleagues.ts'
import { setActive, setRole, staffOf } from './queries.ts'

export async function listUsers({ db, actor }: ReadContext) {
  return staffOf(db, organizationOf(actor))
}

export async function setUserActive({ db, actor, now, about }: WriteContext, input: { id: Id; isActive: boolean }) {
  await refuseElsewhere(db)
  const user = await changeable(db, actor, input.id)
  await setActive(db, user.id, input.isActive, now)
  await refuseLockOut(db, user)
  if (!input.isActive) await endWork(db, user.id, now)
  about(user.id, { isActive: input.isActive })
  return {}
}

export async function setUserRole({ db, actor, now, about }: WriteContext, { id, role }: { id: Id; role: StaffRole }) {
  await refuseElsewhere(db)
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
