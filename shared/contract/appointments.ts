import * as z from 'zod'
import { Done, Id, mutation, query, Timestamp } from './base.ts'

export const appointmentStatuses = ['scheduled', 'completed', 'cancelled'] as const
export const AppointmentStatus = z.enum(appointmentStatuses)
export type AppointmentStatus = z.infer<typeof AppointmentStatus>

/** Longest time from beginning to end; what lies in a week is found by looking back no further than this. */
export const longestAppointmentMs = 7 * 24 * 3_600_000

const text = (max: number) => z.string().trim().max(max)

/** Empty texts are stored as unknown. */
export const AppointmentFields = z.object({
  title: text(200).min(1),
  description: text(5000).default(''),
  beneficiaryId: Id.nullable().default(null),
  trainerId: Id.nullable().default(null),
  startTime: Timestamp,
  /** Later than the beginning, by a week at most. */
  endTime: Timestamp,
  location: text(200).default(''),
  type: text(50).default(''),
  status: AppointmentStatus.default('scheduled'),
  /** For the staff alone: learners see the description, never the notes. */
  notes: text(20_000).default(''),
})
export type AppointmentFields = z.infer<typeof AppointmentFields>

export const AppointmentRow = z.object({
  id: Id,
  title: z.string(),
  startTime: Timestamp,
  endTime: Timestamp,
  location: z.string(),
  type: z.string(),
  status: AppointmentStatus,
  beneficiaryId: Id.nullable(),
  beneficiaryName: z.string().nullable(),
  trainerId: Id.nullable(),
  trainerName: z.string().nullable(),
  updatedAt: Timestamp,
})
export type AppointmentRow = z.infer<typeof AppointmentRow>

export const Appointment = AppointmentRow.extend({ description: z.string(), notes: z.string() })
export type Appointment = z.infer<typeof Appointment>

/** What a learner sees of an appointment of theirs. */
export const OwnAppointment = AppointmentRow.pick({
  id: true,
  title: true,
  startTime: true,
  endTime: true,
  location: true,
  type: true,
  status: true,
  trainerName: true,
}).extend({ description: z.string() })
export type OwnAppointment = z.infer<typeof OwnAppointment>

/** Whatever touches the time from `from` up to `until`. */
const Span = z.object({ from: Timestamp, until: Timestamp })

export const ListAppointments = Span.extend({
  trainerId: Id.optional(),
  beneficiaryId: Id.optional(),
})
export type ListAppointments = z.infer<typeof ListAppointments>

/** Most rows in one answer. */
export const mostAppointments = 2000

export const AppointmentSpan = z.object({
  rows: z.array(AppointmentRow),
  /** There are more in this time than one answer holds; these are the earliest. */
  isCut: z.boolean(),
})
export type AppointmentSpan = z.infer<typeof AppointmentSpan>

export const conflictCauses = ['trainer', 'beneficiary', 'location'] as const

/** Another appointment at the same time that needs the same trainer, learner or place. */
export const Conflict = z.object({
  /** Null, as the title, when the other appointment is not the caller's to see. */
  id: Id.nullable(),
  title: z.string().nullable(),
  startTime: Timestamp,
  endTime: Timestamp,
  causes: z.array(z.enum(conflictCauses)).min(1),
})
export type Conflict = z.infer<typeof Conflict>

export const FindConflicts = AppointmentFields.pick({ startTime: true, endTime: true }).extend({
  trainerId: Id.nullable().default(null),
  beneficiaryId: Id.nullable().default(null),
  location: text(200).default(''),
  /** The appointment that is being changed, which is in nobody's way. */
  exceptId: Id.optional(),
})
export type FindConflicts = z.infer<typeof FindConflicts>

const one = z.object({ id: Id })
/** `updatedAt`: the version that was on the screen; refused if somebody has written since. */
const version = one.extend({ updatedAt: Timestamp })
export type AppointmentVersion = z.infer<typeof version>
const written = z.object({ updatedAt: Timestamp })

export const MoveAppointment = version.extend({ startTime: Timestamp, endTime: Timestamp })
export type MoveAppointment = z.infer<typeof MoveAppointment>

export const appointments = {
  /** In the order of time. */
  list: query().input(ListAppointments).output(AppointmentSpan),
  get: query({ look: { action: 'appointments.look', resource: 'appointments', input: 'id' } })
    .input(one)
    .output(Appointment),
  /** What else is at that time: a notice before saving, never a refusal. */
  conflicts: query().input(FindConflicts).output(z.array(Conflict)),
  create: mutation({ action: 'appointments.create', resource: 'appointments' })
    .input(AppointmentFields)
    .output(version),
  update: mutation({ action: 'appointments.update', resource: 'appointments' })
    .input(AppointmentFields.extend({ id: Id, updatedAt: Timestamp }))
    .output(written),
  /** Another beginning or another end, and nothing else. */
  move: mutation({ action: 'appointments.move', resource: 'appointments' }).input(MoveAppointment).output(written),
  setStatus: mutation({ action: 'appointments.setStatus', resource: 'appointments' })
    .input(version.extend({ status: AppointmentStatus }))
    .output(written),
  remove: mutation({ action: 'appointments.remove', resource: 'appointments' }).input(version).output(Done),
  /** The learner's own, in the order of time. */
  mine: query().input(Span).output(z.array(OwnAppointment)),
}
