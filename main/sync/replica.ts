import type { Statement } from 'better-sqlite3'
import type { Connection } from '../database/open.ts'
import { type SyncSchema, syncSchemaOf } from './schema.ts'

/** A database that agrees with others: its connection, what its tables are, and what is prepared on it. */
export interface Replica {
  connection: Connection
  schema: SyncSchema
  prepared<Row = unknown>(sql: string): Statement<unknown[], Row>
  /** Before a transaction: lets others write first. */
  giveWay(): void
}

export function replicaOf(connection: Connection, giveWay = () => {}): Replica {
  const statements = new Map<string, Statement<unknown[], unknown>>()
  return {
    connection,
    schema: syncSchemaOf(connection),
    prepared<Row>(sql: string) {
      const statement = statements.get(sql) ?? connection.prepare<unknown[], Row>(sql)
      statements.set(sql, statement)
      return statement as Statement<unknown[], Row>
    },
    giveWay,
  }
}

/** Waits for whoever writes, and writes all of `work` or nothing of it. */
export function inOneWrite<T>({ connection, giveWay }: Replica, work: () => T): T {
  if (!connection.inTransaction) giveWay()
  return connection.transaction(work).immediate()
}

/** Among rows of other machines: something that this one writes, which capture notes. */
export function asWrittenHere(replica: Replica, work: () => void) {
  replica.prepared('UPDATE local_site SET applying = 0').run()
  try {
    work()
  } finally {
    replica.prepared('UPDATE local_site SET applying = 1').run()
  }
}

/** Lets rows of other machines in, unnoticed by capture; the transaction that began it ends it. */
export function whileApplying<T>(replica: Replica, work: () => T): T {
  replica.prepared('UPDATE local_site SET applying = 1').run()
  const result = work()
  replica.prepared('UPDATE local_site SET applying = 0').run()
  return result
}
