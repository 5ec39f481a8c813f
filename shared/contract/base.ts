import { oc } from '@orpc/contract'
import * as z from 'zod'
import { refusalKeys } from '../refusal.ts'

/** A row's key: `site × 2^32 + counter`, exact in a JavaScript number. */
export const Id = z.int().positive()
export type Id = z.infer<typeof Id>

/** UTC, ISO 8601 with milliseconds: `2026-11-23T05:57:25.000Z`. */
export const Timestamp = z.iso.datetime({ precision: 3 })

/** A calendar day without a time zone: `2026-11-23`. */
export const Day = z.iso.date()

/** One that somebody writes down: a year of another century is a slip. */
export const WrittenDay = Day.refine((day) => day >= '1900' && day < '2100', { params: { says: 'year' } })

/** Nobody was born after today, wherever on earth that is today. */
export const Birthday = WrittenDay.refine(
  (day) => day <= new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10),
  { params: { says: 'born' } },
)

export const PersonName = z.string().trim().min(1).max(100)
export const Email = z.string().trim().toLowerCase().pipe(z.email().max(120))

/** bcrypt reads 72 bytes and no more, so a longer password is refused instead of silently cut. */
export const NewPassword = z
  .string()
  .min(8)
  .refine((password) => utf8Length(password) <= 72, { error: 'at most 72 bytes' })

function utf8Length(text: string): number {
  return encodeURIComponent(text.toWellFormed()).replace(/%../g, '.').length
}

/** The answer of a procedure that has nothing to say but that it is done. */
export const Done = z.object({})
export type Done = z.infer<typeof Done>

/**
 * What a mutation leaves in the activity log: an action, or the reason why another row already is the record of it.
 * `valuesStay`: what changed is not noted, as when it must be forgotten. `rows`: how many changed rows are noted, where the
 * ordinary hundred would leave somebody out.
 */
export type Audit = { action: string; resource?: string; valuesStay?: true; rows?: number } | { none: string }

/** A query that opens the file of one person names it: what it leaves in the activity log, and the input with the id. */
export interface Look {
  action: string
  resource: string
  input: string
  /** What is read piece by piece is one look, however many pieces there are. */
  isInPieces?: true
  /** Learners are noted as well: what they open is not their own file, and who shared it may know. */
  learnersToo?: true
}

interface CommonMeta extends Record<string, unknown> {
  /** Largest encoded input in bytes. */
  maxBytes: number
}
export interface QueryMeta extends CommonMeta {
  kind: 'query'
  look?: Look
}
export interface MutationMeta extends CommonMeta {
  kind: 'mutation'
  audit: Audit
}
export type ProcedureMeta = QueryMeta | MutationMeta

const ordinaryMaxBytes = 64 * 1024

/** What a refused call carries to the screen: a sentence to translate, and what to put into it. */
export const RefusalData = z.object({
  key: z.enum(refusalKeys),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type RefusalData = z.infer<typeof RefusalData>

/**
 * What a call carries to the screen that the disk did not let through. `full`: nothing was kept, and the same call may be
 * made again. `failing`: nobody knows whether it was kept, so the screen looks what is there before it makes the call again.
 */
export const DiskTrouble = z.object({ disk: z.enum(['full', 'failing']) })
export type DiskTrouble = z.infer<typeof DiskTrouble>

export function query(options: { maxBytes?: number; look?: Look } = {}) {
  const { maxBytes = ordinaryMaxBytes, look } = options
  return oc.$meta<QueryMeta>({ kind: 'query', maxBytes, ...(look && { look }) })
}

export function mutation(audit: Audit, options: { maxBytes?: number } = {}) {
  const maxBytes = options.maxBytes ?? ordinaryMaxBytes
  return oc.$meta<MutationMeta>({ kind: 'mutation', audit, maxBytes })
}
