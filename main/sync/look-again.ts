import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../clock.ts'
import type { KeyStore } from '../database/key.ts'
import { type Connection, openConnection } from '../database/open.ts'
import { forgetShutOut, shutOutOf } from '../unlock/shut-out.ts'
import { membershipOf } from './membership.ts'
import { replicaOf } from './replica.ts'
import { openTransport } from './transports/open-transport.ts'
import { protocol, type Transport } from './wire.ts'

/** Nobody waits longer for a start. */
const patienceMs = 5_000

/**
 * At the start of a machine that its centre has shut out: asks there whether that still holds. Only the key of the machine can
 * ask, nothing of the data is shown before the answer, and without one it stays locked.
 */
export async function lookAgain({ dataDir, app }: { dataDir: string; app: string }, keys: KeyStore) {
  const databasePath = join(dataDir, 'bdc.db')
  if (!shutOutOf(dataDir) || !existsSync(databasePath)) return
  const key = await keys.load().catch(() => undefined)
  if (!key) return
  const connection = openConnection(databasePath, key, { readonly: true })
  try {
    if (await isLetInAgain(connection, app)) forgetShutOut(dataDir)
  } finally {
    connection.close()
  }
}

async function isLetInAgain(connection: Connection, app: string): Promise<boolean> {
  const membership = membershipOf(replicaOf(connection))
  const transport = membership && openTransport(connection)
  if (!membership || !transport) return false
  const { site, incarnation, cursor, history } = membership
  const schema = Number(connection.pragma('user_version', { simple: true }))
  const now = systemClock.now().getTime()
  const hello = () => transport.hello({ protocol, schema, app, site, incarnation, cursor, history, now })
  try {
    const reply = await Promise.race([hello(), wait(patienceMs, undefined, { ref: false })])
    return reply !== undefined && reply.status !== 'revoked'
  } catch {
    // Nobody there, or no word that this machine understands: it was shut out, and is.
    return false
  } finally {
    await closed(transport)
  }
}

function closed(transport: Transport) {
  return transport.close().catch(() => undefined)
}
