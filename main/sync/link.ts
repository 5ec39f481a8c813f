import { CompiledQuery } from 'kysely'
import type { Clock } from '../clock.ts'
import type { DatabaseFile } from '../database/database.ts'
import { tableNames } from '../database/registry.ts'
import { tidyDocuments } from '../domains/documents/tidy.ts'
import { recordError } from '../domains/monitoring/record-error.ts'
import { forgetLeft } from '../domains/privacy/left.ts'
import { carryOutOrders } from '../domains/privacy/orders.ts'
import type { SyncLink } from '../domains/sync/link.ts'
import { settleAnew } from '../domains/sync/settle-anew.ts'
import { forgetShutOut, noteShutOut, shutOutOf } from '../unlock/shut-out.ts'
import { type Background, startBackground } from './background.ts'
import { noteAgain, removeCapture } from './capture.ts'
import { joinCentre } from './join.ts'
import { membershipOf } from './membership.ts'
import { replicaOf } from './replica.ts'
import type { Outcome } from './round.ts'
import { rulesOf } from './rules.ts'
import { tryDirect } from './try-direct.ts'

interface LinkOptions {
  database: DatabaseFile
  dataDir: string
  clock: Clock
  /** The version of this program. */
  app: string
  /** The module of a thread that knows another way to the centre, for trials without a network. */
  way?: string | undefined
  /** The host opens everything anew; `shutOut`: and asks a person for the key first. */
  startAnew: (why: 'restored' | 'shutOut') => void
}

/** What leads from the handlers to the centre. Behind it, a database that belongs to one agrees with it from now on. */
export function openLink(options: LinkOptions): SyncLink & { stop(): Promise<void> } {
  const { database, dataDir, clock, app, startAnew } = options
  const background = shutOutOf(dataDir) ? undefined : agreeing(options)
  return {
    now: () => background?.now(),
    running: () => background?.running() ?? null,
    isAway: () => background?.isAway() ?? false,
    needsPerson(table, register) {
      const name = tableNames.find((one) => one === table)
      return name !== undefined && rulesOf(name).decidedByPeople.includes(register)
    },
    writeAgain: (again) => noteAgain(database.connection, again),
    tryDirect: (way) => tryDirect({ database, clock, app, ...way }),
    changeWay() {
      background?.changeWay()
      background?.now()
    },
    enrol: (joining) => joinCentre({ database, clock, app, ...joining }),
    async leave(db) {
      removeCapture(database.connection)
      for (const table of ownTables) await db.executeQuery(CompiledQuery.raw(`DELETE FROM ${table}`))
    },
    startAnew() {
      // Whoever opened a machine that was shut out, and left the centre with it, has it to themselves again.
      if (!membershipOf(replicaOf(database.connection))) forgetShutOut(dataDir)
      startAnew('restored')
    },
    stop: async () => background?.stop(),
  }
}

/** In the order in which they refer to each other, the last first. */
const ownTables = [
  'sync_contents',
  'sync_machines',
  'sync_way',
  'sync_refused',
  'sync_parked',
  'sync_inbox',
  'sync_outbox',
  'sync_rows',
  'sync_state',
]

/** Undefined where there is no centre. */
function agreeing({ database, dataDir, clock, app, way, startAnew }: LinkOptions): Background | undefined {
  if (!membershipOf(replicaOf(database.connection))) return undefined
  const onFailure = (error: unknown) => recordError({ database, clock }, { error, place: 'sync' })

  async function follow(outcome: Outcome) {
    if (outcome === 'done') {
      await carryOutOrders({ database, clock })
      await settleAnew({ database, clock })
      if (await forgetLeft({ database, clock })) await tidyDocuments({ database, clock })
    }
    if (outcome !== 'revoked') return
    const { organizationName } = await database.reader
      .selectFrom('sync_state')
      .select('organization_name as organizationName')
      .executeTakeFirstOrThrow()
    noteShutOut(dataDir, { organizationName, at: clock.now().toISOString() })
    startAnew('shutOut')
  }
  return startBackground({ database, app, way, onOutcome: (outcome) => follow(outcome).catch(onFailure), onFailure })
}
