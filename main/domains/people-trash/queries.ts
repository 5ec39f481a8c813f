import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { GoesAlong } from '../../../shared/contract/people-trash.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { reachesLearnerOrTrash, type Scope } from '../../scope.ts'
import { isMerged } from '../merges/put-away.ts'

const mostShown = 1000

const isHeld = sql<number>`exists (
  select 1 from legal_holds where lifted_at is null and person_id = beneficiaries.user_id
)`

/**
 * When another file was last put into this one: a machine that did so without knowing of the trash has brought somebody in, and
 * their thirty days begin then.
 */
const lastJoined = sql<string | null>`(
  select max(joined.merged_at) from beneficiaries as joined where joined.merged_into = beneficiaries.id
)`

/** Who is in the trash within reach; a file that was put into another went with that one. */
function inTrash(db: Reader, scope: Scope) {
  return db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .where('beneficiaries.organization_id', '=', scope.organizationId)
    .where('beneficiaries.deleted_at', 'is not', null)
    .where(reachesLearnerOrTrash(scope, 'beneficiaries.id'))
    .where(sql<boolean>`not ${sql.raw(isMerged('beneficiaries'))}`)
}

export function trashedPeople(db: Reader, scope: Scope) {
  return inTrash(db, scope)
    .leftJoin('profiles', 'profiles.user_id', 'users.id')
    .leftJoin('users as trainers', 'trainers.id', 'beneficiaries.trainer_id')
    .leftJoin('users as removers', 'removers.id', 'beneficiaries.deleted_by')
    .select([
      'beneficiaries.id',
      'users.name',
      'profiles.date_of_birth as dateOfBirth',
      'trainers.name as trainerName',
      'beneficiaries.deleted_at as deletedAt',
      'removers.name as byName',
      isHeld.as('isHeld'),
      lastJoined.as('lastJoined'),
    ])
    .orderBy('beneficiaries.deleted_at', 'desc')
    .orderBy('beneficiaries.id', 'desc')
    .limit(mostShown)
    .$narrowType<{ deletedAt: string }>()
    .execute()
}

/** By the file that they were put into: what lies in the trash together with it. */
export async function filesAlong(db: Reader, ids: readonly Id[]): Promise<Map<Id, string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .select(['beneficiaries.merged_into as keptId', 'users.name'])
    .where('beneficiaries.merged_into', 'in', [...ids])
    .orderBy('beneficiaries.id')
    .$narrowType<{ keptId: Id }>()
    .execute()
  const byFile = Map.groupBy(rows, ({ keptId }) => keptId)
  return new Map([...byFile].map(([id, files]) => [id, files.map(({ name }) => name)]))
}

export function trashedPerson(db: Reader, scope: Scope, id: Id) {
  return inTrash(db, scope)
    .select(['users.id as userId', 'users.name', 'beneficiaries.updated_at as updatedAt'])
    .where('beneficiaries.id', '=', id)
    .executeTakeFirst()
}

export async function goingAlong(db: Reader, { id, userId }: { id: Id; userId: Id }, now: string): Promise<GoesAlong> {
  const { appointments, groups, sessions } = await db
    .selectFrom('users')
    .select([
      sql<number>`(
        select count(*) from appointments
        where beneficiary_id = ${id} and deleted_at is null and series_minutes is null
          and coalesce(series_end, end_time) > ${now}
      )`.as('appointments'),
      sql<number>`(select count(*) from group_members where beneficiary_id = ${id})`.as('groups'),
      sql<number>`(
        select count(*) from sessions
        where (user_id = users.id or beneficiary_id = ${id}) and expires_at > ${now}
      )`.as('sessions'),
    ])
    .where('users.id', '=', userId)
    .executeTakeFirstOrThrow()
  return { appointments, groups, sessions }
}

export function setDeleted(db: Writer, id: Id, deleted: { at: string; by: Id | null } | null, now: string) {
  return db
    .updateTable('beneficiaries')
    .set({ deleted_at: deleted?.at ?? null, deleted_by: deleted?.by ?? null, updated_at: now })
    .where('id', '=', id)
    .execute()
}

/** Nobody comes in by an account that is in the trash, and nobody sits under it. */
export async function endSessions(db: Writer, { id, userId }: { id: Id; userId: Id }) {
  await db.deleteFrom('sessions').where('user_id', '=', userId).execute()
  await db.updateTable('sessions').set({ beneficiary_id: null }).where('beneficiary_id', '=', id).execute()
  await db.deleteFrom('account_codes').where('user_id', '=', userId).execute()
}

/** Who has been in the trash since before then and is kept there by no legal hold. */
export function dueIn(db: Reader, before: string, id?: Id) {
  return db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .select(['beneficiaries.id', 'users.id as userId', 'beneficiaries.organization_id as organizationId'])
    .where('beneficiaries.deleted_at', '<', before)
    .where(sql<boolean>`coalesce(${lastJoined} < ${before}, true)`)
    .where('users.role', '=', 'student')
    .where(sql<boolean>`not ${sql.raw(isMerged('beneficiaries'))} and not ${isHeld}`)
    .$if(id !== undefined, (query) => query.where('beneficiaries.id', '=', id ?? 0))
    .orderBy('beneficiaries.id')
    .limit(500)
    .execute()
}
