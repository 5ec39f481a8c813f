import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { DatabaseFile } from '../database/database.ts'
import { carryOutOrders } from '../domains/privacy/orders.ts'
import { type Background, startBackground } from './background.ts'
import { forgetSent } from './outbox.ts'
import { replicaOf } from './replica.ts'
import type { Outcome } from './round.ts'
import { noticeLife } from './site-file.ts'

interface StartOptions {
  database: DatabaseFile
  clock: Clock
  /** The version of this program. */
  app: string
  /** A module that knows another way to the centre, for trials without a network. */
  way?: string | undefined
  /** The centre has taken the access of this machine away. */
  onShutOut: () => void
  onFailure: (error: unknown) => Promise<void>
}

const nothing: Background = { now() {}, running: () => null, isAway: () => false, stop: async () => {} }

/** Whether this database is one of a centre's. */
export function isEnrolled({ connection }: DatabaseFile): boolean {
  return connection.prepare('SELECT 1 FROM sync_state').get() !== undefined
}

/** Before anything is written: a database that was restored or copied must not go on as the one it was. */
export function noticeOwnLife(database: DatabaseFile) {
  if (isEnrolled(database)) noticeLife(replicaOf(database.connection), database.path, randomBytes)
}

/** A database that belongs to no centre has no thread and no timer. */
export function startSync({ database, clock, app, way, onShutOut, onFailure }: StartOptions): Background {
  if (!isEnrolled(database)) return nothing
  let orders = ordersIn(database)

  async function followRound(outcome: Outcome) {
    if (outcome === 'revoked') return onShutOut()
    const now = ordersIn(database)
    if (now === orders) return
    // Somebody was erased on another machine: here too, before anybody looks.
    await carryOutOrders({ database, clock })
    await database.write(async () => forgetSent(replicaOf(database.connection)))
    orders = now
  }

  return startBackground({
    database,
    app,
    way,
    onOutcome: (outcome) => followRound(outcome).catch(onFailure),
    onFailure,
  })
}

function ordersIn({ connection }: DatabaseFile): number {
  return connection.prepare<[], number>('SELECT count(*) FROM erasure_orders').pluck().get() ?? 0
}
