import * as z from 'zod'
import { Done, Id, mutation, query, Timestamp } from './base.ts'

export const appointmentStatuses = ['scheduled', 'completed', 'cancelled'] as const
export const AppointmentStatus = z.enum(appointmentStatuses)
export type AppointmentStatus = z.infer<typeof AppointmentStatus>

/** Longest time from beginning to end; what lies in a week is found by looking back no further than this. */
export const longestAppointmentMs = 7 * 24 * 3_600_000

const text = (max: number) => z.string().trim().max(max)

/** How an appointment comes again: a rule (RRULE of RFC 5545), by the clocks of a place (a name of the IANA data). */
export const Recurrence = z.object({ rule: text(400).min(1), timeZone: text(64).min(1) })
export type Recurrence = z.infer<typeof Recurrence>

/** How far a change of one of a series goes. */
export const seriesReaches = ['this', 'following', 'all'] as const
export const SeriesReach = z.enum(seriesReaches)
export type SeriesReach = z.infer<typeof SeriesReach>

/** Empty texts are stored as unknown. */
export const AppointmentFields = z.object({
  title: text(200).min(1),
  description: text(5000).default(''),
  beneficiaryId: Id.nullable().default(null),
  trainerId: Id.nullable().default(null),
  /** A group whose members are there. */
  groupId: Id.nullable().default(null),
  startTime: Timestamp,
  /** Later than the beginning, by a week at most. */
  endTime: Timestamp,
  location: text(200).default(''),
  type: text(50).default(''),
  status: AppointmentStatus.default('scheduled'),
  /** For the staff alone: learners see the description, never the notes. */
  notes: text(20_000).default(''),
  /** The first of a series begins at the start; null: it is once. */
  recurrence: Recurrence.nullable().default(null),
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
  groupId: Id.nullable(),
  groupName: z.string().nullable(),
  /** The first row of the series that this is one of, and which one: minutes on the clock after the first. */
  seriesId: Id.nullable(),
  occurrence: z.int().min(0).nullable(),
  updatedAt: Timestamp,
})
export type AppointmentRow = z.infer<typeof AppointmentRow>

export const Appointment = AppointmentRow.extend({
  description: z.string(),
  notes: z.string(),
  recurrence: Recurrence.nullable(),
})
export type Appointment = z.infer<typeof Appointment>

