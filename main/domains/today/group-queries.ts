import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import { mostGroups, mostNamed } from '../../../shared/contract/today.ts'
import type { Reader } from '../../database/database.ts'
import { reachesEachLearner, type Scope } from '../../scope.ts'

/** Newest attempts looked at, and people of a trainer up to whom their own attempts are looked at instead. */
const mostAttempts = 3000
const fewPeople = 1000

/** The groups whose members within reach took something since then, the latest first. */
export async function recentGroups(db: Reader, scope: Scope, since: string) {
  if (scope.trainerId !== null && (await hasFewPeople(db, scope))) return groupsOfPeople(db, scope, since)
  const horizon = await newestBut(db, scope.organizationId, mostAttempts)
  if (horizon === undefined || horizon <= since) return groupsOfAttempts(db, scope, since)
  const newest = await groupsOfAttempts(db, scope, horizon)
  return newest.length < mostGroups && scope.trainerId !== null ? groupsOfPeople(db, scope, since) : newest
}

async function hasFewPeople(db: Reader, { organizationId, trainerId }: Scope): Promise<boolean> {
  const oneMore = await db
    .selectFrom('people_index')
    .select('beneficiary_id')
    .where('organization_id', '=', organizationId)
    .where('trainer_id', '=', trainerId)
    .offset(fewPeople)
    .limit(1)
    .executeTakeFirst()
  return oneMore === undefined
}

/** When the attempt began before which so many others are newer. */
async function newestBut(db: Reader, organizationId: Id, others: number): Promise<string | undefined> {
  const attempt = await db
    .selectFrom('attempts')
    .select('started_at as startedAt')
    .where('organization_id', '=', organizationId)
    .orderBy('started_at', 'desc')
    .offset(others)
    .limit(1)
    .executeTakeFirst()
  return attempt?.startedAt
}

function groupsOfAttempts(db: Reader, scope: Scope, since: string) {
  return db
    .selectFrom('attempts')
    .innerJoin('group_members', 'group_members.beneficiary_id', 'attempts.beneficiary_id')
    .innerJoin('groups', 'groups.id', 'group_members.group_id')
    .select(['groups.id', 'groups.name'])
    .where('attempts.organization_id', '=', scope.organizationId)
    .where('attempts.started_at', '>=', since)
    .where('attempts.state', '!=', 'running')
    .where('attempts.is_practice', '=', false)
    .where(reachesEachLearner(scope, 'attempts.beneficiary_id'))
    .groupBy('groups.id')
    .orderBy((eb) => eb.fn.max('attempts.started_at'), 'desc')
    .orderBy('groups.id')
    .limit(mostGroups)
    .execute()
}

function groupsOfPeople(db: Reader, scope: Scope, since: string) {
  return db
    .selectFrom('people_index')
    .innerJoin('group_members', 'group_members.beneficiary_id', 'people_index.beneficiary_id')
    .innerJoin('groups', 'groups.id', 'group_members.group_id')
    .innerJoin('attempts', 'attempts.beneficiary_id', 'people_index.beneficiary_id')
    .select(['groups.id', 'groups.name'])
    .where('people_index.organization_id', '=', scope.organizationId)
    .where('people_index.trainer_id', '=', scope.trainerId)
    .where('attempts.started_at', '>=', since)
    .where('attempts.state', 'in', ['handed_in', 'graded'])
    .where('attempts.is_practice', '=', false)
    .groupBy('groups.id')
    .orderBy((eb) => eb.fn.max('attempts.started_at'), 'desc')
    .orderBy('groups.id')
    .limit(mostGroups)
    .execute()
}

/** What the members within reach took since then, each in the order in which they took it. */
export function attemptsInGroup(db: Reader, scope: Scope, groupId: Id, since: string) {
  return db
    .selectFrom('group_members')
    .innerJoin('attempts', 'attempts.beneficiary_id', 'group_members.beneficiary_id')
    .leftJoin('assessment_results', 'assessment_results.attempt_id', 'attempts.id')
    .select(['attempts.beneficiary_id as beneficiaryId', 'assessment_results.passed'])
    .where('group_members.group_id', '=', groupId)
    .where(reachesEachLearner(scope, 'group_members.beneficiary_id'))
    .where('attempts.state', 'in', ['handed_in', 'graded'])
    .where('attempts.started_at', '>=', since)
    .where('attempts.is_practice', '=', false)
    .orderBy('attempts.started_at')
    .orderBy('attempts.id')
    .execute()
}

export async function countMembers(db: Reader, scope: Scope, groupId: Id): Promise<number> {
  const { count } = await db
    .selectFrom('group_members')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('group_id', '=', groupId)
    .where(reachesEachLearner(scope, 'group_members.beneficiary_id'))
    .executeTakeFirstOrThrow()
  return count
}

/** Those of these people who are still learning: how many, and the first by name. */
export async function stillLearning(db: Reader, beneficiaryIds: readonly Id[]) {
  const active = db
    .selectFrom('people_index')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'people_index.beneficiary_id')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .where('beneficiary_id', 'in', sql<Id>`(select value from json_each(${JSON.stringify(beneficiaryIds)}))`)
    .where('beneficiaries.status', '=', 'active')
  const { count } = await active.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  const people = await active
    .select(['beneficiaries.id as beneficiaryId', 'users.name'])
    .orderBy('people_index.sort_name')
    .orderBy('beneficiaries.id')
    .limit(mostNamed)
    .execute()
  return { count, people }
}
