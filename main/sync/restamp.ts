import type { Replica } from './replica.ts'
import { type RowState, type Stamp, seenBy, type Vector } from './state.ts'

interface Noted {
  table: number
  id: number
  clock: number
  site: number
  stamps: string | null
  seen: string | null
  deletion: string | null
  highest: number
}

/** The clock up to which the centre has what this site wrote. */
export function clockBefore({ prepared }: Replica): number {
  return (
    prepared<number | null>('SELECT max(clock) FROM sync_outbox WHERE acknowledged_at IS NOT NULL').pluck().get() ?? 0
  )
}

export interface Parting {
  from: number
  to: number
  /** What site `from` wrote up to this clock was written before the two copies parted. */
  clock: number
  /** Rows that were changed after this change. */
  through: number
}

/** Signs what this copy wrote alone with its new site: both copies may have given one stamp to two writes. */
export function restamp(replica: Replica, parting: Parting) {
  const rows = replica
    .prepared<Noted>(
      `SELECT table_number AS "table", id, clock, site, stamps, seen, deletion, highest FROM sync_rows
      WHERE change > 0 AND change > ?`,
    )
    .all(parting.through)
  const write = replica.prepared(
    'UPDATE sync_rows SET clock = ?, site = ?, stamps = ?, seen = ?, deletion = ? WHERE table_number = ? AND id = ?',
  )
  for (const row of rows) {
    const [clock, site] = moved([row.clock, row.site], parting)
    const seen = row.seen ? JSON.parse(row.seen) : { [row.site]: row.highest }
    write.run(
      clock,
      site,
      row.stamps && JSON.stringify(mapped(JSON.parse(row.stamps), parting)),
      JSON.stringify(split(seen, parting)),
      row.deletion && JSON.stringify(partedDeletion(JSON.parse(row.deletion), parting)),
      row.table,
      row.id,
    )
  }
}

/** The same for a row that was sealed and not sent. */
export function restamped(state: RowState, parting: Parting): RowState {
  const { stamp, stamps, deletion } = state
  return {
    ...state,
    stamp: moved(stamp, parting),
    ...(stamps && { stamps: mapped(stamps, parting) }),
    seen: split(seenBy(state), parting),
    ...(deletion && { deletion: partedDeletion(deletion, parting) }),
  }
}

function moved([clock, site]: Stamp, { from, to, clock: before }: Parting): Stamp {
  return site === from && clock > before ? [clock, to] : [clock, site]
}

function mapped(stamps: Record<string, Stamp>, parting: Parting) {
  return Object.fromEntries(Object.entries(stamps).map(([name, stamp]) => [name, moved(stamp, parting)]))
}

/** What was seen of the old site up to the parting was of both; what came later, of this copy alone. */
function split(seen: Vector, { from, to, clock }: Parting): Vector {
  const own = seen[from]
  if (own === undefined || own <= clock) return seen
  return { ...seen, [from]: clock, [to]: Math.max(own, seen[to] ?? 0) }
}

function partedDeletion({ stamp, saw }: NonNullable<RowState['deletion']>, parting: Parting) {
  return { stamp: moved(stamp, parting), saw: split(saw, parting) }
}
