import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Clock } from '../../../main/clock.ts'
import { type TableName, tableNames } from '../../../main/database/registry.ts'
import { migrationsFolder } from '../../../main/database/steps.ts'
import { refreshCapture } from '../../../main/sync/capture.ts'
import { become, newIdentity } from '../../../main/sync/enrol.ts'
import { beginNewLife } from '../../../main/sync/lives.ts'
import type { Replica } from '../../../main/sync/replica.ts'
import { runRound } from '../../../main/sync/round.ts'
import { type SyncSchema, syncSchemaOf } from '../../../main/sync/schema.ts'
import { sealAll } from '../../../main/sync/seal.ts'
import type { Enrolment } from '../../../main/sync/wire.ts'
import { erasingOn } from './erasing.ts'
import {
  type Lacks,
  lacksNothing,
  type Machine,
  type Queues,
  RefusedByDatabase,
  type Transaction,
  type Values,
} from './machine.ts'
import type { Random } from './random.ts'

export interface RealOptions {
  name: string
  organizationId: number
  /** Of an earlier version, which does not know of everything. */
  isOlder: boolean
  /** Who it is at the centre; a disk that was copied whole is nobody new. */
  from: { enrolment: Enrolment } | { disk: unknown }
  stock: Stock
  random: Random
  now(): number
}

/** Databases of machines that are not needed any more, emptied, because preparing statements anew takes most of the time. */
export interface Stock {
  /** A database as it is right after enrolment, by organization and program. */
  templates: Map<string, Template>
  free: Map<string, Shelf[]>
}

/** What the earlier version of the program had not: a column, and a table of which it does nothing. */
const lacking: Lacks = { tables: ['goals'], columns: { groups: ['description'] } }

interface Template {
  disk: Buffer
  schema: SyncSchema
}

/** An open database, the clock that its triggers ask, and who may break in before each of its statements. */
interface Shelf {
  replica: Replica
  clock: { now(): number }
  guard: { before(): void }
}

export function stock(): Stock {
  return { templates: new Map(), free: new Map() }
}

function templateOf({ templates }: Stock, organizationId: number, isOlder: boolean): Template {
  const key = `${organizationId} ${isOlder}`
  const known = templates.get(key)
  if (known) return known
  const connection = new Sqlite(':memory:')
  try {
    const folder = migrationsFolder('sqlite')
    const steps = readdirSync(folder).filter((file) => file.endsWith('.up.sql'))
    for (const file of steps.sort()) connection.exec(readFileSync(join(folder, file), 'utf8'))
    connection.pragma(`user_version = ${steps.length}`)
    connection.function('simulated_clock', () => Date.UTC(2026, 0, 1))
    if (isOlder) connection.exec('ALTER TABLE groups DROP COLUMN description')
    enrolEmpty(connection, organizationId)
    const schema = syncSchemaOf(connection)
    const template = { disk: connection.serialize(), schema: isOlder ? withoutLacking(schema) : schema }
    templates.set(key, template)
    return template
  } finally {
    connection.close()
  }
}

function withoutLacking({ tables }: SyncSchema): SyncSchema {
  const known = tables.filter(({ name }) => !lacking.tables.includes(name))
  return {
    tables: known,
    byNumber: new Map(known.map((table) => [table.number, table])),
    byName: new Map(known.map((table) => [table.name, table])),
  }
}

