import * as z from 'zod'
import { AttendanceStatus } from '../../../shared/contract/attendance.ts'
import { Id, Timestamp } from '../../../shared/contract/base.ts'

const Key = z.union([Id, z.string()])
const Value = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** What one file has from the other, kept with the one that is put away: enough to give it back, and nothing secret. */
export const MergeRecord = z.object({
  /** By the place of the number, the keys of the rows that were its own. */
  moved: z.record(z.string(), z.array(Key)),
  /** Attempts that count anew, each with the number that it had. */
  numbers: z.array(z.object({ attemptId: Id, number: z.int() })),
  /** Ways to sign in at a kiosk of which the other file had one already. */
  revoked: z.array(Id),
  /** Offers to another trainer that were open. */
  withdrawn: z.array(Id),
  /** Groups that both were in. */
  groups: z.array(Id),
  /** Links to other people: those that name the file that stays now, and those that it had already. */
  links: z
    .array(
      z.object({
        linkId: Id,
        beneficiaryId: Id,
        otherId: Id,
        kind: z.enum(['parent', 'sibling', 'partner', 'household', 'other', 'different']),
        note: z.string().nullable(),
        mark: z.string().nullable(),
        userId: Id.nullable(),
        isMoved: z.boolean(),
      }),
    )
    .default([]),
  /** Appointments at which both were noted: what went, and what the file that stays said before and after. */
  attendance: z
    .array(
      z.object({
        attendanceId: Id,
        appointmentId: Id,
        userId: Id.nullable(),
        heldAt: Timestamp,
        gone: AttendanceStatus,
        before: AttendanceStatus,
        after: AttendanceStatus,
      }),
    )
    .default([]),
  /** Fields of the file that stays: what stood there, and what was written. */
  fields: z.array(z.object({ field: z.string(), before: Value, after: Value })),
  /** Null where there was none. */
  email: z.string().nullable(),
  couldSignIn: z.boolean(),
  /** The way in went along with the address. */
  tookPassword: z.boolean(),
  mergedBy: z.object({ userId: Id.nullable() }),
})
export type MergeRecord = z.infer<typeof MergeRecord>
