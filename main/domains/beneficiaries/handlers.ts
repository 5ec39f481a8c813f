import type { Id } from '../../../shared/contract/base.ts'
import {
  type BeneficiaryFields,
  type BeneficiaryStatus,
  type ListBeneficiaries,
} from '../../../shared/contract/beneficiaries.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { userByEmail } from '../identity/queries.ts'
import { assignedTrainer } from './assigned-trainer.ts'
import { storedEmail, wireEmail } from './email.ts'
import { listBeneficiaries } from './list.ts'
import { indexPeople } from './people-index.ts'
import {
  beneficiaryOf,
  setBeneficiaryStatus,
  trainersOf,
  updateBeneficiary,
  updatePerson,
  updateProfile,
} from './queries.ts'
import { registerBeneficiary } from './register.ts'

export { registerMany, withdrawing } from './several.ts'

export async function list({ db, actor }: ReadContext, input: ListBeneficiaries) {
  return listBeneficiaries(db, scopeOf(actor), input)
}

export async function get({ db, actor }: ReadContext, { id }: { id: Id }) {
  const { userId: _, ...person } = await known(db, scopeOf(actor), id)
  return { ...person, email: wireEmail(person.email) }
}

export async function create({ db, actor, now, about }: WriteContext, fields: BeneficiaryFields) {
  const scope = scopeOf(actor)
  await refuseTakenEmail(db, fields.email)
  const trainerId = await assignedTrainer(db, scope, fields.trainerId)

  const id = await registerBeneficiary(db, scope.organizationId, { ...fields, trainerId }, now)
  about(id)
  return { id }
}

export async function update(
  { db, actor, now, about }: WriteContext,
  { id, updatedAt, ...fields }: BeneficiaryFields & { id: Id; updatedAt: string },
) {
  const scope = scopeOf(actor)
  const { organizationId } = scope
  const person = await known(db, scope, id)
  if (person.updatedAt !== updatedAt) throw new Refusal('conflict', 'beneficiary.changedMeanwhile')
  await refuseTakenEmail(db, fields.email, person.userId)
  if (fields.trainerId !== person.trainerId) await assignedTrainer(db, scope, fields.trainerId)

  const keepsNoEmail = fields.email === null && wireEmail(person.email) === null
  const email = keepsNoEmail ? person.email : storedEmail(fields.email)
  await updatePerson(db, person.userId, { name: fields.name, email }, now)
  await updateProfile(db, person.userId, fields, now)
  await updateBeneficiary(db, id, fields, now)
  await indexPeople(db, [{ ...fields, beneficiaryId: id, organizationId }])
  about(id)
  return { updatedAt: now }
}

export async function setStatus(
  { db, actor, now, about }: WriteContext,
  { id, status }: { id: Id; status: BeneficiaryStatus },
) {
  await known(db, scopeOf(actor), id)
  await setBeneficiaryStatus(db, id, status, now)
  about(id, { status })
  return {}
}

export async function trainers({ db, actor }: ReadContext) {
  return trainersOf(db, organizationOf(actor))
}

/** Somebody out of reach is reported as missing, so that ids cannot be probed. */
async function known(db: Reader, scope: Scope, id: Id) {
  const person = await beneficiaryOf(db, scope, id)
  if (!person) throw new Refusal('notFound', 'beneficiary.notFound')
  return person
}

async function refuseTakenEmail(db: Reader, email: string | null, ownerId?: Id) {
  if (email === null) return
  const owner = await userByEmail(db, email)
  if (owner && owner.id !== ownerId) throw new Refusal('conflict', 'identity.emailTaken', { email })
}
