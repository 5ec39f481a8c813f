import { type SqlBool, sql } from 'kysely'
import type { AttendanceCounts, AttendanceMark } from '../../../shared/contract/attendance.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import { reachesLearner, type Scope } from '../../scope.ts'

export interface Attended {
  /** Two machines may each have made a row for the same one of a series. */
  appointmentIds: readonly Id[]
  beneficiaryId: Id | null
  groupId: Id | null
}

/** The people of an appointment within reach with what was noted last, in the order of names. */
export function attendantsOf(db: Reader, scope: Scope, { appointmentIds, beneficiaryId, groupId }: Attended) {
  const ids = sql.join([...appointmentIds])
  return db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .innerJoin('people_index', 'people_index.beneficiary_id', 'beneficiaries.id')
    .select(['beneficiaries.id as beneficiaryId', 'users.name'])
    .select(
      sql<AttendanceMark['status']>`(
        select attendance.status from attendance
        where attendance.beneficiary_id = beneficiaries.id and attendance.appointment_id in (${ids})
        order by attendance.updated_at desc, attendance.id desc limit 1
      )`.as('status'),
    )
    .where('beneficiaries.organization_id', '=', scope.organizationId)
    .where(reachesLearner(scope, 'beneficiaries.id'))
    .where(
      sql<SqlBool>`beneficiaries.id in (
        select ${beneficiaryId} union select beneficiary_id from group_members where group_id = ${groupId}
        union select beneficiary_id from attendance where appointment_id in (${ids})
      )`,
    )
    .orderBy('people_index.sort_name')
    .orderBy('beneficiaries.id')
    .execute()
}

interface Note {
  organizationId: Id
  appointmentId: Id
  heldAt: string
  notedBy: Id | null
  now: string
}

export async function putMark(
  db: Writer,
  note: Note,
  { beneficiaryId, status }: AttendanceMark,
  others: readonly Id[],
) {
  const ofPerson = db.deleteFrom('attendance').where('beneficiary_id', '=', beneficiaryId)
  const stale = status === null ? [note.appointmentId, ...others] : others
  if (stale.length > 0) await ofPerson.where('appointment_id', 'in', [...stale]).execute()
  if (status === null) return
  const { appointmentId, organizationId, heldAt, notedBy, now } = note
  const { numUpdatedRows } = await db
    .updateTable('attendance')
    .set({ status, held_at: heldAt, noted_by: notedBy, updated_at: now })
    .where('appointment_id', '=', appointmentId)
    .where('beneficiary_id', '=', beneficiaryId)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows > 0n) return
  await db
    .insertInto('attendance')
    .values({
      id: await mintId(db, 'attendance'),
      organization_id: organizationId,
      appointment_id: appointmentId,
      beneficiary_id: beneficiaryId,
      status,
      held_at: heldAt,
      noted_by: notedBy,
      created_at: now,
      updated_at: now,
    })
    .execute()
}

/** How often these people were what; what was noted twice for one moment counts as it was noted last. */
export async function countsOf(db: Reader, organizationId: Id, people: readonly Id[]): Promise<AttendanceCounts[]> {
  const last = db
    .selectFrom('attendance')
    .leftJoin('appointments', 'appointments.id', 'attendance.appointment_id')
    .select(['attendance.beneficiary_id', 'attendance.status'])
    .select(
      sql<number>`row_number() over (
        partition by attendance.beneficiary_id, attendance.held_at order by attendance.updated_at desc, attendance.id desc
      )`.as('place'),
    )
    .where('attendance.organization_id', '=', organizationId)
    .where('attendance.beneficiary_id', 'in', [...people])
    .where('appointments.deleted_at', 'is', null)
  const rows = await db
    .selectFrom(last.as('last'))
    .select(['beneficiary_id as beneficiaryId', 'status', sql<number>`count(*)`.as('count')])
    .where('place', '=', 1)
    .groupBy(['beneficiary_id', 'status'])
    .execute()
  return people.map((beneficiaryId) => {
    const of = (status: string) =>
      rows.find((row) => row.beneficiaryId === beneficiaryId && row.status === status)?.count ?? 0
    return { beneficiaryId, present: of('present'), late: of('late'), excused: of('excused'), absent: of('absent') }
  })
}
