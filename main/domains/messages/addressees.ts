import type { Id } from '../../../shared/contract/base.ts'
import type { Addressee, Addressees, AudienceRole } from '../../../shared/contract/messages.ts'
import { fold } from '../../../shared/fold.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, wholeOrganization } from '../../scope.ts'
import { listBeneficiaries } from '../beneficiaries/list.ts'
import { groupsOf } from '../groups/queries.ts'
import { noPassword } from '../identity/passwords.ts'
import { mayBeWrittenTo, type Self } from './self.ts'

const mostShown = 30

export const rolesFor: Record<Self['kind'], AudienceRole[]> = {
  admin: ['admin', 'trainer', 'student'],
  trainer: ['admin', 'trainer', 'student'],
  student: ['admin'],
}

/** Whom somebody may write to, by any part of a name; the staff first. */
export async function addressees(db: Reader, self: Self, search: string): Promise<Addressees> {
  const fits = ({ name }: { name: string }) => fold(name).includes(fold(search))
  const staff = (await colleagues(db, self)).filter(fits)
  const learners = self.kind === 'student' ? [] : await learnersNamed(db, self, search)
  const groups = self.kind === 'student' ? [] : await groupsOf(db, scopeFor(self))
  return {
    people: [...staff, ...learners].slice(0, mostShown).map(addresseeOf),
    groups: groups
      .filter((group) => group.memberCount > 0 && fits(group))
      .slice(0, mostShown)
      .map(({ id, name, memberCount }) => ({ id, name, members: memberCount })),
    roles: rolesFor[self.kind],
  }
}

export function scopeFor({ kind, userId, organizationId }: Self): Scope {
  return kind === 'trainer' ? { organizationId, trainerId: userId } : wholeOrganization(organizationId)
}

interface Person extends Omit<Addressee, 'signsIn'> {
  hash: string
}

function addresseeOf({ id, name, role, hash }: Person): Addressee {
  return { id, name, role, signsIn: hash !== noPassword }
}

function colleagues(db: Reader, self: Self) {
  return people(db, self).where('users.role', '!=', 'student').orderBy('users.name').orderBy('users.id').execute()
}

async function learnersNamed(db: Reader, self: Self, search: string) {
  const { rows } = await listBeneficiaries(db, scopeFor(self), { search, limit: mostShown })
  const files = rows.map(({ id }) => id)
  const found = await people(db, self)
    .innerJoin('beneficiaries', 'beneficiaries.user_id', 'users.id')
    .select('beneficiaries.id as fileId')
    .where('beneficiaries.id', 'in', files)
    .execute()
  return found
    .toSorted((one, other) => files.indexOf(one.fileId) - files.indexOf(other.fileId))
    .map(({ fileId: _, ...person }) => person)
}

/** Those of these people whom somebody may write to. */
export function peopleAmong(db: Reader, self: Self, ids: readonly Id[]) {
  return people(db, self)
    .where('users.id', 'in', [...ids])
    .orderBy('users.name')
    .execute()
}

/** Everybody in a role, as far as somebody may write to them. */
export async function peopleInRoles(db: Reader, self: Self, roles: readonly AudienceRole[], most: number) {
  const wanted = roles.flatMap((role) => (role === 'admin' ? (['admin', 'super_admin'] as const) : [role]))
  const found = await people(db, self)
    .where('users.role', 'in', wanted)
    .orderBy('users.id')
    .limit(most + 1)
    .execute()
  return found.map(({ id }) => id)
}

/** The members of a group, as far as somebody may write to them. */
export async function peopleInGroups(db: Reader, self: Self, groupIds: readonly Id[], most: number) {
  const found = await people(db, self)
    .where('users.id', 'in', (eb) =>
      eb
        .selectFrom('group_members')
        .innerJoin('beneficiaries', 'beneficiaries.id', 'group_members.beneficiary_id')
        .select('beneficiaries.user_id')
        .where('group_members.group_id', 'in', [...groupIds]),
    )
    .orderBy('users.id')
    .limit(most + 1)
    .execute()
  return found.map(({ id }) => id)
}

function people(db: Reader, self: Self) {
  return db
    .selectFrom('users')
    .select(['users.id', 'users.name', 'users.role', 'users.password_hash as hash'])
    .where(mayBeWrittenTo(self))
}
