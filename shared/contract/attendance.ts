import * as z from 'zod'
import { Id, mutation, query } from './base.ts'

/** In the order in which they are offered. */
export const attendanceStatuses = ['present', 'late', 'excused', 'absent'] as const
export const AttendanceStatus = z.enum(attendanceStatuses)
export type AttendanceStatus = z.infer<typeof AttendanceStatus>

/** One appointment; of a series, which one. */
export const AttendanceOf = z.object({ id: Id, occurrence: z.int().min(0).nullable().default(null) })
export type AttendanceOf = z.infer<typeof AttendanceOf>

export const Attendant = z.object({
  beneficiaryId: Id,
  name: z.string(),
  /** Null: nothing is noted. */
  status: AttendanceStatus.nullable(),
})
export type Attendant = z.infer<typeof Attendant>

/** Null takes a note away. */
export const AttendanceMark = z.object({ beneficiaryId: Id, status: AttendanceStatus.nullable() })
export type AttendanceMark = z.infer<typeof AttendanceMark>

export const NoteAttendance = AttendanceOf.extend({ marks: z.array(AttendanceMark).min(1).max(1000) })
export type NoteAttendance = z.infer<typeof NoteAttendance>

/** How often somebody was what. */
export const AttendanceCounts = z.object({
  beneficiaryId: Id,
  present: z.int(),
  late: z.int(),
  excused: z.int(),
  absent: z.int(),
})
export type AttendanceCounts = z.infer<typeof AttendanceCounts>

/** Who was there. Whoever may see an appointment notes it for those of its people they may see. */
export const attendance = {
  /** The learner, the members of the group and whoever has a note, in the order of names. */
  list: query().input(AttendanceOf).output(z.array(Attendant)),
  /** What has begun is held by that. */
  note: mutation({ action: 'attendance.note', resource: 'appointments' })
    .input(NoteAttendance)
    .output(AttendanceOf.required()),
  ofPerson: query()
    .input(z.object({ beneficiaryId: Id }))
    .output(AttendanceCounts),
  ofGroup: query()
    .input(z.object({ groupId: Id }))
    .output(z.array(AttendanceCounts)),
}
