import { type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import { fold } from '../../../shared/fold.ts'
import type { Reader } from '../../database/database.ts'
import { reachesLearner, type Scope } from '../../scope.ts'
import { wireEmail } from '../beneficiaries/email.ts'
import { fieldsInJson } from '../beneficiaries/metadata.ts'
import type { RowFields } from './row-fields.ts'

export interface Known {
  by: 'email' | 'number' | 'nameAndBirth'
  ids: Id[]
}

/** Who is meant by each row, of those who are here already and within reach. */
export async function knownPeople(
  db: Reader,
  scope: Scope,
  rows: readonly RowFields[],
): Promise<(Known | undefined)[]> {
  const emails = await idsBy(
    db,
    scope,
    'email',
    rows.flatMap(({ fields }) => fields.email ?? []),
  )
  const numbers = await idsBy(
    db,
    scope,
    'number',
    rows.flatMap(({ fields }) => (fields.number ? [fold(fields.number)] : [])),
  )
  const births = await bornOn(
    db,
    scope,
    rows.flatMap(({ fields }) => fields.dateOfBirth ?? []),
  )
  return rows.map(({ fields }) => {
    const { email, number, dateOfBirth, name = '' } = fields
    const byEmail = email ? emails.get(email) : undefined
    if (byEmail) return { by: 'email', ids: byEmail }
    const byNumber = number ? numbers.get(fold(number)) : undefined
    if (byNumber) return { by: 'number', ids: byNumber }
    const named = dateOfBirth ? births.get(`${dateOfBirth} ${fold(name)}`) : undefined
    return named ? { by: 'nameAndBirth', ids: named } : undefined
  })
}

async function idsBy(db: Reader, scope: Scope, kind: 'email' | 'number', values: readonly string[]) {
  if (values.length === 0) return new Map<string, Id[]>()
  const asked = sql<{ value: string }>`json_each(${JSON.stringify([...new Set(values)])})`.as('asked')
  const rows = await (kind === 'email'
    ? db
        .selectFrom(asked)
        .crossJoin('users')
        .innerJoin('beneficiaries', 'beneficiaries.user_id', 'users.id')
        .select(['users.email as value', 'beneficiaries.id'])
        .whereRef('users.email', '=', 'asked.value')
        .where('beneficiaries.organization_id', '=', scope.organizationId)
        .where(reachesLearner(scope, 'beneficiaries.id'))
        .execute()
    : db
        .selectFrom(asked)
        .crossJoin('people_keys')
        .select(['people_keys.value', 'people_keys.beneficiary_id as id'])
        .where('people_keys.organization_id', '=', scope.organizationId)
        .where('people_keys.kind', '=', 'number')
        .whereRef('people_keys.value', '=', 'asked.value')
        .where(reachesLearner(scope, 'people_keys.beneficiary_id'))
        .execute())
  return grouped(rows)
}

async function bornOn(db: Reader, scope: Scope, days: readonly string[]) {
  if (days.length === 0) return new Map<string, Id[]>()
  const rows = await db
    .selectFrom(sql<{ value: string }>`json_each(${JSON.stringify([...new Set(days)])})`.as('asked'))
    .crossJoin('people_keys')
    .innerJoin('people_index', 'people_index.beneficiary_id', 'people_keys.beneficiary_id')
    .select(['people_keys.value as day', 'people_index.sort_name as name', 'people_keys.beneficiary_id as id'])
    .where('people_keys.organization_id', '=', scope.organizationId)
    .where('people_keys.kind', '=', 'born')
    .whereRef('people_keys.value', '=', 'asked.value')
    .where(reachesLearner(scope, 'people_keys.beneficiary_id'))
    .execute()
  return grouped(rows.map(({ day, name, id }) => ({ value: `${day} ${name}`, id })))
}

function grouped(rows: readonly { value: string; id: Id }[]): Map<string, Id[]> {
  const ids = new Map<string, Id[]>()
  for (const { value, id } of rows) ids.set(value, [...new Set([...(ids.get(value) ?? []), id])])
  return ids
}

/** Which of these addresses somebody has, within reach or not. */
export async function takenEmails(db: Reader, emails: readonly string[]): Promise<Set<string>> {
  if (emails.length === 0) return new Set()
  const rows = await db
    .selectFrom('users')
    .select('email')
    .where(sql<SqlBool>`email in (select value from json_each(${JSON.stringify(emails)}))`)
    .execute()
  return new Set(rows.map(({ email }) => email))
}

/** What stands in the files now. */
export async function filesByIds(db: Reader, ids: readonly Id[]) {
  if (ids.length === 0) return new Map<Id, never>()
  const rows = await db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .leftJoin('profiles', 'profiles.user_id', 'users.id')
    .select((eb) => [
      'beneficiaries.id',
      'users.name',
      'users.email',
      eb.fn.coalesce('profiles.phone', eb.val('')).as('phone'),
      eb.fn.coalesce('profiles.address', eb.val('')).as('address'),
      eb.fn.coalesce('profiles.city', eb.val('')).as('city'),
      eb.fn.coalesce('profiles.state', eb.val('')).as('state'),
      eb.fn.coalesce('profiles.postal_code', eb.val('')).as('postalCode'),
      eb.fn.coalesce('profiles.country', eb.val('')).as('country'),
      'profiles.date_of_birth as dateOfBirth',
      eb.fn.coalesce('profiles.emergency_contact', eb.val('')).as('emergencyContact'),
      eb.fn.coalesce('profiles.emergency_phone', eb.val('')).as('emergencyPhone'),
      'beneficiaries.trainer_id as trainerId',
      'beneficiaries.enrollment_date as enrollmentDate',
      'beneficiaries.status',
      eb.fn.coalesce('beneficiaries.notes', eb.val('')).as('notes'),
      'profiles.preferences',
      'profiles.metadata as profileMetadata',
      'beneficiaries.metadata as fileMetadata',
      sql<string>`(select json_group_array(lower(groups.name)) from group_members
        join groups on groups.id = group_members.group_id where group_members.beneficiary_id = beneficiaries.id)`.as(
        'groups',
      ),
    ])
    .where(sql<SqlBool>`beneficiaries.id in (select value from json_each(${JSON.stringify(ids)}))`)
    .execute()
  return new Map(
    rows.map((row) => {
      const groups = (JSON.parse(row.groups) as string[]).map((name) => fold(name))
      return [row.id, { ...row, email: wireEmail(row.email), ...fieldsInJson(row), groups }] as const
    }),
  )
}
