import Sqlite from 'better-sqlite3'
import { isAlive } from './merge.ts'
import type { PackedRow } from './packed.ts'
import type { Replica } from './replica.ts'
import { insertOf, noteOf, type SyncTable, updateOf } from './schema.ts'
import { highestClock, type RowState, type Value } from './state.ts'

export type Values = Record<string, Value>

interface Noted {
  clock: number
  site: number
  stamps: string | null
  seen: string | null
  deletion: string | null
  image: string | null
  extra: string | null
}

/** All that is known here of a row; undefined where nothing is. */
export function stateOf(replica: Replica, table: SyncTable, id: number): RowState | undefined {
  return stateWith(replica, table, id, valuesOf(replica, table, id))
}

/** The same where it has been read what stands of it in its table. */
export function stateWith(
  replica: Replica,
  table: SyncTable,
  id: number,
  inTable: Values | undefined,
): RowState | undefined {
  const noted = replica
    .prepared<Noted>(
      'SELECT clock, site, stamps, seen, deletion, image, extra FROM sync_rows WHERE table_number = ? AND id = ?',
    )
    .get(table.number, id)
  if (!noted) return undefined
  const standing = inTable ?? { ...ownerOf(replica, table), ...objectIn(noted.image) }
  return {
    table: table.number,
    id,
    values: noted.extra ? withExtra(standing, objectIn(noted.extra)) : standing,
    stamp: [noted.clock, noted.site],
    ...(noted.stamps && { stamps: JSON.parse(noted.stamps) }),
    ...(noted.seen && { seen: JSON.parse(noted.seen) }),
    ...(noted.deletion && { deletion: JSON.parse(noted.deletion) }),
  }
}

/** Columns that this program does not know, and references that stand empty here because this machine lacks what they name. */
function withExtra(standing: Values, extra: Values): Values {
  const absent = Object.entries(extra).filter(([column]) => (standing[column] ?? null) === null)
  return { ...standing, ...Object.fromEntries(absent) }
}

/** A person was erased with this row: it does not come back, and nothing comes that refers to it. */
export function isErasedRow({ prepared }: Replica, table: SyncTable, id: number): boolean {
  const image = prepared<string | null>('SELECT image FROM sync_rows WHERE table_number = ? AND id = ?')
  return image.pluck().get(table.number, id) === ''
}

/** Of a row that is gone, and whose image the centre has, it is still known whose it was. */
function ownerOf({ prepared }: Replica, { owner }: SyncTable): Values {
  const organization = prepared<number>('SELECT organization_id FROM sync_state').pluck().get() ?? null
  return owner === 'organization_id' ? { organization_id: organization } : {}
}

function objectIn(text: string | null): Values {
  return text ? JSON.parse(text) : {}
}

/** What stands of a row in its table, without its id; undefined where it does not stand. */
export function valuesOf({ prepared }: Replica, { select }: SyncTable, id: number): Values | undefined {
  return prepared<Values>(select).get(id)
}

const insertNote = `${noteOf(1)}
    ON CONFLICT (table_number, id) DO`

function noted(table: SyncTable, state: RowState, base: number, emptied: readonly string[]) {
  const text = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  return [
    table.number,
    state.id,
    state.stamp[0],
    state.stamp[1],
    highestClock(state),
    text(state.stamps),
    text(state.seen),
    text(state.deletion),
    base,
    text(extraOf(table, state, emptied)),
  ]
}

/** What does not stand in the table: undefined where, as nearly always, there is nothing of the kind. */
function extraOf({ known }: SyncTable, { values }: RowState, emptied: readonly string[]): Values | undefined {
  let extra: Values | undefined
  for (const column in values) {
    if (known.has(column) && !emptied.includes(column)) continue
    extra ??= {}
    extra[column] = values[column] ?? null
  }
  return extra
}

/** Says false, and notes nothing, where something is known of the row. */
export function noteNew({ prepared }: Replica, table: SyncTable, state: RowState, base: number): boolean {
  return prepared(`${insertNote} NOTHING`).run(...noted(table, state, base, [])).changes === 1
}

/** Those of these ids of a table of which something is known here. */
export function knownAmong({ prepared }: Replica, { number }: SyncTable, ids: readonly number[]): Set<number> {
  const known = prepared<number>(
    'SELECT id FROM sync_rows WHERE table_number = ? AND id IN (SELECT value FROM json_each(?))',
  )
  return new Set(known.pluck().all(number, JSON.stringify(ids)))
}

/** What `Many.note` notes of rows of a table. */
export function allNotesOf(table: SyncTable, rows: readonly { row: RowState; number: number }[]): Value[] {
  const all: Value[] = []
  for (const { row, number } of rows) all.push(...noted(table, row, number, []))
  return all
}

