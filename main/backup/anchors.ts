import * as z from 'zod'
import type { Connection } from '../database/open.ts'

/** The end of the activity log of one organization: how many lines there are, and the proof of the last of them. */
export const Anchor = z.object({ chain: z.int().nonnegative(), count: z.int().positive(), mac: z.hex().length(64) })
export type Anchor = z.infer<typeof Anchor>

/** One for each log that has lines; none for data from before there were proofs. */
export function anchorsIn(connection: Connection): Anchor[] {
  if (!hasChains(connection)) return []
  const heads = connection.prepare<[], Anchor>(
    'SELECT chain, max(sequence) AS count, mac FROM activity_chain GROUP BY chain ORDER BY chain',
  )
  return heads.all()
}

/** The organizations whose log does not hold any more what it held when the anchors were taken; lines added since are none. */
export function lostAnchors(connection: Connection, anchors: readonly Anchor[]): number[] {
  if (anchors.length === 0) return []
  if (!hasChains(connection)) return anchors.map(({ chain }) => chain)
  const macAt = connection
    .prepare<[number, number], string>('SELECT mac FROM activity_chain WHERE chain = ? AND sequence = ?')
    .pluck()
  return anchors.filter(({ chain, count, mac }) => macAt.get(chain, count) !== mac).map(({ chain }) => chain)
}

function hasChains(connection: Connection): boolean {
  const table = connection.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'activity_chain'`)
  return table.pluck().get() === 1
}
