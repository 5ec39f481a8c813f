import type { Id } from '../../../shared/contract/base.ts'
import type { SyncState } from '../../../shared/contract/sync.ts'
import type { Reader } from '../../database/database.ts'
import { amountsOnTheWay } from './content-queries.ts'
import type { SyncLink } from './link.ts'
import { membership, openConflicts, parkedRows, queuedRows, refusedRows } from './queries.ts'

const alone: SyncState = {
  status: 'never',
  connection: null,
  queued: 0,
  contents: { toSend: { count: 0, bytes: 0 }, toCome: { count: 0, bytes: 0 } },
  running: null,
  lastContactAt: null,
  lastSuccessAt: null,
  conflicts: 0,
  refused: 0,
  parked: 0,
}

/** How things stand with the centre; an organization that is not the connected one works alone. */
export async function stateOf(db: Reader, organizationId: Id | null, link: SyncLink): Promise<SyncState> {
  const found = await membership(db)
  if (!found || found.organizationId !== organizationId) return alone
  const { organizationName, scope, trainerName, site, machine, address, lastContactAt, lastSuccessAt } = found
  const contents = await amountsOnTheWay(db)
  const queued = (await queuedRows(db)) + contents.toSend.count
  const running = link.running()
  return {
    status: statusOf(found, { queued, isRunning: running !== null, isAway: link.isAway() }),
    connection: { organizationName, scope, trainerName, site, machine, address: address ?? '' },
    queued,
    contents,
    running,
    lastContactAt,
    lastSuccessAt,
    conflicts: await openConflicts(db, found.organizationId),
    refused: (await refusedRows(db)).length,
    // While a round is under way rows wait for each other all the time.
    parked: running ? 0 : (await parkedRows(db)).length,
  }
}

interface Known {
  status: 'ok' | 'upgrade' | 'revoked' | 'stuck'
  lastSuccessAt: string | null
}

function statusOf(
  { status, lastSuccessAt }: Known,
  { queued, isRunning, isAway }: { queued: number; isRunning: boolean; isAway: boolean },
): SyncState['status'] {
  if (status !== 'ok') return status
  if (isRunning) return 'syncing'
  if (isAway) return 'away'
  if (lastSuccessAt === null) return 'never'
  return queued > 0 ? 'waiting' : 'done'
}
