import type { Replica } from './replica.ts'

/** How much goes into one transaction while others wait for the disk. */
export interface Slices {
  /** For the next one. */
  rows(): number
  write<T>(work: () => T): T
}

export interface SlicesOptions {
  replica: Pick<Replica, 'giveWay'>
  /** In each where there is no `ms`; otherwise in the first one, and never fewer: below that, only beginning and ending takes longer. */
  rows: number
  /** As long as one may take: the next has more rows or fewer, whatever else the computer does meanwhile. */
  ms: number | undefined
  monotonic: () => number
}

const most = 2000
/** One that a busy moment made slow must not make all that follow tiny. */
const [slower, faster] = [0.5, 1.5]

export function slicesOf({ replica, rows: first, ms, monotonic }: SlicesOptions): Slices {
  let rows = first
  return {
    rows: () => rows,
    write(work) {
      if (ms === undefined) return work()
      replica.giveWay()
      const began = monotonic()
      const result = work()
      const factor = ms / Math.max(0.1, monotonic() - began)
      rows = Math.round(Math.min(most, Math.max(first, rows * Math.min(faster, Math.max(slower, factor)))))
      return result
    },
  }
}
