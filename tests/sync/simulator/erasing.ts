import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import type { Clock } from '../../../main/clock.ts'
import type { DatabaseFile } from '../../../main/database/database.ts'
import { dialectOf } from '../../../main/database/dialect.ts'
import type { Connection } from '../../../main/database/open.ts'
import type { Database } from '../../../main/database/tables.ts'
import { erasePerson } from '../../../main/domains/privacy/erase.ts'
import { finishErasure } from '../../../main/domains/privacy/finish-erasure.ts'
import { carryOutOrders } from '../../../main/domains/privacy/orders.ts'

export interface Erasing {
  erase(personId: number, organizationId: number): Promise<void>
  /** What the program does at every start and after every round. */
  carryOut(): Promise<void>
  close(): void
}

/** The program's own erasure on the database of a machine in memory; its orders lie in a folder that no restore takes back. */
export function erasingOn(connection: () => Connection, clock: Clock): Erasing {
  let folder: string | undefined

  const database = (): DatabaseFile => {
    folder ??= mkdtempSync(join(tmpdir(), 'bdc-erasures-'))
    const db = new Kysely<Database>({ dialect: dialectOf(connection) })
    return {
      path: join(folder, 'bdc.db'),
      key: Buffer.alloc(32),
      reader: db,
      get connection() {
        return connection()
      },
      auditKey: Buffer.from(
        connection().prepare<[], string>('SELECT key FROM activity_key').pluck().get() ?? '',
        'hex',
      ),
      changes: { start: () => {}, take: () => ({ listed: [], unlisted: 0 }) },
      underWay: new Int32Array(new SharedArrayBuffer(4)),
      write: (work) => inTransaction(connection(), () => work(db)),
      giveWay: () => {},
      close: async () => {},
    }
  }

  return {
    async erase(personId, organizationId) {
      const file = database()
      const order = { personId, organizationId, erasedBy: null, erasedAt: clock.now().toISOString() }
      const orders = await file.write((db) => erasePerson(db, file.auditKey, order))
      for (const one of orders) finishErasure(file, one)
    },
    async carryOut() {
      const isOrdered = connection().prepare('SELECT 1 FROM erasure_orders').get() !== undefined
      if (folder !== undefined || isOrdered) await carryOutOrders({ database: database(), clock })
    },
    close() {
      if (folder !== undefined) rmSync(folder, { recursive: true })
    },
  }
}

async function inTransaction<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  connection.exec('BEGIN IMMEDIATE')
  try {
    const result = await work()
    connection.exec('COMMIT; UPDATE sync_state SET within = 0 WHERE within > 0')
    return result
  } catch (error) {
    connection.exec('ROLLBACK')
    throw error
  }
}
