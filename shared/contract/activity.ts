import * as z from 'zod'
import { Done, Id, mutation, query, Timestamp } from './base.ts'

const Value = z.union([z.string(), z.number(), z.null()])

/** What was done to one row. */
export const RowChange = z.object({
  table: z.string(),
  id: Id,
  kind: z.enum(['insert', 'update', 'delete']),
  /** Before and after of each column that changed; of a secret both are null. */
  fields: z.record(z.string(), z.tuple([Value, Value])),
  /** The values were erased together with the person they told of. */
  isErased: z.boolean(),
})
export type RowChange = z.infer<typeof RowChange>

export const ActivityRow = z.object({
  id: Id,
  at: Timestamp,
  userId: Id.nullable(),
  /** Null for calls before somebody signed in. */
  userName: z.string().nullable(),
  action: z.string(),
  resource: z.string().nullable(),
  resourceId: Id.nullable(),
  /** Whose file it was. */
  personName: z.string().nullable(),
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  /** What the program noted beside. */
  notes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  changes: z.array(RowChange),
  /** Rows that changed as well and are not listed. */
  unlisted: z.int(),
  /** How often a look was repeated within a few minutes. */
  looks: z.int(),
})
export type ActivityRow = z.infer<typeof ActivityRow>

export const ActivityFilter = z.object({
  userId: Id.optional(),
  /** Lines about this person. */
  beneficiaryId: Id.optional(),
  action: z.string().max(100).optional(),
  resource: z.string().max(50).optional(),
  from: Timestamp.optional(),
  until: Timestamp.optional(),
})
export type ActivityFilter = z.infer<typeof ActivityFilter>

const page = {
  after: z.string().max(400).optional(),
  limit: z.int().min(1).max(200).default(100),
}
export const ListActivity = ActivityFilter.extend(page)
export type ListActivity = z.infer<typeof ListActivity>

export const sheetFormats = ['csv', 'xlsx'] as const
export const SheetFormat = z.enum(sheetFormats)
export type SheetFormat = z.infer<typeof SheetFormat>

/** A file to save. */
export const SavedFile = z.object({ fileName: z.string(), mimeType: z.string(), base64: z.string(), rows: z.int() })
export type SavedFile = z.infer<typeof SavedFile>

/**
 * The first line that does not fit. `changed`: it, its place or its proof was altered; `missing`: the line is gone;
 * `gap`: the line and its proof are gone; `inserted`: it was written around BDC; `shortened`: what an anchor proves was
 * there is not.
 */
export const LogProblem = z.object({
  kind: z.enum(['changed', 'missing', 'gap', 'inserted', 'shortened']),
  sequence: z.int().nullable(),
  activityId: Id.nullable(),
})
export type LogProblem = z.infer<typeof LogProblem>

/** `tail`: the newest lines, at every start; `whole`: every line, weekly. */
export const LogCheck = z.object({
  extent: z.enum(['tail', 'whole']),
  lines: z.int(),
  problem: LogProblem.nullable(),
  checkedAt: Timestamp,
})
export type LogCheck = z.infer<typeof LogCheck>

/** The head of the log, to be kept where nobody who could rewrite the log gets at it. */
export const LogAnchor = z.object({ lines: z.int(), code: z.string(), takenAt: Timestamp })
export type LogAnchor = z.infer<typeof LogAnchor>

export const severities = ['debug', 'info', 'warning', 'error', 'critical'] as const
export const Severity = z.enum(severities)
export type Severity = z.infer<typeof Severity>

const errorPage = {
  severity: Severity.optional(),
  /** What the user was shown. */
  requestId: z.string().trim().max(36).optional(),
  from: Timestamp.optional(),
  until: Timestamp.optional(),
}
export const ErrorFilter = z.object(errorPage)
export type ErrorFilter = z.infer<typeof ErrorFilter>
export const ListErrors = ErrorFilter.extend(page)
export type ListErrors = z.infer<typeof ListErrors>

export const ErrorRow = z.object({
  id: Id,
  at: Timestamp,
  severity: Severity,
  type: z.string(),
  message: z.string(),
  /** Places in the program, innermost first. */
  places: z.array(z.string()),
  /** The procedure or part of the program. */
  place: z.string(),
  requestId: z.string().nullable(),
  userName: z.string().nullable(),
})
export type ErrorRow = z.infer<typeof ErrorRow>

/** Who did and saw what: the activity log, what proves it, and the errors of the program. */
export const activity = {
  list: query()
    .input(ListActivity)
    .output(z.object({ rows: z.array(ActivityRow), next: z.string().nullable() })),
  /** What the log can be filtered by. */
  choices: query().output(
    z.object({
      users: z.array(z.object({ id: Id, name: z.string() })),
      actions: z.array(z.string()),
      resources: z.array(z.string()),
    }),
  ),
  /** Whose lines a filter shows. */
  personName: query()
    .input(z.object({ beneficiaryId: Id }))
    .output(z.object({ name: z.string() })),
  export: mutation({ action: 'activity.export' })
    .input(z.object({ format: SheetFormat, filter: ActivityFilter }))
    .output(SavedFile),
  /** The latest check of each kind. */
  checks: query().output(z.object({ tail: LogCheck.nullable(), whole: LogCheck.nullable() })),
  verify: mutation({ none: 'the check is kept as a row of its own' }).input(Done).output(LogCheck),
  anchor: query().output(LogAnchor),
  /** Whether the log still holds what it held when the anchor was taken. */
  compareAnchor: query()
    .input(z.object({ code: z.string().max(100) }))
    .output(z.object({ lines: z.int(), problem: LogProblem.nullable() })),
  errors: query()
    .input(ListErrors)
    .output(z.object({ rows: z.array(ErrorRow), next: z.string().nullable() })),
  exportErrors: mutation({ action: 'activity.exportErrors' })
    .input(z.object({ format: SheetFormat, filter: ErrorFilter }))
    .output(SavedFile),
}
