import type { Id } from '../../../shared/contract/base.ts'
import type { BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'
import type { Writer } from '../../database/database.ts'
import { noPassword } from '../identity/passwords.ts'
import { insertUsers } from '../identity/queries.ts'
import { storedEmail } from './email.ts'
import { indexPeople } from './people-index.ts'
import { insertBeneficiaries, insertProfiles } from './queries.ts'

/** Writes a new person down: the account, which cannot sign in yet, the profile, the file, and the index entry. */
export async function registerBeneficiary(
  db: Writer,
  organizationId: Id,
  fields: BeneficiaryFields,
  now: string,
): Promise<Id> {
  const [id] = await registerBeneficiaries(db, organizationId, [fields], now)
  if (id === undefined) throw new Error('Nobody was registered.')
  return id
}

/** The same for up to some hundreds of people, with one statement per table; returns the ids of their files in order. */
export async function registerBeneficiaries(
  db: Writer,
  organizationId: Id,
  people: readonly BeneficiaryFields[],
  now: string,
): Promise<Id[]> {
  const accounts = people.map(({ name, email }) => {
    return { organizationId, name, email: storedEmail(email), role: 'student' as const, passwordHash: noPassword }
  })
  const userIds = await insertUsers(db, accounts, now)
  const persons = people.map((fields, index) => ({ fields, userId: userIds[index] as Id }))
  await insertProfiles(db, organizationId, persons, now)
  const ids = await insertBeneficiaries(db, organizationId, persons, now)
  const entries = people.map((fields, index) => ({ ...fields, organizationId, beneficiaryId: ids[index] as Id }))
  await indexPeople(db, entries)
  return ids
}
