import type { Id } from '../../../shared/contract/base.ts'
import type { CreateOrganization } from '../../../shared/contract/organizations.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, organizationOf } from '../../actor.ts'
import type { PreparedMutation, ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { insertUser, userByEmail } from '../identity/queries.ts'
import {
  deleteSessionsIn,
  firstOrganization,
  insertOrganization,
  organizationById,
  organizationRows,
  setAdmin,
  setEntered,
  setOrganizationActive,
  setOrganizationName,
} from './queries.ts'
import { isPracticeCentre } from './settings.ts'

export async function list({ db, actor }: ReadContext) {
  const rows = await organizationRows(db)
  return rows.map((row) => ({ ...row, isEntered: row.id === actor.organizationId }))
}

export const create: PreparedMutation<CreateOrganization, { id: Id }> = {
  async prepare({ passwords }, { name, adminName, email, password }) {
    const passwordHash = await passwords.hash(password)

    return async ({ db, now, about }) => {
      const first = await firstOrganization(db)
      if (isPracticeCentre(first?.settings)) throw new Refusal('conflict', 'organization.notInPractice')
      if (await userByEmail(db, email)) throw new Refusal('conflict', 'identity.emailTaken', { email })
      const id = await insertOrganization(db, name, {}, now)
      const admin = { organizationId: id, name: adminName, email, role: 'admin' as const, passwordHash }
      await setAdmin(db, id, await insertUser(db, admin, now))
      about(id)
      return { id }
    }
  },
}

export async function rename({ db, actor, now, about }: WriteContext, { id, name }: { id: Id; name: string }) {
  await known(db, actor, id)
  await setOrganizationName(db, id, name, now)
  about(id)
  return {}
}

export async function setActive(
  { db, actor, now, about }: WriteContext,
  { id, isActive }: { id: Id; isActive: boolean },
) {
  await known(db, actor, id)
  if (!isActive && id === organizationOf(actor)) throw new Refusal('conflict', 'organization.isEntered')
  await setOrganizationActive(db, id, isActive, now)
  if (!isActive) await deleteSessionsIn(db, id)
  about(id, { isActive })
  return {}
}

export async function enter({ db, actor, about }: WriteContext, { id }: { id: Id }) {
  const { isActive } = await known(db, actor, id)
  if (!isActive) throw new Refusal('conflict', 'organization.inactive')
  if (actor.sessionId !== null) await setEntered(db, actor.sessionId, id)
  about(id)
  return {}
}

/** Another organization is missing for everybody but a super admin, so that ids cannot be probed. */
async function known(db: Reader, actor: Actor, id: Id) {
  const isReached = actor.kind === 'super_admin' || id === actor.organizationId
  const organization = isReached ? await organizationById(db, id) : undefined
  if (!organization) throw new Refusal('notFound', 'organization.notFound')
  return organization
}
