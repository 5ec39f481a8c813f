import * as z from 'zod'
import type { Id } from '../../../shared/contract/base.ts'
import { LockMinutes } from '../../../shared/contract/sign-in.ts'
import type { Role } from '../../../shared/roles.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { organizationById, organizationRows, setOrganizationSettings } from '../organizations/queries.ts'

/** The `signIn` part of an organization's settings. */
const Stored = z.object({
  trainerLockMinutes: LockMinutes.default(5),
  adminLockMinutes: LockMinutes.default(3),
  /** Ed25519, 32 bytes in base64url; null until an administrator has set it. */
  headOfficeKey: z.string().nullable().default(null),
})
export type SignInRules = z.infer<typeof Stored>

const All = z.record(z.string(), z.json()).catch({})

export async function signInRules(db: Reader, organizationId: Id | null): Promise<SignInRules> {
  const organization = organizationId === null ? undefined : await organizationById(db, organizationId)
  return Stored.safeParse(All.parse(organization?.settings).signIn).data ?? Stored.parse({})
}

/** Whether head office can answer anybody here. Not asked of one account: that would tell which addresses are somebody's. */
export async function hasHeadOffice(db: Reader): Promise<boolean> {
  for (const { id } of await organizationRows(db)) {
    if ((await signInRules(db, id)).headOfficeKey !== null) return true
  }
  return false
}

/** Changes these and leaves everything else in the organization's settings as it is. */
export async function changeSignInRules(db: Writer, organizationId: Id, changes: Partial<SignInRules>, now: string) {
  const organization = await organizationById(db, organizationId)
  const signIn = { ...(await signInRules(db, organizationId)), ...changes }
  await setOrganizationSettings(db, organizationId, { ...All.parse(organization?.settings), signIn }, now)
  return signIn
}

/** Learners are not locked out of an exam for thinking; what they see is their own. */
export function lockAfter(rules: SignInRules, role: Role): number | null {
  if (role === 'student') return null
  return 60 * (role === 'trainer' ? rules.trainerLockMinutes : rules.adminLockMinutes)
}