/** The program's own code on a database of SQLite in memory, with a clock and a chance that the world holds. */
export function realMachine({ name, organizationId, from, stock: its, random, now, isOlder }: RealOptions): Machine {
  const bytes = (count: number) => Buffer.from(Array.from({ length: count }, () => random.below(256)))
  const clock: Clock = { now: () => new Date(now()), monotonic: () => now() }
  let isOld = isOlder
  let template = templateOf(its, organizationId, isOld)
  const shelfKey = `${organizationId} ${isOld}`
  const free = 'disk' in from ? undefined : its.free.get(shelfKey)?.pop()
  let shelf = 'disk' in from ? openedFrom(from.disk as Buffer, template) : (free ?? openedFrom(template.disk, template))
  shelf.clock.now = now
  let open = shelf.replica
  if ('enrolment' in from) becomeSite(open, from.enrolment, bytes)
  let prepared = preparedOn(open)

  const erasing = erasingOn(() => open.connection, clock)

  /** The power goes while the program syncs; whoever else looks at the database meanwhile is not in the trial. */
  const undisturbed = <T>(work: () => T): T => {
    const { guard } = shelf
    const { before } = guard
    guard.before = () => {}
    try {
      return work()
    } finally {
      guard.before = before
    }
  }

  const reopen = (disk: Buffer) => {
    open.connection.close()
    shelf = openedFrom(disk, template)
    if (!isOld && isOlder) learn(shelf.replica.connection)
    shelf.clock.now = now
    open = shelf.replica
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
    site: () =>
      undisturbed(
        () =>
          open.prepared<number>('SELECT coalesce(former_site, site) FROM local_site, sync_state').pluck().get() ?? 0,
      ),
    rows: (table) => undisturbed(() => prepared.rows(table)),
    transact: (work) =>
      undisturbed(() =>
        open.connection
          .transaction(() => {
            const result = work(transaction)
            open.prepared('UPDATE sync_state SET within = 0 WHERE within > 0').run()
            return result
          })
          .immediate(),
      ),
    round({ transport, at, statement }) {
      const { guard } = shelf
      guard.before = statement
      return runRound({
        replica: open,
        transport,
        clock,
        random: bytes,
        app: 'simulator',
        at,
        pullRows: random.chance(0.3) ? 1 + random.below(10) : 2000,
        writeRows: random.chance(0.3) ? 1 + random.below(10) : 5000,
      }).finally(() => {
        guard.before = () => {}
      })
    },
    restart: () => {
      if (random.chance(0.2)) reopen(diskOf(open.connection))
      else if (open.connection.inTransaction) open.connection.exec('ROLLBACK')
    },
    backUp: () =>
      undisturbed(() => {
        sealAll(open, clock.now().toISOString())
        return open.connection.serialize()
      }),
    copyDisk: () => open.connection.serialize(),
    restore(backup) {
      reopen(backup as Buffer)
      beginNewLife(open, bytes)
    },
    update() {
      if (!isOld) return false
      isOld = false
      template = templateOf(its, organizationId, isOld)
      reopen(diskOf(open.connection))
      return true
    },
    erase: (personId) => erasing.erase(personId, organizationId),
    carryOutOrders: () => erasing.carryOut(),
    everything: () => everythingIn(open),
    lacks: () => (isOld ? lacking : lacksNothing),
    refused: () =>
      open
        .prepared<{ table: number; id: number; reason: string }>(
          'SELECT table_number AS "table", id, reason FROM sync_refused WHERE column_name IS NULL',
        )
        .all(),
    queues: () => queuesOf(open, isOld),
    faults: () => faultsOf(open),
    close: () => {
      erasing.close()
      shelf.guard.before = () => {}
      if (open.connection.inTransaction) open.connection.exec('ROLLBACK')
      if (isOld !== isOlder) return open.connection.close()
      empty(open, organizationId)
      its.free.set(shelfKey, [...(its.free.get(shelfKey) ?? []), shelf])
      return undefined
    },
  }
}

function openedFrom(disk: Buffer, { schema }: Template): Shelf {
  const connection = new Sqlite(disk)
  const clock = { now: () => 0 }
  connection.pragma('foreign_keys = ON')
  connection.pragma('recursive_triggers = ON')
  connection.pragma('temp_store = MEMORY')
  connection.function('simulated_clock', { deterministic: false }, () => clock.now())
  const statements = new Map<string, Sqlite.Statement<unknown[], unknown>>()
  const guard = { before: () => {} }
  const prepared = <Row>(sql: string) => {
    guard.before()
    const statement = statements.get(sql) ?? connection.prepare<unknown[], Row>(sql)
    statements.set(sql, statement)
    return statement as Sqlite.Statement<unknown[], Row>
  }
  return { replica: { connection, schema, prepared, giveWay: () => {} }, clock, guard }
}

/** What an update does: the column, what is kept for it, and triggers that know of it. */
function learn(connection: Sqlite.Database) {
  const isThere = connection.prepare(`SELECT 1 FROM pragma_table_info('groups') WHERE name = 'description'`).get()
  if (isThere) return
  connection.exec('ALTER TABLE groups ADD COLUMN description TEXT')
  refreshCapture(connection, { now: `max(0, ${clockInSql})` })
}

/** What is on the disk after a power cut: nothing of a transaction that was open. */
function diskOf(connection: Sqlite.Database): Buffer {
  if (connection.inTransaction) connection.exec('ROLLBACK')
  return connection.serialize()
}

const clockInSql = `(CAST(simulated_clock() AS INTEGER) + clock_offset) * 4096 - ${Date.UTC(2024, 0, 1) * 4096}`

function enrolEmpty(connection: Sqlite.Database, organizationId: number) {
  const history = '00000000-0000-4000-8000-000000000000'
  const its = { site: 1, spareSites: [], organizationId, organizationName: 'Template', scope: 'organization' as const }
  const zeroes = (count: number) => Buffer.alloc(count, 1)
  become(
    {
      database: { connection, auditKey: zeroes(32) },
      enrolment: { ...its, trainerId: null, history },
      identity: newIdentity(zeroes),
      clock: { now: () => new Date(Date.UTC(2026, 0, 1)), monotonic: () => 0 },
      capture: { now: `max(0, ${clockInSql})` },
    },
    undefined,
  )
}

