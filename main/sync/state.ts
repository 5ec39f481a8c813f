import * as z from 'zod'

/**
 * When something was written, and by which copy of a database: `[clock, site]`. Stamps are totally ordered, first by clock
 * and then by site, and no two writes have the same.
 */
export const Stamp = z.custom<readonly [clock: number, site: number]>(isStamp)
export type Stamp = z.infer<typeof Stamp>

/** By hand, as the values of a row are: every row has one. */
export function isStamp(given: unknown): given is Stamp {
  if (!Array.isArray(given) || given.length !== 2) return false
  const [clock, site]: unknown[] = given
  return isWithin(clock, Number.MAX_SAFE_INTEGER) && isWithin(site, 2 ** 21 - 1)
}

function isWithin(given: unknown, most: number): boolean {
  return Number.isSafeInteger(given) && Number(given) >= 0 && Number(given) <= most
}

/** For each site the latest clock of it that is known here. The keys are site numbers in decimal. */
export const Vector = z.record(z.string().regex(/^(?:0|[1-9]\d{0,6})$/), z.int().nonnegative())
export type Vector = z.infer<typeof Vector>

/** As SQLite holds it: JSON as text, true and false as 1 and 0, times as ISO 8601. */
export const Value = z.union([z.string(), z.number(), z.null()])
export type Value = z.infer<typeof Value>

/** Checked by hand: it is most of what there is to check of a page, and of a page that is most of the work. */
function isValues(given: unknown): boolean {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false
  return Object.entries(given).every(([name, value]) => isColumnName(name) && isValue(value))
}

export function isColumnName(given: string): boolean {
  return /^[a-z][a-z0-9_]*$/.test(given)
}

export function isValue(given: unknown): given is Value {
  return given === null || typeof given === 'string' || Number.isFinite(given)
}

/**
 * All that machines agree about one row. It travels whole, so it may come twice, late, or in any order.
 * A row is dead when its deletion had seen the latest write to each of its registers; see `isAlive`.
 */
export const RowState = z.object({
  /** Its number in the registry. */
  table: z.int().positive(),
  id: z.int().positive(),
  /** Every column but the id. A dead row keeps the image it had. */
  values: z.custom<Record<string, Value>>(isValues),
  /** Of every register that is not in `stamps`. */
  stamp: Stamp,
  /** Of registers that were written later than the others, by their names. */
  stamps: z.record(z.string(), Stamp).optional(),
  /** What this state has seen of each site. Absent: only its own writes, all by one site. */
  seen: Vector.optional(),
  deletion: z.object({ stamp: Stamp, saw: Vector }).optional(),
})
export type RowState = z.infer<typeof RowState>

/** Below zero when `a` was written before `b`. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return a[0] - b[0] || a[1] - b[1]
}

export function stampOf(state: RowState, register: string): Stamp {
  const own = state.stamps && Object.hasOwn(state.stamps, register) ? state.stamps[register] : undefined
  return own ?? state.stamp
}

/** The latest stamp anywhere in the row: a new write goes above its clock, so that it wins over all that was seen. */
export function highestClock({ stamp, stamps, deletion }: RowState): number {
  if (!stamps && !deletion) return stamp[0]
  return Math.max(stamp[0], deletion?.stamp[0] ?? 0, ...Object.values(stamps ?? {}).map(([clock]) => clock))
}

export function seenBy(state: RowState): Vector {
  return state.seen ?? { [state.stamp[1]]: highestClock(state) }
}

/** The writes that stand in the row, by site; unlike `seenBy`, nothing of those that were overwritten. */
export function writtenIn({ stamp, stamps, deletion }: RowState): Vector {
  const all = [stamp, ...Object.values(stamps ?? {}), ...(deletion ? [deletion.stamp] : [])]
  return all.map(([clock, site]): Vector => ({ [site]: clock })).reduce(joined)
}

export function joined(a: Vector, b: Vector): Vector {
  const joint: Record<string, number> = { ...a }
  for (const [site, clock] of Object.entries(b)) joint[site] = Math.max(joint[site] ?? 0, clock)
  return joint
}

export function hasSeen(vector: Vector, [clock, site]: Stamp): boolean {
  return (vector[site] ?? -1) >= clock
}
