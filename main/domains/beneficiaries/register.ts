import type { Id } from '../../../shared/contract/base.ts'
import type { BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'
import type { Writer } from '../../database/database.ts'
import { noPassword } from '../identity/passwords.ts'
import { insertUser } from '../identity/queries.ts'
import { storedEmail } from './email.ts'
import { indexPerson } from './people-index.ts'
import { insertBeneficiary, insertProfile } from './queries.ts'

/** Writes a new person down: the account, which cannot sign in yet, the profile, the file, and the index entry. */
export async function registerBeneficiary(
  db: Writer,
  organizationId: Id,
  fields: BeneficiaryFields,
  now: string,
): Promise<Id> {
  const account = { organizationId, name: fields.name, email: storedEmail(fields.email), passwordHash: noPassword }
  const userId = await insertUser(db, { ...account, role: 'student' }, now)
  await insertProfile(db, organizationId, userId, fields, now)
  const beneficiaryId = await insertBeneficiary(db, organizationId, userId, fields, now)
  await indexPerson(db, { ...fields, beneficiaryId, organizationId })
  return beneficiaryId
}
