import type { Connection } from '../database/open.ts'
import { localTables, registry, type TableName, tableNames } from '../database/registry.ts'
import { tableOfForm } from '../domains/unsaved/forms.ts'
import { jsonReferences, localReferences, type Move } from './references.ts'
import type { RowState } from './state.ts'

type Values = RowState['values']

const block = 2 ** 32

export interface Moving {
  /** Sites: rows of the block of one move into that of the other. */
  from: number
  to: number
  /** By table, the first id that moves; a table that is not named stays as it is. Without it, all of them move. */
  firsts?: ReadonlyMap<string, number>
  /** By table, those above the first that stay nevertheless. */
  staying?: ReadonlyMap<string, ReadonlySet<number>>
  /** An organization that becomes another one, which the centre has. */
  organization?: { from: number; to: number }
}

/**
 * Gives rows other ids, and everything that names them: foreign keys, references without one, and ids inside JSON. To be
 * called inside a transaction. What watches over single writes is away meanwhile, also while `afterwards` runs, and foreign
 * keys are checked at the commit.
 */
export function moveRows(connection: Connection, moving: Moving, afterwards: () => void = () => {}) {
  connection.pragma('defer_foreign_keys = ON')
  withoutTriggers(connection, () => {
    for (const table of [...tableNames, ...Object.keys(localTables)]) moveColumns(connection, table, moving)
    moveResources(connection, moving)
    moveNotes(connection, moving)
    for (const table of tableNames) moveImages(connection, table, moverOf(moving))
    for (const [place, follow] of Object.entries(jsonReferences)) moveJson(connection, place, follow, moverOf(moving))
    moveForms(connection, moverOf(moving))
    renameErased(connection)
    afterwards()
  })
  connection.exec(`INSERT INTO people_search (people_search) VALUES ('rebuild')`)
}

/** The same for an id that stands elsewhere. */
export function moverOf({ from, to, firsts, staying, organization }: Moving): Move {
  return (table, id) => {
    if (table === 'organizations' && organization?.from === id) return organization.to
    if (staying?.get(table ?? '')?.has(id)) return id
    const first = firsts ? (firsts.get(table ?? '') ?? Number.POSITIVE_INFINITY) : 1
    return id >= Math.max(first, from * block) && id < (from + 1) * block && id > 0 ? id + (to - from) * block : id
  }
}

function moveColumns(connection: Connection, table: string, moving: Moving) {
  if (table === 'people_search' || table.startsWith('sync_s')) return
  const references = referencesOf(connection, table)
  const columns = Object.entries(references).filter(([, parent]) => moves(parent, moving))
  if (columns.length === 0) return
  const sets = columns.map(([column, parent]) => `"${column}" = ${movedInSql(`"${column}"`, parent, moving)}`)
  connection.exec(`UPDATE ${table} SET ${sets.join(', ')}`)
}

function moves(parent: string, { firsts, organization }: Moving): boolean {
  return firsts === undefined || firsts.has(parent) || (organization !== undefined && parent === 'organizations')
}

/** Columns that hold ids, with the table whose ids they are. */
function referencesOf(connection: Connection, table: string): Record<string, string> {
  const keys = connection
    .prepare<[string], { column: string; parent: string }>(
      'SELECT "from" AS column, "table" AS parent FROM pragma_foreign_key_list(?)',
    )
    .all(table)
  const loose = Object.entries(localReferences)
    .filter(([place]) => place.startsWith(`${table}.`))
    .map(([place, parent]) => [place.slice(table.length + 1), parent] as const)
  const own = table in registry ? [['id', table] as const] : []
  // Tables of this machine alone number their rows as they like.
  const shared = keys.filter(({ parent }) => parent in registry)
  return Object.fromEntries([...shared.map(({ column, parent }) => [column, parent] as const), ...loose, ...own])
}

function movedInSql(value: string, parent: string, { from, to, firsts, staying, organization }: Moving): string {
  const first = Math.max(firsts?.get(parent) ?? 1, from * block + 1)
  const stays = [...(staying?.get(parent) ?? [])]
  const isMoving = `${value} BETWEEN ${first} AND ${(from + 1) * block - 1} AND ${value} NOT IN (${stays.join(', ')})`
  const moved = `iif(${isMoving}, ${value} + ${(to - from) * block}, ${value})`
  const isOrganization = organization && parent === 'organizations'
  return isOrganization ? `iif(${value} = ${organization.from}, ${organization.to}, ${moved})` : moved
}

/** What a line of the log is about, of whatever table. */
function moveResources(connection: Connection, moving: Moving) {
  const tables = connection.prepare<[], string>('SELECT DISTINCT resource_type FROM activity_logs').pluck().all()
  for (const table of tables.filter((name) => name in registry && moves(name, moving))) {
    connection.exec(
      `UPDATE activity_logs SET resource_id = ${movedInSql('resource_id', table, moving)} WHERE resource_type = '${table}'`,
    )
  }
}

