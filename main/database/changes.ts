import type { Connection } from './open.ts'
import { type TableName, tableNames, unloggedColumns, unloggedParts } from './registry.ts'

/** What one mutation did to one row; a value that must not leave its row is null on both sides. */
export interface Change {
  table: string
  id: number
  kind: 'insert' | 'update' | 'delete'
  /** The account of the person that the row is about. */
  person: number | null
  fields: Record<string, [before: string | number | null, after: string | number | null]>
}

export interface Changes {
  listed: Change[]
  /** How many more rows were written than are listed. */
  unlisted: number
}

export interface ChangeRecorder {
  /** Notes from now on what is written, until `take` or the end of the transaction by rollback. */
  start(rows?: number): void
  take(): Changes
}

/** More rows than anybody reads in one line of a log. */
const listedRows = 100
const longestValue = 500

/** Rows of these come and go with every call, or are the log itself. */
const unwatched: ReadonlySet<TableName> = new Set(['sessions', 'activity_logs', 'error_logs'])

/**
 * Learns what a write changes from the rows themselves, through triggers that exist on this connection alone. They write
 * into tables of the connection, which a rollback empties like any other.
 */
export function recordChanges(connection: Connection): ChangeRecorder {
  connection.exec(`
    CREATE TEMP TABLE recording (room INTEGER);
    INSERT INTO recording VALUES (NULL);
    CREATE TEMP TABLE recorded (number INTEGER PRIMARY KEY, kind TEXT, place TEXT, id INTEGER, person INTEGER, field TEXT, before, after);`)
  for (const table of tableNames) {
    if (unwatched.has(table)) continue
    const columns = connection.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table)
    for (const kind of ['insert', 'update', 'delete'] as const) connection.exec(trigger(table, columns, kind))
  }
  const begin = connection.prepare<[number]>('UPDATE recording SET room = ?')
  const end = connection.prepare('UPDATE recording SET room = NULL')
  const room = connection.prepare<[], number | null>('SELECT room FROM recording').pluck()
  const recorded = connection.prepare<[], Recorded>('SELECT * FROM recorded ORDER BY number')
  const empty = connection.prepare('DELETE FROM recorded')
  return {
    start(rows = listedRows) {
      begin.run(rows)
    },
    take() {
      const unlisted = Math.max(0, -(room.get() ?? 0))
      const listed = changesOf(recorded.all())
      end.run()
      if (listed.length > 0) empty.run()
      return { listed, unlisted }
    },
  }
}

interface Recorded {
  kind: Change['kind']
  place: string
  id: number
  person: number | null
  field: string
  before: string | number | null
  after: string | number | null
}

/** Several writes to one row are one change, from its first value to its last. */
function changesOf(rows: Recorded[]): Change[] {
  const changes = new Map<string, Change>()
  for (const { kind, place, id, person, field, before, after } of rows) {
    const key = `${place} ${id} ${kind}`
    const change = changes.get(key) ?? { table: place, id, kind, person, fields: {} }
    changes.set(key, change)
    const first = change.fields[field]
    change.fields[field] = [first ? first[0] : clipped(before), clipped(after)]
  }
  return [...changes.values()]
}

function clipped(value: string | number | null) {
  return typeof value === 'string' && value.length > longestValue ? `${value.slice(0, longestValue)}…` : value
}

function trigger(table: TableName, columns: string[], kind: Change['kind']): string {
  const row = kind === 'delete' ? 'OLD' : 'NEW'
  const fields = columns
    .filter((column) => column !== 'id' && column !== 'updated_at')
    .map((column) => {
      const part = unloggedParts[`${table}.${column}`]
      const isUnlogged = unloggedColumns.has(`${table}.${column}`)
      const value = (side: 'OLD' | 'NEW') =>
        isUnlogged || (kind === 'insert' && side === 'OLD') || (kind === 'delete' && side === 'NEW')
          ? 'NULL'
          : part
            ? `json_remove(${side}."${column}", '${part}')`
            : `${side}."${column}"`
      const condition = kind === 'update' ? `OLD."${column}" IS NOT NEW."${column}"` : `${row}."${column}" IS NOT NULL`
      const person = personOf(table, columns, row)
      return `SELECT '${kind}', '${table}', ${row}.id, ${person}, '${column}', ${value('OLD')}, ${value('NEW')} WHERE ${condition} AND (SELECT room >= 0 FROM recording)`
    })
  return `CREATE TEMP TRIGGER recorded_${kind}_${table} AFTER ${kind.toUpperCase()} ON main."${table}"
    WHEN (SELECT room IS NOT NULL FROM recording)
    BEGIN
      UPDATE recording SET room = room - 1;
      INSERT INTO recorded (kind, place, id, person, field, before, after) ${fields.join(' UNION ALL ')};
    END`
}

/** An expression for the account that a row is about. */
function personOf(table: TableName, columns: string[], row: 'OLD' | 'NEW'): string {
  if (table === 'users') return `${row}.id`
  if (columns.includes('person_id')) return `${row}.person_id`
  if (columns.includes('beneficiary_id')) return `(SELECT user_id FROM beneficiaries WHERE id = ${row}.beneficiary_id)`
  if (columns.includes('attempt_id'))
    return `(SELECT b.user_id FROM attempts a JOIN beneficiaries b ON b.id = a.beneficiary_id WHERE a.id = ${row}.attempt_id)`
  if (['profiles', 'beneficiaries', 'notifications'].includes(table)) return `${row}.user_id`
  return 'NULL'
}
