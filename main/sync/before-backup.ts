import type { Connection } from '../database/open.ts'
import { membershipOf } from './membership.ts'
import { replicaOf } from './replica.ts'
import { sealNext } from './seal.ts'

/** So few that nobody who saves something meanwhile waits for long. */
const rowsAtOnce = 200

/**
 * Seals what was not sent. A database that is put back to what a backup holds then has, byte for byte, the envelopes that its
 * former self went on to send, and the centre can tell these from what a copy of the disk has sent in their place.
 */
export function sealBeforeBackup(connection: Connection, now: string) {
  if (!connection.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'sync_state'`).get()) return
  const replica = replicaOf(connection)
  if (!membershipOf(replica)) return
  while (sealNext(replica, now, rowsAtOnce));
}