/** What is noted of the rows that move, and of those that wait. */
function moveNotes(connection: Connection, moving: Moving) {
  for (const table of tableNames.filter((name) => moves(name, moving))) {
    for (const notes of ['sync_rows', 'sync_parked', 'sync_refused']) {
      connection.exec(
        `UPDATE ${notes} SET id = ${movedInSql('id', table, moving)} WHERE table_number = ${registry[table].number}`,
      )
    }
  }
}

const page = 1000

/** Gives what a row says the other ids, where it names rows. */
export function valuesMover(connection: Connection, table: TableName, move: Move) {
  const references = referencesOf(connection, table)
  return (values: Values): Values => {
    const parentOf = (column: string) =>
      column === 'resource_id' && table === 'activity_logs' ? String(values['resource_type']) : references[column]
    const moved = Object.entries(values).map(([column, value]) => {
      const parent = parentOf(column)
      if (parent !== undefined && typeof value === 'number') return [column, move(parent, value)]
      const follow = jsonReferences[`${table}.${column}`]
      return [column, follow && typeof value === 'string' ? JSON.stringify(follow(JSON.parse(value), move)) : value]
    })
    return Object.fromEntries(moved)
  }
}

/** What is kept of rows that are gone names others as they did. */
function moveImages(connection: Connection, table: TableName, move: Move) {
  const moved = valuesMover(connection, table, move)
  const { number } = registry[table]
  const kept = connection.prepare<[number], { id: number; image: string }>(
    `SELECT id, image FROM sync_rows WHERE table_number = ? AND image IS NOT NULL AND image != ''`,
  )
  const write = connection.prepare('UPDATE sync_rows SET image = ? WHERE table_number = ? AND id = ?')
  for (const { id, image } of kept.all(number)) write.run(JSON.stringify(moved(JSON.parse(image))), number, id)
}

function moveJson(connection: Connection, place: string, follow: (typeof jsonReferences)[string], move: Move) {
  const [table = '', column = ''] = place.split('.')
  const key = keyOf(table)
  const select = connection.prepare<[string | number], { key: string | number; text: string }>(
    `SELECT ${key} AS key, "${column}" AS text FROM ${table} WHERE "${column}" IS NOT NULL AND ${key} > ? ORDER BY ${key} LIMIT ${page}`,
  )
  const write = connection.prepare(`UPDATE ${table} SET "${column}" = ? WHERE ${key} = ?`)
  for (let rows = select.all(0); rows.length > 0; rows = select.all(rows.at(-1)?.key ?? 0)) {
    for (const row of rows) {
      const moved = JSON.stringify(follow?.(JSON.parse(row.text), move))
      if (moved !== row.text) write.run(moved, row.key)
    }
  }
}

/** What was typed into the form of a row stays with it. */
function moveForms(connection: Connection, move: Move) {
  const forms = connection.prepare<[], string>('SELECT DISTINCT form FROM unsaved_entries').pluck().all()
  const rename = connection.prepare('UPDATE unsaved_entries SET form = ? WHERE form = ?')
  for (const form of forms) {
    const [kind = '', id, ...rest] = form.split('.')
    const table = tableOfForm[kind]
    if (table && /^\d+$/.test(id ?? '')) rename.run([kind, move(table, Number(id)), ...rest].join('.'), form)
  }
}

/** Of tables without an id. */
const keys: Readonly<Record<string, string>> = {
  activity_checks: `(chain || ' ' || extent)`,
  unsaved_entries: `(user_id || ' ' || form)`,
  message_drafts: `(user_id || ' ' || name)`,
  kept_filters: `(user_id || ' ' || organization_id || ' ' || list)`,
  bulk_rows: `(job_id || ' ' || position)`,
  people_import_rows: `(import_id || ' ' || beneficiary_id)`,
}

function keyOf(table: string): string {
  return keys[table] ?? 'id'
}

/** Erased people are told apart by their number. */
function renameErased(connection: Connection) {
  connection.exec(
    `UPDATE users SET email = 'erased-' || id || '@no-email.invalid', name = 'Erased person ' || id
    WHERE email LIKE 'erased-%@no-email.invalid' AND email != 'erased-' || id || '@no-email.invalid'`,
  )
}

function withoutTriggers(connection: Connection, work: () => void) {
  const triggers = connection
    .prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger'`)
    .all()
  for (const { name } of triggers) connection.exec(`DROP TRIGGER main."${name}"`)
  work()
  for (const { sql } of triggers) connection.exec(sql)
}