/** What `Many.notePacked` notes: all there is to know of a packed row is who wrote it and when. */
export function packedNotesOf(rows: readonly PackedRow[]): number[] {
  const all: number[] = []
  for (const [number, id, [clock, site]] of rows) all.push(id, clock, site, clock, number)
  return all
}

/** Nothing is known of the row any more. */
export function forget({ prepared }: Replica, table: SyncTable, id: number) {
  prepared('DELETE FROM sync_rows WHERE table_number = ? AND id = ?').run(table.number, id)
}

/** What no foreign key leads to goes behind the round (`main/domains/privacy/left.ts`). */
export function noteRemains({ prepared }: Replica) {
  prepared('UPDATE sync_state SET has_remains = 1 WHERE has_remains = 0').run()
}

/**
 * Notes what is agreed about a row; `base` is its number at the centre. What it holds stands in its table, but for references
 * that were `emptied`.
 */
export function note(
  { prepared }: Replica,
  table: SyncTable,
  state: RowState,
  base: number,
  emptied: readonly string[] = [],
) {
  prepared(`${insertNote} UPDATE SET clock = excluded.clock, site = excluded.site, highest = excluded.highest,
      stamps = excluded.stamps, seen = excluded.seen, deletion = excluded.deletion, extra = excluded.extra,
      base = excluded.base, again = 0, image = iif(image = '', '', NULL)`).run(...noted(table, state, base, emptied))
  if (emptied.length === 0) return
  prepared('UPDATE sync_rows SET absent = 1 WHERE table_number = ? AND id = ?').run(table.number, state.id)
}

/** The columns in which a row is to be written, where this stands of it: those that its state does not have keep what they hold. */
export function changedColumns({ columns }: SyncTable, { values }: RowState, standing: Values): string[] {
  return columns.filter((column) => column in values && values[column] !== standing[column])
}

/** Writes these columns alone: what is written again as it was costs each index of its column an entry. */
export function updateValues(
  { prepared }: Replica,
  { name }: SyncTable,
  { id, values }: RowState,
  columns: readonly string[],
) {
  if (columns.length > 0) prepared(updateOf(name, columns)).run(...columns.map((column) => values[column]), id)
}

/** Writes what a living row holds that does not stand yet. */
export function insertValues({ prepared }: Replica, { name, columns, insert }: SyncTable, { id, values }: RowState) {
  const its = columns.filter((column) => column in values)
  const isWhole = its.length === columns.length
  prepared(isWhole ? insert : insertOf(name, its)).run(id, ...its.map((column) => values[column]))
}

/** The ids and values of rows one after the other; undefined where one lacks a column, as what an older program wrote does. */
export function allValuesOf({ columns }: SyncTable, rows: readonly RowState[]): Value[] | undefined {
  const all: Value[] = []
  for (const { id, values } of rows) {
    all.push(id)
    for (const column of columns) {
      const value = values[column]
      if (value === undefined) return undefined
      all.push(value)
    }
  }
  return all
}

/** Where each column of the table stands among those of packed rows; undefined where these have others. */
export function placesOfColumns(
  packed: readonly string[],
  { columns }: Pick<SyncTable, 'columns'>,
): number[] | undefined {
  const places = columns.map((column) => packed.indexOf(column))
  return packed.length === columns.length && !places.includes(-1) ? places : undefined
}

/** The same as `allValuesOf`, of packed rows. */
export function packedValuesOf(rows: readonly PackedRow[], places: readonly number[]): Value[] {
  const all: Value[] = []
  for (const [, id, , values] of rows) {
    all.push(id)
    for (const place of places) all.push(values[place] as Value)
  }
  return all
}

export function takeOut({ prepared }: Replica, { name }: SyncTable, id: number) {
  prepared(`DELETE FROM ${name} WHERE id = ?`).run(id)
}

export function isStanding({ prepared }: Pick<Replica, 'prepared'>, table: string, id: Value): boolean {
  return prepared(`SELECT 1 FROM ${table} WHERE id = ?`).get(id) !== undefined
}

/** One row that a rule of this database refuses must not keep all the others away. */
export function unlessUnfit(write: () => void): 'unfit' | undefined {
  try {
    write()
    return undefined
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')) return 'unfit'
    throw error
  }
}

/** Where a row stands in the order of applying: the living parents first, the dead children first. */
export function placeOf(table: SyncTable | undefined, state: RowState): number {
  if (!table) return lastPlace
  return isAlive(state, table.rules) ? table.place : lastPlace + 1000 - table.place
}

export const lastPlace = 1000
