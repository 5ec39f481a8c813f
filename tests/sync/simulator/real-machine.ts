import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Clock } from '../../../main/clock.ts'
import type { TableName } from '../../../main/database/registry.ts'
import { migrationsFolder } from '../../../main/database/steps.ts'
import { become, newIdentity } from '../../../main/sync/enrol.ts'
import { beginNewLife } from '../../../main/sync/lives.ts'
import { type Replica, replicaOf } from '../../../main/sync/replica.ts'
import { runRound } from '../../../main/sync/round.ts'
import type { Enrolment } from '../../../main/sync/wire.ts'
import { type Machine, type Queues, RefusedByDatabase, type Transaction, type Values } from './machine.ts'
import type { Random } from './random.ts'

export interface RealOptions {
  name: string
  /** Of a machine that is new at the centre, or the disk of another one that was copied whole. */
  from: { enrolment: Enrolment } | { disk: unknown }
  template: Buffer
  random: Random
  now(): number
}

/** A database as the first opening of the program makes it, ready to be copied. */
export function emptyDatabase(): Buffer {
  const connection = new Sqlite(':memory:')
  try {
    const folder = migrationsFolder('sqlite')
    const steps = readdirSync(folder).filter((file) => file.endsWith('.up.sql'))
    connection.pragma('foreign_keys = OFF')
    for (const file of steps.sort()) connection.exec(readFileSync(join(folder, file), 'utf8'))
    connection.pragma(`user_version = ${steps.length}`)
    return connection.serialize()
  } finally {
    connection.close()
  }
}

/** The program's own code on a database of SQLite in memory, with a clock and a chance that the world holds. */
export function realMachine({ name, from, template, random, now }: RealOptions): Machine {
  const bytes = (count: number) => Buffer.from(Array.from({ length: count }, () => random.below(256)))
  const clock: Clock = { now: () => new Date(now()), monotonic: () => now() }
  let open = openedFrom('disk' in from ? (from.disk as Buffer) : template, now)
  if ('enrolment' in from) enrol(open.connection, from.enrolment, clock, bytes)
  let prepared = preparedOn(open)

  const reopen = (disk: Buffer) => {
    open.connection.close()
    open = openedFrom(disk, now)
    prepared = preparedOn(open)
  }

  const transaction: Transaction = {
    rows: (table) => prepared.rows(table),
    insert: (table, values) => unlessRefused(() => prepared.insert(table, values)),
    update: (table, id, values) => unlessRefused(() => prepared.update(table, id, values)),
    remove: (table, id) => unlessRefused(() => prepared.remove(table, id)),
  }

  return {
    name,
    site: () => open.prepared<number>('SELECT site FROM local_site').pluck().get() ?? 0,
    rows: (table) => prepared.rows(table),
    transact: (work) =>
      open.connection
        .transaction(() => {
          const result = work(transaction)
          open.prepared('UPDATE sync_state SET within = 0 WHERE within = 1').run()
          return result
        })
        .immediate(),
    round: ({ transport, at }) =>
      runRound({
        replica: open,
        transport,
        clock,
        random: bytes,
        app: 'simulator',
        at,
        pullRows: random.chance(0.3) ? 1 + random.below(10) : 2000,
        writeRows: random.chance(0.3) ? 1 + random.below(10) : 5000,
      }),
    restart: () => reopen(diskOf(open.connection)),
    backUp: () => open.connection.serialize(),
    restore(backup) {
      reopen(backup as Buffer)
      beginNewLife(open, bytes)
    },
    queues: () => queuesOf(open),
    faults: () => faultsOf(open),
    close: () => void open.connection.close(),
  }
}

function openedFrom(disk: Buffer, now: () => number): Replica {
  const connection = new Sqlite(disk)
  connection.pragma('foreign_keys = ON')
  connection.pragma('recursive_triggers = ON')
  connection.pragma('temp_store = MEMORY')
  connection.function('simulated_clock', { deterministic: false }, () => now())
  return replicaOf(connection)
}

/** What is on the disk after a power cut: nothing of a transaction that was open. */
function diskOf(connection: Sqlite.Database): Buffer {
  if (connection.inTransaction) connection.exec('ROLLBACK')
  return connection.serialize()
}

const clockInSql = `(CAST(simulated_clock() AS INTEGER) + clock_offset) * 4096 - ${Date.UTC(2024, 0, 1) * 4096}`

function enrol(connection: Sqlite.Database, enrolment: Enrolment, clock: Clock, bytes: (count: number) => Buffer) {
  const database = { connection, auditKey: bytes(32) }
  connection
    .transaction(() =>
      become({ database, enrolment, identity: newIdentity(bytes), clock, capture: { now: `max(0, ${clockInSql})` } }),
    )
    .immediate()
}

function unlessRefused<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT'))
      throw new RefusedByDatabase(error.message, { cause: error })
    throw error
  }
}

function preparedOn({ prepared }: Replica) {
  return {
    rows(table: TableName): ReadonlyMap<number, Values> {
      const rows = prepared<Values & { id: number }>(`SELECT * FROM ${table} ORDER BY id`).all()
      return new Map(rows.map(({ id, ...values }) => [id, values]))
    },
    insert(table: TableName, values: Values): number {
      const minted = prepared<number>(
        `INSERT INTO id_counters (table_name, next) VALUES (?, 2) ON CONFLICT DO UPDATE SET next = next + 1
        RETURNING next - 1 + (SELECT site FROM local_site) * 4294967296`,
      )
      const id = minted.pluck().get(table) ?? 0
      const columns = Object.keys(values)
      prepared(
        `INSERT INTO ${table} (id, ${columns.map((column) => `"${column}"`).join(', ')})
        VALUES (?, ${columns.map(() => '?').join(', ')})`,
      ).run(id, ...Object.values(values))
      return id
    },
    update(table: TableName, id: number, values: Values) {
      const sets = Object.keys(values).map((column) => `"${column}" = ?`)
      const { changes } = prepared(`UPDATE ${table} SET ${sets.join(', ')} WHERE id = ?`).run(
        ...Object.values(values),
        id,
      )
      if (changes === 0) throw new RefusedByDatabase(`${table} ${id} is not there`)
    },
    remove(table: TableName, id: number) {
      prepared(`DELETE FROM ${table} WHERE id = ?`).run(id)
    },
  }
}

function queuesOf({ prepared }: Replica): Queues {
  const count = (sql: string) => prepared<number>(sql).pluck().get() ?? 0
  return {
    unsealed: count('SELECT count(*) FROM sync_rows WHERE change > (SELECT sealed FROM sync_state)'),
    outbox: count('SELECT count(*) FROM sync_outbox WHERE number > (SELECT acknowledged FROM sync_state)'),
    inbox: count('SELECT count(*) FROM sync_inbox'),
    parked: count('SELECT count(*) FROM sync_parked'),
    cursor: count('SELECT cursor FROM sync_state'),
    acknowledged: count('SELECT acknowledged FROM sync_state'),
  }
}

function faultsOf({ connection, prepared }: Replica): string[] {
  const orphans = connection.pragma('foreign_key_check') as { table: string }[]
  const integrity = connection.pragma('quick_check', { simple: true })
  const applying = prepared('SELECT 1 FROM local_site WHERE applying <> 0').get()
  return [
    ...orphans.map(({ table }) => `a row of ${table} refers to nothing`),
    ...(integrity === 'ok' ? [] : [`the file is damaged: ${String(integrity)}`]),
    ...(applying ? ['it still counts as applying'] : []),
  ]
}
