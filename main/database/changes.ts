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

const kinds = ['insert', 'update', 'delete'] as const

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
    CREATE TEMP TABLE recorded (number INTEGER PRIMARY KEY, kind TEXT, place TEXT, id INTEGER, person INTEGER, sides TEXT);`)
  const columnsIn = connection.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck()
  const columns: Columns = new Map()
  for (const table of tableNames) {
    if (unwatched.has(table)) continue
    const all = columnsIn.all(table)
    const recordedOnes = all.filter((column) => column !== 'id' && column !== 'updated_at')
    columns.set(table, recordedOnes)
    const person = personOf(table, all)
    connection.exec(kinds.map((kind) => trigger(table, recordedOnes, person, kind)).join(''))
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
      const listed = changesOf(recorded.all(), columns)
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
  /** JSON: for each recorded column whether it differs, then its value before and after. */
  sides: string
}

/** Of each table that is watched, in the order in which its triggers name them. */
type Columns = Map<string, string[]>

type Sides = [differs: 0 | 1, before: string | number | null, after: string | number | null]

/** Several writes to one row are one change, from its first value to its last. */
function changesOf(rows: Recorded[], columns: Columns): Change[] {
  const changes = new Map<string, Change>()
  for (const { kind, place, id, person, sides } of rows) {
    const key = `${place} ${id} ${kind}`
    const change = changes.get(key) ?? { table: place, id, kind, person, fields: {} }
    const ofColumns = JSON.parse(sides) as Sides[]
    for (const [position, field] of (columns.get(place) ?? []).entries()) {
      const [differs, before, after] = ofColumns[position] ?? [0, null, null]
      if (!differs) continue
      const first = change.fields[field]
      change.fields[field] = [first ? first[0] : clipped(before), clipped(after)]
    }
    if (Object.keys(change.fields).length > 0) changes.set(key, change)
  }
  return [...changes.values()]
}

function clipped(value: string | number | null) {
  return typeof value === 'string' && value.length > longestValue ? `${value.slice(0, longestValue)}…` : value
}

/** One statement for the whole row: a trigger with one for each column takes four times as long to make. */
function trigger(table: TableName, columns: string[], person: PersonIn, kind: Change['kind']): string {
  const row = kind === 'delete' ? 'OLD' : 'NEW'
  const sides = columns.map((column) => {
    const differs = kind === 'update' ? `OLD."${column}" IS NOT NEW."${column}"` : `${row}."${column}" IS NOT NULL`
    return `json_array(${differs}, ${sideOf(table, column, 'OLD', kind)}, ${sideOf(table, column, 'NEW', kind)})`
  })
  return `CREATE TEMP TRIGGER recorded_${kind}_${table} AFTER ${kind.toUpperCase()} ON main."${table}"
    WHEN (SELECT room IS NOT NULL FROM recording)
    BEGIN
      UPDATE recording SET room = room - 1;
      INSERT INTO recorded (kind, place, id, person, sides)
        SELECT '${kind}', '${table}', ${row}.id, ${person(row)}, json_array(${sides.join(', ')})
        WHERE (SELECT room >= 0 FROM recording);
    END;`
}

/** An expression for the value of a column before (`OLD`) or after (`NEW`), as far as a log may have it. */
function sideOf(table: TableName, column: string, side: 'OLD' | 'NEW', kind: Change['kind']): string {
  const isThere = kind === 'update' || (kind === 'delete') === (side === 'OLD')
  if (!isThere || unloggedColumns.has(`${table}.${column}`)) return 'NULL'
  const part = unloggedParts[`${table}.${column}`]
  // Joined to nothing it is a text again, as the column holds it.
  return part ? `json_remove(${side}."${column}", '${part}') || ''` : `${side}."${column}"`
}

type PersonIn = (row: 'OLD' | 'NEW') => string

/** Makes an expression for the account that a row is about. */
function personOf(table: TableName, columns: string[]): PersonIn {
  if (table === 'users') return (row) => `${row}.id`
  if (columns.includes('person_id')) return (row) => `${row}.person_id`
  if (columns.includes('beneficiary_id'))
    return (row) => `(SELECT user_id FROM beneficiaries WHERE id = ${row}.beneficiary_id)`
  if (columns.includes('attempt_id'))
    return (row) =>
      `(SELECT b.user_id FROM attempts a JOIN beneficiaries b ON b.id = a.beneficiary_id WHERE a.id = ${row}.attempt_id)`
  if (['profiles', 'beneficiaries', 'notifications'].includes(table)) return (row) => `${row}.user_id`
  return () => 'NULL'
}
