import { type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { GroupFields } from '../../../shared/contract/groups.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId, mintIds } from '../../database/ids.ts'
import { reachesLearner, reachesLearnerOrTrash, type Scope } from '../../scope.ts'
import { isAtHand } from '../merges/put-away.ts'

/** Every group of the organization, with how many of its members are within reach. */
export function groupsOf(db: Reader, scope: Scope) {
  return db
    .selectFrom('groups')
    .select((eb) => [
      'id',
      'name',
      eb.fn.coalesce('description', eb.val('')).as('description'),
      'updated_at as updatedAt',
      sql<number>`(
        select count(*) from group_members
        where group_id = groups.id and ${reachesLearner(scope, 'group_members.beneficiary_id')}
      )`.as('memberCount'),
    ])
    .where('organization_id', '=', scope.organizationId)
    .orderBy('name')
    .orderBy('id')
    .execute()
}

export function groupById(db: Reader, organizationId: Id, id: Id) {
  return db
    .selectFrom('groups')
    .select((eb) => [
      'id',
      'name',
      eb.fn.coalesce('description', eb.val('')).as('description'),
      'updated_at as updatedAt',
    ])
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function membersOf(db: Reader, scope: Scope, groupId: Id) {
  return db
    .selectFrom('group_members')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'group_members.beneficiary_id')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .innerJoin('people_index', 'people_index.beneficiary_id', 'beneficiaries.id')
    .select(['beneficiaries.id as beneficiaryId', 'users.name', 'beneficiaries.status'])
    .where('group_members.group_id', '=', groupId)
    .where(reachesLearner(scope, 'group_members.beneficiary_id'))
    .orderBy('people_index.sort_name')
    .orderBy('beneficiaries.id')
    .execute()
}

/** Those of these people who are within reach. */
export function peopleWithin(db: Reader, scope: Scope, beneficiaryIds: readonly Id[]) {
  return db
    .selectFrom('beneficiaries')
    .select('id')
    .where('organization_id', '=', scope.organizationId)
    .where(reachesLearner(scope, 'beneficiaries.id'))
    .where(isAtHand)
    .where('id', 'in', sql<Id>`(select value from json_each(${JSON.stringify(beneficiaryIds)}))`)
    .execute()
}

/** Whether somebody is in the group who is not within reach. */
export async function hasOthers(db: Reader, scope: Scope, groupId: Id): Promise<boolean> {
  const other = await db
    .selectFrom('group_members')
    .select('id')
    .where('group_id', '=', groupId)
    .where(sql<SqlBool>`not ${reachesLearnerOrTrash(scope, 'group_members.beneficiary_id')}`)
    .executeTakeFirst()
  return other !== undefined
}

/** How many assessments that are not closed are for this group. */
export async function countAssessmentsFor(db: Reader, groupId: Id): Promise<number> {
  const { count } = await db
    .selectFrom('assessments')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('group_id', '=', groupId)
    .where('status', '!=', 'completed')
    .executeTakeFirstOrThrow()
  return count
}

export async function insertGroup(db: Writer, organizationId: Id, fields: GroupFields, now: string) {
  const id = await mintId(db, 'groups')
  await db
    .insertInto('groups')
    .values({ id, organization_id: organizationId, ...groupColumns(fields), created_at: now, updated_at: now })
    .execute()
  return id
}

export function updateGroup(db: Writer, id: Id, fields: GroupFields, now: string) {
  return db
    .updateTable('groups')
    .set({ ...groupColumns(fields), updated_at: now })
    .where('id', '=', id)
    .execute()
}

export function deleteGroup(db: Writer, id: Id) {
  return db.deleteFrom('groups').where('id', '=', id).execute()
}

/** Who is in it already stays in it. */
export async function insertMembers(db: Writer, organizationId: Id, groupId: Id, people: readonly Id[], now: string) {
  const ids = await mintIds(db, 'group_members', people.length)
  for (const [index, beneficiaryId] of people.entries()) {
    await db
      .insertInto('group_members')
      .values({
        id: ids[index] as Id,
        organization_id: organizationId,
        group_id: groupId,
        beneficiary_id: beneficiaryId,
        created_at: now,
      })
      .onConflict((conflict) => conflict.columns(['group_id', 'beneficiary_id']).doNothing())
      .execute()
  }
}

export function deleteMembers(db: Writer, groupId: Id, people: readonly Id[]) {
  return db
    .deleteFrom('group_members')
    .where('group_id', '=', groupId)
    .where('beneficiary_id', 'in', sql<Id>`(select value from json_each(${JSON.stringify(people)}))`)
    .execute()
}

function groupColumns({ name, description }: GroupFields) {
  return { name, description: description || null }
}