/** What a learner sees of an appointment of theirs. */
export const OwnAppointment = AppointmentRow.pick({
  id: true,
  occurrence: true,
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

export const conflictCauses = ['trainer', 'beneficiary', 'group', 'location'] as const

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

/** Of a calendar of the caller's elsewhere: the account, and where it stands there. */
export const EventElsewhere = z.object({ accountId: Id, href: z.string().min(1).max(2000) })
export type EventElsewhere = z.infer<typeof EventElsewhere>

export const FindConflicts = AppointmentFields.pick({ startTime: true, endTime: true }).extend({
  trainerId: Id.nullable().default(null),
  beneficiaryId: Id.nullable().default(null),
  groupId: Id.nullable().default(null),
  location: text(200).default(''),
  /** Of a series: every one of the next two years is looked at. */
  recurrence: Recurrence.nullable().default(null),
  /** Of one of a series that is being moved: with which others. */
  reach: SeriesReach.default('this'),
  /** The appointment that is being changed, with all of its series, which is in nobody's way. */
  exceptId: Id.optional(),
  /** The event of a calendar elsewhere that is becoming an appointment. */
  exceptEvent: EventElsewhere.optional(),
})
export type FindConflicts = z.infer<typeof FindConflicts>

/** Most conflicts in one answer. */
export const mostConflicts = 50

const Occurrence = z.int().min(0).nullable().default(null)
/** `occurrence`: which one of the series that the row stands for. */
const one = z.object({ id: Id, occurrence: Occurrence })
/** `updatedAt`: the version that was on the screen; refused if somebody has written since. */
const version = one.extend({ updatedAt: Timestamp })
export type AppointmentVersion = z.infer<typeof version>
const reach = z.object({ reach: SeriesReach.default('this') })
/** `undo` takes the change back, for as long as this program runs and nobody has written since. */
const Undo = z.object({ undo: z.uuid() })
const written = Undo.extend({ id: Id, updatedAt: Timestamp })

export const UpdateAppointment = AppointmentFields.extend(version.shape).extend(reach.shape)
export type UpdateAppointment = z.infer<typeof UpdateAppointment>

export const MoveAppointment = version.extend(reach.shape).extend({ startTime: Timestamp, endTime: Timestamp })
export type MoveAppointment = z.infer<typeof MoveAppointment>

export const RemoveAppointment = version.extend(reach.shape)
export type RemoveAppointment = z.infer<typeof RemoveAppointment>

export const fileProblems = [
  'noCalendar',
  'unreadable',
  'noStart',
  'noUid',
  'noSeries',
  'badTime',
  'unknownZone',
  'badRule',
  'startOffRule',
  'endsTooEarly',
  'tooLong',
  'twice',
  'tooMany',
] as const
export const FileProblem = z.enum(fileProblems)
export type FileProblem = z.infer<typeof FileProblem>

const calendarBytes = 1024 * 1024

/** A file of the iCalendar format (RFC 5545), and the zone of the times in it that name none. */
export const CalendarText = z.object({ text: z.string().min(1).max(calendarBytes), timeZone: text(64).min(1) })
export type CalendarText = z.infer<typeof CalendarText>

/** What a file would do; the rows and the problems at its beginning. */
export const CalendarPreview = z.object({
  creates: z.int(),
  updates: z.int(),
  same: z.int(),
  problemCount: z.int(),
  problems: z.array(z.object({ line: z.int().positive(), problem: FileProblem })),
  rows: z.array(
    z.object({
      line: z.int().positive(),
      action: z.enum(['create', 'update', 'same']),
      title: z.string(),
      startTime: Timestamp,
      endTime: Timestamp,
      repeats: z.boolean(),
      /** How many of the series are different or left out. */
      changes: z.int(),
    }),
  ),
})
export type CalendarPreview = z.infer<typeof CalendarPreview>

/** So long what was deleted can be brought back. */
export const trashDays = 30

export const TrashedAppointment = AppointmentRow.pick({
  id: true,
  title: true,
  startTime: true,
  endTime: true,
  beneficiaryName: true,
}).extend({ deletedAt: Timestamp, repeats: z.boolean() })
export type TrashedAppointment = z.infer<typeof TrashedAppointment>

const wholeFile = { maxBytes: 4 * calendarBytes }

export const appointments = {
  /** As an iCalendar file: one, with all of its series, or whatever touches a time. */
  file: query()
    .input(z.union([z.object({ id: Id }), ListAppointments]))
    .output(z.object({ text: z.string() })),
  /** Writes nothing. */
  previewFile: query(wholeFile).input(CalendarText).output(CalendarPreview),
  readFile: mutation({ action: 'appointments.readFile', resource: 'appointments' }, wholeFile)
    .input(CalendarText)
    .output(Undo.extend({ creates: z.int(), updates: z.int() })),
  /** In the order of time, each one of a series by itself. */
  list: query().input(ListAppointments).output(AppointmentSpan),
  /** Of a series without an occurrence: the next one. */
  get: query({ look: { action: 'appointments.look', resource: 'appointments', input: 'id' } })
    .input(one)
    .output(Appointment),
  /** What else is at that time: a notice before saving, never a refusal. */
  conflicts: query().input(FindConflicts).output(z.array(Conflict)),
  create: mutation({ action: 'appointments.create', resource: 'appointments' })
    .input(AppointmentFields)
    .output(written),
  update: mutation({ action: 'appointments.update', resource: 'appointments' })
    .input(UpdateAppointment)
    .output(written),
  /** Another beginning or another end, and nothing else. */
  move: mutation({ action: 'appointments.move', resource: 'appointments' }).input(MoveAppointment).output(written),
  /** Of a series: of this one alone. */
  setStatus: mutation({ action: 'appointments.setStatus', resource: 'appointments' })
    .input(version.extend({ status: AppointmentStatus }))
    .output(written),
  /** It can be brought back for a month. */
  remove: mutation({ action: 'appointments.remove', resource: 'appointments' }).input(RemoveAppointment).output(Undo),
  /** What was deleted in the last month, the latest first. */
  trash: query().output(z.array(TrashedAppointment)),
  restore: mutation({ action: 'appointments.restore', resource: 'appointments' })
    .input(z.object({ id: Id }))
    .output(Done),
  /** `staysIn` names the calendar elsewhere that keeps what had reached it meanwhile. */
  undo: mutation({ action: 'appointments.undo', resource: 'appointments' })
    .input(Undo)
    .output(z.object({ staysIn: z.string().nullable() })),
  /** The learner's own, in the order of time. */
  mine: query().input(Span).output(z.array(OwnAppointment)),
}
