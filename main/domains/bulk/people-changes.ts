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
import type { RowChange, RowContext } from './row-change.ts'

/** What is to be done with each person, and how it is taken back: by the rules of a single change. */
export function peopleChange(change: PeopleChange): RowChange {
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
  }
}

function status({ status }: { status: BeneficiaryFields['status'] }): RowChange {
  return {
    async apply({ db, actor, now }, id) {
      const person = await fileOf(db, scopeOf(actor), id)
      if (person.status === status) return undefined
      await setBeneficiaryStatus(db, person, status, now)
      return (context) => writeBack(context, id, { status: person.status, completedOn: person.completedOn }, now)
    },
  }
}

function own({ key, value }: { key: string; value: string | number | boolean | null }): RowChange {
  return {
    async apply({ db, actor, now }, id) {
      const scope = scopeOf(actor)
      const person = await fileOf(db, scope, id)
      const before = person.own[key]
      if ((before ?? null) === value) return undefined
      await writeFile(db, scope, person, fieldsOf(person, { own: { ...person.own, [key]: value ?? '' } }), now)
      return (context) => writeBack(context, id, { own: { [key]: before ?? '' } }, now)
    },
  }
}

function membership(groupId: Id, isMember: boolean): RowChange {
  return {
    async check({ db, actor }) {
      if (!(await groupById(db, scopeOf(actor).organizationId, groupId)))
        throw new Refusal('notFound', 'group.notFound')
    },
    async apply(context, id) {
      await fileOf(context.db, scopeOf(context.actor), id)
      if ((await isIn(context.db, groupId, id)) === isMember) return undefined
      await setMember(context, groupId, id, isMember)
      return async (later) => {
        await fileOf(later.db, scopeOf(later.actor), id)
        if ((await isIn(later.db, groupId, id)) !== isMember)
          throw new Refusal('conflict', 'beneficiary.changedMeanwhile')
        await setMember(later, groupId, id, !isMember)
      }
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

function handOver(trainerId: Id): RowChange {
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
      return (later) => writeBack(later, id, { trainerId: person.trainerId }, now)
    },
  }
}

async function offer({ db, actor, now }: RowContext, scope: Scope, person: PersonFile, toTrainerId: Id) {
  const earlier = await handoversOf(db, scope, person.id)
  if (earlier.some(({ status }) => status === 'open')) throw new Refusal('conflict', 'handover.isOpen')
  const { organizationId } = scope
  const [beneficiaryId, fromTrainerId, offeredBy] = [person.id, person.trainerId, actor.userId]
  const id = await insertHandover(
    db,
    { organizationId, beneficiaryId, fromTrainerId, toTrainerId, offeredBy, note: '' },
    now,
  )
  return async (later: RowContext) => {
    const handover = await handoverOf(later.db, scopeOf(later.actor), id)
    if (handover?.status !== 'open') throw new Refusal('conflict', 'handover.isDecided')
    await decideHandover(later.db, id, { status: 'withdrawn' }, later.now)
  }
}

/** Only where nobody has written since. */
async function writeBack({ db, actor, now }: RowContext, id: Id, part: Partial<BeneficiaryFields>, writtenAt: string) {
  const scope = scopeOf(actor)
  const person = await fileOf(db, scope, id)
  if (person.updatedAt !== writtenAt) throw new Refusal('conflict', 'beneficiary.changedMeanwhile')
  await writeFile(db, scope, person, fieldsOf(person, { ...part, own: { ...person.own, ...part.own } }), now)
}

function fieldsOf(person: PersonFile, part: Partial<BeneficiaryFields>): BeneficiaryFields {
  return BeneficiaryFields.strip().parse({ ...person, email: wireEmail(person.email), ...part })
}
