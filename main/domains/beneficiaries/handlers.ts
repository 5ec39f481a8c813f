import type { Id } from '../../../shared/contract/base.ts'
import {
  BeneficiaryFields,
  type BeneficiaryStatus,
  type FindAlike,
  type ListBeneficiaries,
  type ListEvents,
} from '../../../shared/contract/beneficiaries.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { ownFieldsOf } from '../own-fields/settings.ts'
import { ownAfter } from '../own-fields/values.ts'
import { alikeTo } from './alike.ts'
import { assignedTrainer } from './assigned-trainer.ts'
import { wireEmail } from './email.ts'
import { historyPage, valueBefore } from './history.ts'
import { listBeneficiaries } from './list.ts'
import { fileOf, type PersonFile, refuseTakenEmail, writeFile } from './person-file.ts'
import { completionOf, groupsOfPerson, setBeneficiaryStatus, trainersOf } from './queries.ts'
import { registerBeneficiary } from './register.ts'
import { statusChanges } from './status-history.ts'
import { eventPage } from './timeline.ts'

export { exportList as export } from './export.ts'
export { registerMany, withdrawing } from './several.ts'

export async function list({ db, actor }: ReadContext, input: ListBeneficiaries) {
  return listBeneficiaries(db, scopeOf(actor), input)
}

export async function get({ db, actor }: ReadContext, { id }: { id: Id }) {
  return onWire(await fileOf(db, scopeOf(actor), id))
}

export async function create({ db, actor, now, about }: WriteContext, fields: BeneficiaryFields) {
  const scope = scopeOf(actor)
  await refuseTakenEmail(db, fields.email)
  const trainerId = await assignedTrainer(db, scope, fields.trainerId)
  const own = ownAfter(await ownFieldsOf(db, scope.organizationId), {}, fields.own)

  const id = await registerBeneficiary(db, scope.organizationId, { ...fields, trainerId, own }, now)
  about(id)
  return { id }
}

interface Version {
  id: Id
  updatedAt: string
}

export async function update(
  { db, actor, now, about }: WriteContext,
  { id, updatedAt, ...fields }: BeneficiaryFields & Version,
) {
  const scope = scopeOf(actor)
  await writeFile(db, scope, await unchanged(db, scope, { id, updatedAt }), fields, now)
  about(id)
  return { updatedAt: now }
}

export async function restoreField(
  { db, actor, now, about }: WriteContext,
  { activityId, field, ...version }: Version & { activityId: Id; field: string },
) {
  const scope = scopeOf(actor)
  const person = await unchanged(db, scope, version)
  const part = await valueBefore(db, { activityId, field, person })
  const present = BeneficiaryFields.strip().parse(onWire(person))
  const fields = BeneficiaryFields.parse({ ...present, ...part, own: { ...present.own, ...part.own } })
  const completedOn = part.status ? completionOf(part.status, fields.completedOn, now) : fields.completedOn
  await writeFile(db, scope, person, { ...fields, completedOn }, now)
  about(version.id, { field, line: activityId })
  return { updatedAt: now }
}

export async function setStatus(
  { db, actor, now, about }: WriteContext,
  { id, status }: { id: Id; status: BeneficiaryStatus },
) {
  const person = await fileOf(db, scopeOf(actor), id)
  await setBeneficiaryStatus(db, person, status, now)
  about(id, { status })
  return {}
}

export async function trainers({ db, actor }: ReadContext) {
  return trainersOf(db, organizationOf(actor))
}

export async function history({ db, actor }: ReadContext, { id, after }: { id: Id; after?: string | undefined }) {
  return historyPage(db, await fileOf(db, scopeOf(actor), id), after)
}

export async function statusHistory({ db, actor }: ReadContext, { id }: { id: Id }) {
  return statusChanges(db, await fileOf(db, scopeOf(actor), id))
}

export async function timeline({ db, actor, clock }: ReadContext, input: ListEvents) {
  const scope = scopeOf(actor)
  const person = await fileOf(db, scope, input.id)
  return eventPage(db, scope, person, { ...input, userId: actor.userId, now: clock.now().toISOString() })
}

export async function groupsOf({ db, actor }: ReadContext, { id }: { id: Id }) {
  await fileOf(db, scopeOf(actor), id)
  return groupsOfPerson(db, id)
}

export async function alike({ db, actor }: ReadContext, input: FindAlike) {
  return alikeTo(db, scopeOf(actor), input)
}

function onWire({ userId: _, ...person }: PersonFile) {
  return { ...person, email: wireEmail(person.email) }
}

async function unchanged(db: Reader, scope: Scope, { id, updatedAt }: Version) {
  const person = await fileOf(db, scope, id)
  if (person.updatedAt !== updatedAt) throw new Refusal('conflict', 'beneficiary.changedMeanwhile')
  return person
}
