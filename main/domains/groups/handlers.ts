import type { Id } from '../../../shared/contract/base.ts'
import type { GroupFields } from '../../../shared/contract/groups.ts'
import { fold } from '../../../shared/fold.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf, wholeOrganization } from '../../scope.ts'
import {
  countAssessmentsFor,
  deleteGroup,
  deleteMembers,
  groupById,
  groupsOf,
  hasOthers,
  insertGroup,
  insertMembers,
  membersOf,
  peopleWithin,
  updateGroup,
} from './queries.ts'

export async function list({ db, actor }: ReadContext) {
  return groupsOf(db, scopeOf(actor))
}

export async function get({ db, actor }: ReadContext, { id }: { id: Id }) {
  const scope = scopeOf(actor)
  const group = await known(db, scope.organizationId, id)
  return { ...group, members: await membersOf(db, scope, id) }
}

export async function create({ db, actor, now, about }: WriteContext, fields: GroupFields) {
  const organizationId = organizationOf(actor)
  await refuseTakenName(db, organizationId, fields.name)
  const id = await insertGroup(db, organizationId, fields, now)
  about(id)
  return { id }
}

export async function update({ db, actor, now, about }: WriteContext, { id, ...fields }: GroupFields & { id: Id }) {
  const organizationId = organizationOf(actor)
  await known(db, organizationId, id)
  await refuseTakenName(db, organizationId, fields.name, id)
  await updateGroup(db, id, fields, now)
  about(id)
  return {}
}

export async function remove({ db, actor, about }: WriteContext, { id }: { id: Id }) {
  const scope = scopeOf(actor)
  const { name } = await known(db, scope.organizationId, id)
  if (await hasOthers(db, scope, id)) throw new Refusal('conflict', 'group.hasOthers')
  const count = await countAssessmentsFor(db, id)
  if (count > 0) throw new Refusal('conflict', 'group.inUse', { count })
  await deleteGroup(db, id)
  about(id, { name })
  return {}
}

interface Membership {
  id: Id
  beneficiaryIds: Id[]
}

export async function addMembers({ db, actor, now, about }: WriteContext, { id, beneficiaryIds }: Membership) {
  const scope = scopeOf(actor)
  const { organizationId } = scope
  await known(db, organizationId, id)
  const people = await knownPeople(db, scope, beneficiaryIds)
  await insertMembers(db, organizationId, id, people, now)
  about(id, { people: people.length })
  return {}
}

export async function removeMembers({ db, actor, about }: WriteContext, { id, beneficiaryIds }: Membership) {
  const scope = scopeOf(actor)
  await known(db, scope.organizationId, id)
  const people = await knownPeople(db, scope, beneficiaryIds)
  await deleteMembers(db, id, people)
  about(id, { people: people.length })
  return {}
}

/** Somebody out of reach is reported as missing. */
async function knownPeople(db: Reader, scope: Scope, beneficiaryIds: readonly Id[]) {
  const people = [...new Set(beneficiaryIds)]
  const found = await peopleWithin(db, scope, people)
  if (found.length !== people.length) throw new Refusal('notFound', 'beneficiary.notFound')
  return people
}

/** Another organization's group is reported as missing, so that ids cannot be probed. */
async function known(db: Reader, organizationId: Id, id: Id) {
  const group = await groupById(db, organizationId, id)
  if (!group) throw new Refusal('notFound', 'group.notFound')
  return group
}

async function refuseTakenName(db: Reader, organizationId: Id, name: string, ownId?: Id) {
  const others = await groupsOf(db, wholeOrganization(organizationId))
  const isTaken = others.some((other) => other.id !== ownId && fold(other.name) === fold(name))
  if (isTaken) throw new Refusal('conflict', 'group.nameTaken', { name })
}
