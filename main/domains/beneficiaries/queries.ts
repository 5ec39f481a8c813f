import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { BeneficiaryFields, BeneficiaryStatus } from '../../../shared/contract/beneficiaries.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintIds } from '../../database/ids.ts'
import { reachesLearner, type Scope } from '../../scope.ts'
import { isAtHand } from '../merges/put-away.ts'
import { photoOfPerson } from '../photos/queries.ts'
import { fileJson, profileJson, type StoredJson } from './metadata.ts'

/** Under which the centre keeps a file. */
export const fileNumber = sql<string | null>`beneficiaries.metadata ->> 'number'`

export function beneficiaryOf(db: Reader, scope: Scope, id: Id) {
  return db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .leftJoin('profiles', 'profiles.user_id', 'users.id')
    .leftJoin('users as trainers', 'trainers.id', 'beneficiaries.trainer_id')
    .select((eb) => [
      'beneficiaries.id',
      'users.id as userId',
      'users.name',
      'users.email',
      eb.fn.coalesce('profiles.phone', eb.val('')).as('phone'),
      eb.fn.coalesce('profiles.address', eb.val('')).as('address'),
      eb.fn.coalesce('profiles.city', eb.val('')).as('city'),
      eb.fn.coalesce('profiles.state', eb.val('')).as('state'),
      eb.fn.coalesce('profiles.postal_code', eb.val('')).as('postalCode'),
      eb.fn.coalesce('profiles.country', eb.val('')).as('country'),
      'profiles.date_of_birth as dateOfBirth',
      'profiles.preferences',
      'profiles.metadata as profileMetadata',
      'beneficiaries.metadata as fileMetadata',
      eb.fn.coalesce('profiles.emergency_contact', eb.val('')).as('emergencyContact'),
      eb.fn.coalesce('profiles.emergency_phone', eb.val('')).as('emergencyPhone'),
      'beneficiaries.trainer_id as trainerId',
      'trainers.name as trainerName',
      'beneficiaries.enrollment_date as enrollmentDate',
      'beneficiaries.status',
      eb.fn.coalesce('beneficiaries.notes', eb.val('')).as('notes'),
      'beneficiaries.updated_at as updatedAt',
      photoOfPerson.as('photo'),
    ])
    .where('beneficiaries.organization_id', '=', scope.organizationId)
    .where('beneficiaries.id', '=', id)
    .where(reachesLearner(scope, 'beneficiaries.id'))
    .where(isAtHand)
    .executeTakeFirst()
}

const nothingYet: StoredJson = { preferences: null, profileMetadata: null, fileMetadata: null }

/** Somebody whose account is there already. */
interface NewPerson {
  userId: Id
  fields: BeneficiaryFields
}

/** One statement for all of them; returns the ids of their files in order. */
export async function insertBeneficiaries(
  db: Writer,
  organizationId: Id,
  people: readonly NewPerson[],
  now: string,
): Promise<Id[]> {
  const ids = await mintIds(db, 'beneficiaries', people.length)
  await db
    .insertInto('beneficiaries')
    .values(
      people.map(({ userId, fields }, index) => ({
        id: ids[index] as Id,
        organization_id: organizationId,
        user_id: userId,
        trainer_id: fields.trainerId,
        enrollment_date: fields.enrollmentDate,
        status: fields.status,
        notes: fields.notes || null,
        metadata: fileJson(fields, nothingYet),
        created_at: now,
        updated_at: now,
      })),
    )
    .execute()
  return ids
}

/** One statement for all of them. */
export async function insertProfiles(db: Writer, organizationId: Id, people: readonly NewPerson[], now: string) {
  const ids = await mintIds(db, 'profiles', people.length)
  await db
    .insertInto('profiles')
    .values(
      people.map(({ userId, fields }, index) => ({
        id: ids[index] as Id,
        organization_id: organizationId,
        user_id: userId,
        ...profileColumns(fields, nothingYet),
        created_at: now,
        updated_at: now,
      })),
    )
    .execute()
}

export function updatePerson(db: Writer, userId: Id, person: { name: string; email: string }, now: string) {
  return db
    .updateTable('users')
    .set({ name: person.name, email: person.email, updated_at: now })
    .where('id', '=', userId)
    .execute()
}

export function updateProfile(db: Writer, userId: Id, fields: BeneficiaryFields, before: StoredJson, now: string) {
  return db
    .updateTable('profiles')
    .set({ ...profileColumns(fields, before), updated_at: now })
    .where('user_id', '=', userId)
    .execute()
}

export function updateBeneficiary(db: Writer, id: Id, fields: BeneficiaryFields, before: StoredJson, now: string) {
  return db
    .updateTable('beneficiaries')
    .set({
      trainer_id: fields.trainerId,
      enrollment_date: fields.enrollmentDate,
      status: fields.status,
      notes: fields.notes || null,
      metadata: fileJson(fields, before),
      updated_at: now,
    })
    .where('id', '=', id)
    .execute()
}

/** Whoever has finished has done so today, unless another day is written down; whoever goes on has not. */
export function completionOf(status: BeneficiaryStatus, completedOn: string | null, now: string): string | null {
  if (status === 'completed') return completedOn ?? now.slice(0, 10)
  return status === 'active' ? null : completedOn
}

export function setBeneficiaryStatus(db: Writer, person: Finished, status: BeneficiaryStatus, now: string) {
  const metadata = fileJson({ ...person, completedOn: completionOf(status, person.completedOn, now) }, person)
  return db
    .updateTable('beneficiaries')
    .set({ status, metadata, updated_at: now })
    .where('id', '=', person.id)
    .execute()
}

type Finished = StoredJson & Pick<BeneficiaryFields, 'number' | 'completedOn' | 'own'> & { id: Id }

export function groupsOfPerson(db: Reader, beneficiaryId: Id) {
  return db
    .selectFrom('group_members')
    .innerJoin('groups', 'groups.id', 'group_members.group_id')
    .select(['groups.id', 'groups.name'])
    .where('group_members.beneficiary_id', '=', beneficiaryId)
    .orderBy('groups.name')
    .execute()
}

export function trainersOf(db: Reader, organizationId: Id) {
  return db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('organization_id', '=', organizationId)
    .where('role', 'in', ['super_admin', 'admin', 'trainer'])
    .where('is_active', '=', true)
    .orderBy('name')
    .execute()
}

function profileColumns(fields: BeneficiaryFields, before: StoredJson) {
  return {
    ...profileJson(fields, before),
    phone: fields.phone || null,
    address: fields.address || null,
    city: fields.city || null,
    state: fields.state || null,
    postal_code: fields.postalCode || null,
    country: fields.country || null,
    date_of_birth: fields.dateOfBirth,
    emergency_contact: fields.emergencyContact || null,
    emergency_phone: fields.emergencyPhone || null,
  }
}