function becomeSite({ prepared }: Replica, its: Enrolment, bytes: (count: number) => Buffer) {
  const { site, spareSites, history, scope, trainerId } = its
  const { incarnation, privateKey } = newIdentity(bytes)
  prepared('UPDATE local_site SET site = ?').run(site)
  prepared(
    'UPDATE sync_state SET incarnation = ?, private_key = ?, spare_sites = ?, history = ?, scope = ?, trainer_id = ?',
  ).run(incarnation, privateKey, JSON.stringify(spareSites), history, scope, trainerId)
}

/** As it was right after enrolment. */
function empty({ connection, prepared }: Replica, organizationId: number) {
  // With everything that may hang on a row, SQLite would think about each of these statements longer than about the world.
  connection.pragma('foreign_keys = OFF')
  connection
    .transaction(() => {
      prepared('UPDATE local_site SET applying = 1').run()
      prepared(`UPDATE organizations SET name = 'Template', settings = '{"practice":1}'`).run()
      for (const name of [...tableNames].reverse()) if (name !== 'organizations') prepared(`DELETE FROM ${name}`).run()
      for (const name of ['outbox', 'bodies', 'inbox', 'parked', 'refused', 'contents'])
        prepared(`DELETE FROM sync_${name}`).run()
      for (const name of ['message_texts', 'activity_repeats', 'answer_edits']) prepared(`DELETE FROM ${name}`).run()
      for (const name of ['index', 'keys']) prepared(`DELETE FROM people_${name}`).run()
      for (const name of ['chain', 'people']) prepared(`DELETE FROM activity_${name}`).run()
      prepared('DELETE FROM sync_rows').run()
      prepared('INSERT INTO sync_rows (table_number, id, clock, site, highest) VALUES (1, ?, 0, 0, 0)').run(
        organizationId,
      )
      prepared('UPDATE id_counters SET next = 1').run()
      prepared(`UPDATE sync_state SET clock = 0, change = 0, within = 0, sealed = 0, acknowledged = 0, chain = '',
        cursor = 0, page = 0, upto = NULL, known = 0, former_site = NULL, clock_offset = 0, erased_through = 0, status = 'ok', last_contact_at = NULL, last_success_at = NULL`).run()
      prepared('UPDATE organizations SET settings = NULL').run()
      prepared('UPDATE local_site SET applying = 0').run()
    })
    .immediate()
  connection.pragma('foreign_keys = ON')
}

function unlessRefused<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    // A number that was given twice is no refusal: whoever saves could never save there again.
    const isTaken = error instanceof Sqlite.SqliteError && error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
    if (!isTaken && error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT'))
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

/** Rows of a table that an older program does not know wait until it is updated, which is nothing that it has to do. */
function queuesOf({ prepared }: Replica, isOld: boolean): Queues {
  const count = (sql: string) => prepared<number>(sql).pluck().get() ?? 0
  return {
    unsealed: count('SELECT count(*) FROM sync_rows WHERE change > (SELECT sealed FROM sync_state)'),
    outbox: count('SELECT count(*) FROM sync_outbox WHERE number > (SELECT acknowledged FROM sync_state)'),
    inbox: count('SELECT count(*) FROM sync_inbox'),
    parked: count(`SELECT count(*) FROM sync_parked ${isOld ? `WHERE why <> 'unknown'` : ''}`),
    cursor: count('SELECT cursor FROM sync_state'),
    acknowledged: count('SELECT acknowledged FROM sync_state'),
  }
}

/** Also what is kept for syncing; of a log only the machine that wrote it and the centre know what to leave. */
function everythingIn({ connection, prepared }: Replica): ReadonlyMap<string, string> {
  const names = connection
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      AND name NOT LIKE 'people\\_search%' ESCAPE '\\' AND name NOT IN ('activity_logs', 'error_logs')`,
    )
    .pluck()
    .all()
  return new Map(names.map((name) => [name, JSON.stringify(prepared(`SELECT * FROM "${name}"`).all())]))
}

function faultsOf({ connection, prepared }: Replica): string[] {
  const orphans = connection.pragma('foreign_key_check') as { table: string }[]
  const integrity = connection.pragma('quick_check', { simple: true })
  const applying = prepared('SELECT 1 FROM local_site WHERE applying <> 0').get()
  return [
    ...orphans.map(({ table }) => `a row of ${table} refers to nothing`),
    ...(integrity === 'ok' ? [] : [`the file is damaged: ${String(integrity)}`]),
    ...prepared<string>(`SELECT 'waits for ' || why || ': ' || record FROM sync_parked WHERE why <> 'unknown'`)
      .pluck()
      .all(),
    ...(applying ? ['it still counts as applying'] : []),
  ]
}
