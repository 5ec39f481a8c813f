import type { Id } from '../../../shared/contract/base.ts'
import { BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'
import type { PeopleChange } from '../../../shared/contract/bulk.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { wireEmail } from '../beneficiaries/email.ts'
import { fileOf, type PersonFile, writeFile } from '../beneficiaries/person-file.ts'
import { setBeneficiaryStatus, trainersOf } from '../beneficiaries/queries.ts'
import { deleteMembers, groupById, insertMembers } from '../groups/queries.ts'
import { decideHandover, giveTo, handoverOf, handoversOf, insertHandover } from '../handovers/queries.ts'
import { inTrash, putInTrash, removable, takeOut } from '../people-trash/put.ts'
import type { KeptOfPerson, Left, RowChange, RowContext } from './row-change.ts'

type PersonChange = RowChange<KeptOfPerson>

/** What is to be done with each person: by the rules of a single change. */
export function peopleChange(change: PeopleChange): PersonChange {
  switch (change.kind) {
    case 'status':
      return status(change)
    case 'addToGroup':
      return membership(change.groupId, true)
    case 'removeFromGroup':
      return membership(change.groupId, false)
    case 'handOver':
      return handOver(change.trainerId)
    case 'own':
      return own(change)
    case 'remove':
      return removal
  }
}

function status({ status }: { status: BeneficiaryFields['status'] }): PersonChange {
  return {
    async apply({ db, actor, now }, id) {
      const person = await fileOf(db, scopeOf(actor), id)
      if (person.status === status) return undefined
      await setBeneficiaryStatus(db, person, status, now)
      return { kind: 'status', status: person.status, completedOn: person.completedOn }
    },
  }
}

function own({ key, value }: { key: string; value: string | number | boolean | null }): PersonChange {
  return {
    async apply({ db, actor, now }, id) {
      const scope = scopeOf(actor)
      const person = await fileOf(db, scope, id)
      const before = person.own[key]
      if ((before ?? null) === value) return undefined
      await writeFile(db, scope, person, fieldsOf(person, { own: { ...person.own, [key]: value ?? '' } }), now)
      return { kind: 'own', key, value: before ?? '' }
    },
  }
}

function membership(groupId: Id, isMember: boolean): PersonChange {
  return {
    async check({ db, actor }) {
      if (!(await groupById(db, scopeOf(actor).organizationId, groupId)))
        throw new Refusal('notFound', 'group.notFound')
    },
    async apply(context, id) {
      await fileOf(context.db, scopeOf(context.actor), id)
      if ((await isIn(context.db, groupId, id)) === isMember) return undefined
      await setMember(context, groupId, id, isMember)
      return { kind: 'member', groupId, isMember }
    },
  }
}

async function isIn(db: Reader, groupId: Id, id: Id): Promise<boolean> {
  const found = await db
    .selectFrom('group_members')
    .select('id')
    .where('group_id', '=', groupId)
    .where('beneficiary_id', '=', id)
    .executeTakeFirst()
  return found !== undefined
}

async function setMember({ db, actor, now }: RowContext, groupId: Id, id: Id, isMember: boolean) {
  if (isMember) await insertMembers(db, scopeOf(actor).organizationId, groupId, [id], now)
  else await deleteMembers(db, groupId, [id])
}

function handOver(trainerId: Id): PersonChange {
  return {
    async check({ db, actor }) {
      const team = await trainersOf(db, scopeOf(actor).organizationId)
      if (!team.some(({ id }) => id === trainerId)) throw new Refusal('notFound', 'user.notFound')
    },
    async apply(context, id) {
      const { db, actor, now } = context
      const scope = scopeOf(actor)
      const person = await fileOf(db, scope, id)
      if (person.trainerId === trainerId) return undefined
      if (scope.trainerId !== null) return offer(context, scope, person, trainerId)
      await giveTo(db, id, trainerId, now)
      return { kind: 'trainer', trainerId: person.trainerId }
    },
  }
}

const removal: PersonChange = {
  async apply({ db, actor, now }, id) {
    await putInTrash(db, await removable(db, scopeOf(actor), id), actor.userId, now)
    return { kind: 'removed' }
  },
}

async function offer(
  { db, actor, now }: RowContext,
  scope: Scope,
  person: PersonFile,
  toTrainerId: Id,
): Promise<KeptOfPerson> {
  const earlier = await handoversOf(db, scope, person.id)
  if (earlier.some(({ status }) => status === 'open')) throw new Refusal('conflict', 'handover.isOpen')
  const { organizationId } = scope
  const [beneficiaryId, fromTrainerId, offeredBy] = [person.id, person.trainerId, actor.userId]
  const handoverId = await insertHandover(
    db,
    { organizationId, beneficiaryId, fromTrainerId, toTrainerId, offeredBy, note: '' },
    now,
  )
  return { kind: 'offer', handoverId }
}

/** Only where nobody has written since; a refusal comes before the first write. */
export async function takeBackPerson(context: RowContext, left: Left<KeptOfPerson>) {
  const { before } = left
  switch (before.kind) {
    case 'status':
      return writeBack(context, left, { status: before.status, completedOn: before.completedOn })
    case 'own':
      return writeBack(context, left, { own: { [before.key]: before.value } })
    case 'trainer':
      return writeBack(context, left, { trainerId: before.trainerId })
    case 'member':
      return takeBackMember(context, left.id, before)
    case 'offer':
      return withdraw(context, before.handoverId)
    case 'removed':
      return bringBack(context, left)
  }
}

async function takeBackMember(
  context: RowContext,
  id: Id,
  { groupId, isMember }: Extract<KeptOfPerson, { kind: 'member' }>,
) {
  const { db, actor } = context
  await fileOf(db, scopeOf(actor), id)
  if (!(await groupById(db, scopeOf(actor).organizationId, groupId))) throw new Refusal('notFound', 'group.notFound')
  if ((await isIn(db, groupId, id)) !== isMember) throw new Refusal('conflict', 'beneficiary.changedMeanwhile')
  await setMember(context, groupId, id, !isMember)
}

async function withdraw({ db, actor, now }: RowContext, handoverId: Id) {
  const handover = await handoverOf(db, scopeOf(actor), handoverId)
  if (handover?.status !== 'open') throw new Refusal('conflict', 'handover.isDecided')
  await decideHandover(db, handoverId, { status: 'withdrawn' }, now)
}

async function bringBack({ db, actor, now }: RowContext, { id, writtenAt }: Left<KeptOfPerson>) {
  const scope = scopeOf(actor)
  const { updatedAt } = await inTrash(db, scope, id)
  if (updatedAt !== writtenAt) throw new Refusal('conflict', 'beneficiary.changedMeanwhile')
  await takeOut(db, scope, id, now)
}

async function writeBack(
  { db, actor, now }: RowContext,
  { id, writtenAt }: Left<KeptOfPerson>,
  part: Partial<BeneficiaryFields>,
) {
  const scope = scopeOf(actor)
  const person = await fileOf(db, scope, id)
  if (person.updatedAt !== writtenAt) throw new Refusal('conflict', 'beneficiary.changedMeanwhile')
  await writeFile(db, scope, person, fieldsOf(person, { ...part, own: { ...person.own, ...part.own } }), now)
}

function fieldsOf(person: PersonFile, part: Partial<BeneficiaryFields>): BeneficiaryFields {
  return BeneficiaryFields.strip().parse({ ...person, email: wireEmail(person.email), ...part })
}
