import type { Id } from '../../../shared/contract/base.ts'
import { breather } from '../../breather.ts'
import type { Reader } from '../../database/database.ts'
import { beginning, isGenuine } from './chain.ts'
import { headOf, linkAt, linksAfter, strangeLine } from './queries.ts'

/**
 * What is wrong with the first line that does not fit. `changed`: the line, its place or its proof was altered or
 * swapped; `missing`: the line is gone; `gap`: the line and its proof are gone; `inserted`: a line nobody wrote through
 * BDC; `shortened`: lines at the end are gone, or all were rewritten, since an anchor was taken.
 */
export interface Problem {
  kind: 'changed' | 'missing' | 'gap' | 'inserted' | 'shortened'
  sequence: number | null
  activityId: Id | null
}

export interface Verdict {
  lines: number
  problem: Problem | null
}

/** The head of a chain, kept where nobody who could rewrite the log gets at it. */
export interface Anchor {
  chain: Id
  count: number
  mac: string
}

const pageSize = 200

/**
 * Goes through the log of one organization and names the first line that was altered. Works in short turns, so that
 * everything else goes on meanwhile. `last` verifies only that many lines at the end.
 */
export async function verifyChain(
  db: Reader,
  key: Buffer,
  chain: Id,
  options: { last?: number } = {},
): Promise<Verdict> {
  const head = await headOf(db, chain)
  const end = head?.sequence ?? 0
  const from = options.last === undefined ? 0 : Math.max(0, end - options.last)
  let previous = from === 0 ? beginning : (await linkAt(db, chain, from))?.mac
  if (previous === undefined) return { lines: 0, problem: { kind: 'gap', sequence: from, activityId: null } }

  const breathe = breather()
  let sequence = from
  while (sequence < end) {
    const page = await linksAfter(db, chain, sequence, pageSize)
    for (const { link, line, activityId } of page) {
      const found = (kind: Problem['kind']) => ({
        lines: sequence - from,
        problem: { kind, sequence: sequence + 1, activityId },
      })
      if (link.sequence !== sequence + 1)
        return { ...found('gap'), problem: { kind: 'gap', sequence: sequence + 1, activityId: null } }
      if (!line) return found('missing')
      if (!isGenuine(key, previous, line, link)) return found('changed')
      previous = link.mac
      sequence = link.sequence
      await breathe()
    }
    if (page.length === 0) break
  }
  const stranger = options.last === undefined ? await strangeLine(db, chain) : undefined
  const problem: Problem | null =
    stranger === undefined ? null : { kind: 'inserted', sequence: null, activityId: stranger }
  return { lines: sequence - from, problem }
}

export async function anchorOf(db: Reader, chain: Id): Promise<Anchor> {
  const head = await headOf(db, chain)
  return { chain, count: head?.sequence ?? 0, mac: head?.mac ?? beginning }
}

/** Whether the log still holds what it held when the anchor was taken. */
export async function compareAnchor(db: Reader, { chain, count, mac }: Anchor): Promise<Problem | null> {
  if (count === 0) return null
  const link = await linkAt(db, chain, count)
  return link && link.mac.startsWith(mac)
    ? null
    : { kind: 'shortened', sequence: count, activityId: link?.activityId ?? null }
}
