import { CompiledQuery } from 'kysely'
import type { Clock } from '../clock.ts'
import type { DatabaseFile } from '../database/database.ts'
import { tableNames } from '../database/registry.ts'
import type { SyncLink } from '../domains/sync/link.ts'
import { removeCapture } from './capture.ts'
import { joinCentre } from './join.ts'
import { rulesOf } from './rules.ts'

interface LinkOptions {
  database: DatabaseFile
  clock: Clock
  /** The version of this program. */
  app: string
  /** What agrees with the centre behind the screens. */
  background: Pick<SyncLink, 'now' | 'running' | 'isAway'>
  startAnew: () => void
}

/** In the order in which they refer to each other, the last first. */
const ownTables = ['sync_way', 'sync_refused', 'sync_parked', 'sync_inbox', 'sync_outbox', 'sync_rows', 'sync_state']

export function syncLink({ database, clock, app, background, startAnew }: LinkOptions): SyncLink {
  return {
    ...background,
    needsPerson(table, register) {
      const name = tableNames.find((one) => one === table)
      return name !== undefined && rulesOf(name).decidedByPeople.includes(register)
    },
    enrol: (joining) => joinCentre({ database, clock, app, ...joining }),
    async leave(db) {
      removeCapture(database.connection)
      for (const table of ownTables) await db.executeQuery(CompiledQuery.raw(`DELETE FROM ${table}`))
    },
    startAnew,
  }
}
