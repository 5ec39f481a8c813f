import { sql } from 'kysely'
import * as z from 'zod'
import { Id } from '../../../shared/contract/base.ts'
import { RoomSecurity } from '../../../shared/contract/classroom.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import { reachesAssessment, type Scope } from '../../scope.ts'

const AssessmentIds = z.array(Id)
/** Where devices find the room, the same after a restart: they go by its address, its name, or its certificate. */
const Place = z.object({ address: z.string(), port: z.int(), name: z.string(), security: RoomSecurity })
export type Place = z.infer<typeof Place>

interface NewClassroom {
  organizationId: Id
  userId: Id
  groupId: Id | null
  assessmentIds: Id[]
  place: Place
}

export async function insertClassroom(db: Writer, classroom: NewClassroom, now: string) {
  const id = await mintId(db, 'classroom_sessions')
  await db
    .insertInto('classroom_sessions')
    .values({
      id,
      organization_id: classroom.organizationId,
      user_id: classroom.userId,
      group_id: classroom.groupId,
      assessment_ids: classroom.assessmentIds,
      settings: classroom.place,
      started_at: now,
    })
    .execute()
  return id
}

function classrooms(db: Reader) {
  return db
    .selectFrom('classroom_sessions')
    .select([
      'id',
      'organization_id as organizationId',
      'user_id as userId',
      'group_id as groupId',
      'assessment_ids as assessmentIds',
      'settings as place',
      'started_at as startedAt',
    ])
    .where('ended_at', 'is', null)
}

/** The open one, of whatever organization: a machine holds one room at a time, and those of others are not its own. */
export async function openClassroom(db: Reader) {
  const isOfThisMachine = sql<boolean>`id >> 32 = (select site from local_site)`
  return readable(await classrooms(db).where(isOfThisMachine).orderBy('id', 'desc').limit(1).executeTakeFirst())
}

export async function openClassroomById(db: Reader, id: Id) {
  return readable(await classrooms(db).where('id', '=', id).executeTakeFirst())
}

type Stored = NonNullable<Awaited<ReturnType<ReturnType<typeof classrooms>['executeTakeFirst']>>>
export type ClassroomRecord = NonNullable<ReturnType<typeof readable>>

function readable(row: Stored | undefined) {
  if (!row) return undefined
  return { ...row, assessmentIds: AssessmentIds.parse(row.assessmentIds), place: Place.parse(row.place) }
}

export function endClassroom(db: Writer, id: Id, now: string) {
  return db.updateTable('classroom_sessions').set({ ended_at: now }).where('id', '=', id).execute()
}

export function endClassroomsOf(db: Writer, userId: Id, now: string) {
  return db
    .updateTable('classroom_sessions')
    .set({ ended_at: now })
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .execute()
}

export function deleteSeats(db: Writer, classroomId: Id) {
  return db.deleteFrom('sessions').where('classroom_session_id', '=', classroomId).execute()
}

export async function deleteSeat(db: Writer, classroomId: Id, sessionId: Id): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('classroom_session_id', '=', classroomId)
    .where('id', '=', sessionId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export function seatsOf(db: Reader, classroomId: Id) {
  return db
    .selectFrom('sessions')
    .leftJoin('beneficiaries', 'beneficiaries.id', 'sessions.beneficiary_id')
    .leftJoin('users', 'users.id', 'beneficiaries.user_id')
    .select((eb) => [
      'sessions.id as sessionId',
      eb.fn.coalesce('sessions.device_name', eb.val('')).as('deviceName'),
      eb.fn.coalesce('sessions.ip_address', eb.val('')).as('ipAddress'),
      'beneficiaries.id as learnerId',
      'users.name as learnerName',
    ])
    .where('sessions.classroom_session_id', '=', classroomId)
    .orderBy('sessions.id')
    .execute()
}

export async function countSeats(db: Reader, classroomId: Id): Promise<number> {
  const { count } = await db
    .selectFrom('sessions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('classroom_session_id', '=', classroomId)
    .executeTakeFirstOrThrow()
  return count
}

interface AttemptsAsked {
  organizationId: Id
  assessmentIds: Id[]
  beneficiaryIds: Id[]
}

/** Their attempts at these assessments with what is saved of each, the one touched last first. */
export function attemptsOfSeats(db: Reader, { organizationId, assessmentIds, beneficiaryIds }: AttemptsAsked) {
  return db
    .selectFrom('attempts')
    .innerJoin('papers', 'papers.id', 'attempts.paper_id')
    .leftJoin('responses', (join) =>
      join.onRef('responses.attempt_id', '=', 'attempts.id').on('responses.answer', '<>', ''),
    )
    .select((eb) => [
      'attempts.id',
      'attempts.beneficiary_id as beneficiaryId',
      'attempts.state',
      'attempts.updated_at as updatedAt',
      'attempts.submitted_at as submittedAt',
      'attempts.current_question_id as currentQuestionId',
      'attempts.draw',
      'attempts.paper_id as paperId',
      'papers.title',
      eb.fn.count<number>('responses.id').as('answered'),
      eb.fn.max('responses.updated_at').as('savedAt'),
    ])
    .where('attempts.organization_id', '=', organizationId)
    .where('attempts.assessment_id', 'in', assessmentIds)
    .where('attempts.beneficiary_id', 'in', beneficiaryIds)
    .groupBy('attempts.id')
    .orderBy('attempts.updated_at', 'desc')
    .execute()
}

/** The questions of some papers, without anything else of them. */
export function questionIdsOf(db: Reader, paperIds: Id[]) {
  return db
    .selectFrom('papers')
    .select([
      'id',
      sql<string>`(select json_group_array(json_extract(value, '$.id')) from json_each(papers.questions))`.as(
        'questionIds',
      ),
    ])
    .where('id', 'in', paperIds)
    .execute()
}

export function groupOf(db: Reader, organizationId: Id, groupId: Id) {
  return db
    .selectFrom('groups')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', groupId)
    .executeTakeFirst()
}

export function assessmentsAmong(db: Reader, scope: Scope, ids: Id[]) {
  return db
    .selectFrom('assessments')
    .select(['id', 'status'])
    .where('organization_id', '=', scope.organizationId)
    .where('id', 'in', ids)
    .where(reachesAssessment(scope, 'assessments.id'))
    .execute()
}

/** The active members of a group by name. */
export function membersOf(db: Reader, organizationId: Id, groupId: Id) {
  return db
    .selectFrom('group_members')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'group_members.beneficiary_id')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .select(['beneficiaries.id as beneficiaryId', 'users.name'])
    .where('group_members.group_id', '=', groupId)
    .where('beneficiaries.organization_id', '=', organizationId)
    .where('beneficiaries.status', '=', 'active')
    .where('beneficiaries.deleted_at', 'is', null)
    .orderBy('users.name')
    .orderBy('beneficiaries.id')
    .limit(500)
    .execute()
}
