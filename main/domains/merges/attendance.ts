import { type AttendanceStatus, attendanceStatuses } from '../../../shared/contract/attendance.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import type { MergeRecord } from './record.ts'

type Joined = MergeRecord['attendance'][number]

/** Appointments at which both files were noted, each with what the one that stays says afterwards. */
export async function sharedAttendance(db: Reader, from: Id, to: Id) {
  const rows = await db
    .selectFrom('attendance as other')
    .innerJoin('attendance as present', 'present.appointment_id', 'other.appointment_id')
    .leftJoin('appointments', 'appointments.id', 'other.appointment_id')
    .select([
      'other.id as goneId',
      'other.appointment_id as appointmentId',
      'other.status as gone',
      'other.noted_by as userId',
      'other.held_at as heldAt',
      'present.id as attendanceId',
      'present.status as before',
      'appointments.title',
      'appointments.trainer_id as trainerId',
    ])
    .where('other.beneficiary_id', '=', from)
    .where('present.beneficiary_id', '=', to)
    .orderBy('other.held_at')
    .orderBy('other.id')
    .execute()
  return rows.map((row) => ({ ...row, after: stronger(row.before, row.gone) }))
}

/** Whoever was there was there, whatever the other file says. */
function stronger(one: AttendanceStatus, other: AttendanceStatus): AttendanceStatus {
  return attendanceStatuses.find((state) => state === one || state === other) ?? one
}

/** Of two notes on one appointment the stronger stays, in the file that stays. */
export async function joinAttendance(db: Writer, from: Id, to: Id, now: string): Promise<Joined[]> {
  const shared = await sharedAttendance(db, from, to)
  for (const { attendanceId, goneId, before, after } of shared) {
    if (after !== before) await note(db, attendanceId, after, now)
    await db.deleteFrom('attendance').where('id', '=', goneId).execute()
  }
  return shared.map(({ attendanceId, appointmentId, userId, heldAt, gone, before, after }) => {
    return { attendanceId, appointmentId, userId, heldAt, gone, before, after }
  })
}

function note(db: Writer, id: Id, status: AttendanceStatus, now: string) {
  return db.updateTable('attendance').set({ status, updated_at: now }).where('id', '=', id).execute()
}

/** Each file is noted again as it was; what somebody has noted since stays. */
export async function partAttendance(
  db: Writer,
  joined: readonly Joined[],
  { to, organizationId, now }: { to: Id; organizationId: Id; now: string },
) {
  for (const { attendanceId, appointmentId, userId, heldAt, gone, before, after } of joined) {
    await db
      .updateTable('attendance')
      .set({ status: before, updated_at: now })
      .where('id', '=', attendanceId)
      .where('status', '=', after)
      .execute()
    const isThere = await db
      .selectFrom('attendance')
      .select('id')
      .where('appointment_id', '=', appointmentId)
      .where('beneficiary_id', '=', to)
      .executeTakeFirst()
    if (isThere) continue
    const noter = userId && (await db.selectFrom('users').select('id').where('id', '=', userId).executeTakeFirst())
    const id = await mintId(db, 'attendance')
    const row = { id, organization_id: organizationId, appointment_id: appointmentId, beneficiary_id: to, status: gone }
    await db
      .insertInto('attendance')
      .values({ ...row, held_at: heldAt, noted_by: noter ? noter.id : null, created_at: now, updated_at: now })
      .execute()
  }
}
