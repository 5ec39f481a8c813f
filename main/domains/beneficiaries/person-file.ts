import type { Id } from '../../../shared/contract/base.ts'
import type { BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Reader, Writer } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { userByEmail } from '../identity/queries.ts'
import { ownFieldsOf } from '../own-fields/settings.ts'
import { ownAfter } from '../own-fields/values.ts'
import { assignedTrainer } from './assigned-trainer.ts'
import { storedEmail, wireEmail } from './email.ts'
import { fieldsInJson } from './metadata.ts'
import { reindexPeople } from './people-index.ts'
import { beneficiaryOf, updateBeneficiary, updatePerson, updateProfile } from './queries.ts'

export type PersonFile = Awaited<ReturnType<typeof fileOf>>

/** Somebody out of reach is reported as missing, so that ids cannot be probed. */
export async function fileOf(db: Reader, scope: Scope, id: Id) {
  const person = await beneficiaryOf(db, scope, id)
  if (!person) throw new Refusal('notFound', 'beneficiary.notFound')
  return { ...person, ...fieldsInJson(person) }
}

/** Writes all fields of a file over what it was, by the same rules whichever way they come. */
export async function writeFile(db: Writer, scope: Scope, person: PersonFile, given: BeneficiaryFields, now: string) {
  const { organizationId } = scope
  await refuseTakenEmail(db, given.email, person.userId)
  if (given.trainerId !== person.trainerId) await assignedTrainer(db, scope, given.trainerId)
  const own = ownAfter(await ownFieldsOf(db, organizationId), person.own, given.own)
  const fields = { ...given, own }

  const keepsNoEmail = fields.email === null && wireEmail(person.email) === null
  const email = keepsNoEmail ? person.email : storedEmail(fields.email)
  await updatePerson(db, person.userId, { name: fields.name, email }, now)
  await updateProfile(db, person.userId, fields, person, now)
  await updateBeneficiary(db, person.id, fields, person, now)
  await reindexPeople(db, [{ ...fields, beneficiaryId: person.id, organizationId }])
}

export async function refuseTakenEmail(db: Reader, email: string | null, ownerId?: Id) {
  if (email === null) return
  const owner = await userByEmail(db, email)
  if (owner && owner.id !== ownerId) throw new Refusal('conflict', 'identity.emailTaken', { email })
}
