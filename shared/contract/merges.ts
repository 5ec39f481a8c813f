import * as z from 'zod'
import { AttendanceStatus } from './attendance.ts'
import { Day, Done, Id, mutation, query, Timestamp } from './base.ts'
import { Alike, BeneficiaryFields } from './beneficiaries.ts'

/** For so long a file that was put into another can be taken out again. */
export const mergeDays = 30

const { own: _own, ...single } = BeneficiaryFields.shape
/** Fields of which one value stays, each chosen by itself; `own.` and a key are a field of the organization. */
export const mergeFields = Object.keys(single) as (keyof typeof single)[]
const MergeField = z.union([z.enum(mergeFields), z.string().regex(/^own\.[a-z0-9]{8}$/)])

const Version = z.object({ id: Id, updatedAt: Timestamp })

export const MergeFiles = z.object({
  /** The file that stays. */
  kept: Version,
  /** The file that is put away; what belongs to it goes to the other one. */
  merged: Version,
  /** Fields that take over what stands in the file that is put away. */
  taken: z.array(MergeField).max(100).default([]),
  /** The notes of both, one below the other. */
  joinsNotes: z.boolean().default(false),
})
export type MergeFiles = z.infer<typeof MergeFiles>

export const movedKinds = [
  'attempts',
  'assessments',
  'appointments',
  'photos',
  'documents',
  'messages',
  'groups',
  'consents',
  'handovers',
  'credentials',
  'goals',
  'links',
] as const

/** How much would go from one file to the other. */
export const MovedCount = z.object({ kind: z.enum(movedKinds), count: z.int().positive() })
export type MovedCount = z.infer<typeof MovedCount>

export const MergePreview = z.object({
  moves: z.array(MovedCount),
  /** Appointments at which both were noted: of the two the stronger note stays. */
  joined: z.array(
    z.object({
      heldAt: Timestamp,
      /** Null where the appointment is another trainer's, or gone. */
      title: z.string().nullable(),
      kept: AttendanceStatus,
      merged: AttendanceStatus,
      becomes: AttendanceStatus,
    }),
  ),
})
export type MergePreview = z.infer<typeof MergePreview>

const LikelyPerson = z.object({
  id: Id,
  name: z.string(),
  dateOfBirth: Day.nullable(),
  trainerName: z.string().nullable(),
})

/** Two files that may be about one person. */
export const LikelyPair = z.object({
  /** The one that was written down first. */
  first: LikelyPerson,
  second: LikelyPerson,
  /** They were written down on two computers. */
  isAcross: z.boolean(),
  causes: Alike.shape.causes,
})
export type LikelyPair = z.infer<typeof LikelyPair>

/** A file that was put into another. */
export const MergedFile = z.object({
  id: Id,
  name: z.string(),
  keptId: Id,
  keptName: z.string(),
  mergedAt: Timestamp,
  /** Until when it can be taken out again. */
  until: Timestamp,
  canUndo: z.boolean(),
  /** Rows that another machine has written for it since, without knowing that it was put away. */
  late: z.int(),
})
export type MergedFile = z.infer<typeof MergedFile>

/** Two files that turn out to be about one person become one, and two again where that was a mistake. */
export const merges = {
  /** The likeliest first. */
  likely: query().output(z.object({ pairs: z.array(LikelyPair), hasMore: z.boolean() })),
  /** What would happen; refused where it would be. */
  preview: query({ look: { action: 'beneficiaries.look', resource: 'beneficiaries', input: 'mergedId' } })
    .input(z.object({ keptId: Id, mergedId: Id }))
    .output(MergePreview),
  /** What is put away within reach, newest first. */
  list: query().output(z.array(MergedFile)),
  merge: mutation({ action: 'merges.merge', resource: 'beneficiaries' }).input(MergeFiles).output(Done),
  /** Each file has again what it had; what was changed since stays as it was changed. */
  undo: mutation({ action: 'merges.undo', resource: 'beneficiaries' })
    .input(z.object({ id: Id }))
    .output(Done),
  /** Brings over what came late. */
  bringOver: mutation({ action: 'merges.bringOver', resource: 'beneficiaries' })
    .input(z.object({ id: Id }))
    .output(Done),
}
