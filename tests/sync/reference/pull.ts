import type { PullReply, PullRequest } from '../../../main/sync/wire.ts'
import { onPage } from '../page.ts'
import { type Centre, type CentreRow, headOf, type SiteRow } from './centre.ts'

/** Rows of the organization above the cursor, by number, up to where the head was when the pull began. */
export function pull(centre: Centre, site: SiteRow, { cursor, upto, limit, own = false }: PullRequest): PullReply {
  const head = headOf(centre, site.organizationId)
  const end = Math.min(upto ?? head.number, head.number)
  if (site.isRevoked)
    return { upto: cursor, packed: [], rows: [], leaves: [], cursor, hasMore: false, acknowledged: site.acknowledged }
  const wanted = [...centre.state.rows.values()]
    .filter((row) => row.organizationId === site.organizationId && row.number > cursor && row.number <= end)
    .filter((row) => returns(centre, row) && (own || row.echoOf !== site.site || row.number <= site.againUpto))
    .sort((a, b) => a.number - b.number)
  const page = wanted.slice(0, limit)
  const hasMore = wanted.length > limit
  return {
    upto: end,
    ...onPage(page.map(({ state, number }) => ({ ...structuredClone(state), number }))),
    leaves: [],
    cursor: hasMore ? (page.at(-1)?.number ?? end) : end,
    hasMore,
    acknowledged: site.acknowledged,
  }
}

function returns({ schema }: Centre, { state }: CentreRow): boolean {
  return schema.get(state.table)?.sync !== 'push'
}
