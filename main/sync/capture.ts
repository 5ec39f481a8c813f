import type { Connection } from '../database/open.ts'
import type { TableName } from '../database/registry.ts'
import { nowInSql } from './clock.ts'
import { placeLearned } from './learned.ts'
import { registerOf } from './rules.ts'
import { type SyncTable, syncSchemaOf } from './schema.ts'

export interface CaptureOptions {
  /** What time it is, as an SQL expression of `sync_state`; a trial with a clock of its own says it. */
  now?: string
}

/**
 * Makes the triggers that note who wrote what and when, in the same transaction as the write itself. They see cascades and
 * bulk repairs alike. A database that belongs to no centre has none, and pays nothing.
 */
export function installCapture(connection: Connection, options: CaptureOptions = {}) {
  connection.transaction(() => {
    removeCapture(connection)
    for (const { sql } of triggersOf(connection, options)) connection.exec(sql)
  })()
}

export function removeCapture(connection: Connection) {
  for (const name of installed(connection).keys()) connection.exec(`DROP TRIGGER "${name}"`)
}

/** False where a schema update has added what the triggers do not know of, or the database belongs to a centre and has none. */
export function isCaptureCurrent(connection: Connection, options: CaptureOptions = {}): boolean {
  const found = installed(connection)
  const wanted = triggersOf(connection, options)
  return found.size === wanted.length && wanted.every(({ name, sql }) => found.get(name) === sql)
}

/** At every opening: a database that belongs to a centre notes everything, whatever the schema has become. */
export function refreshCapture(connection: Connection, options: CaptureOptions = {}) {
  const isEnrolled = connection.prepare('SELECT 1 FROM sync_state').get() !== undefined
  if (!isEnrolled || isCaptureCurrent(connection, options)) return
  connection.transaction(() => {
    removeCapture(connection)
    placeLearned(connection)
    installCapture(connection, options)
  })()
}

function installed(connection: Connection): Map<string, string> {
  const rows = connection
    .prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'captured\\_%' ESCAPE '\\'`,
    )
    .all()
  return new Map(rows.map(({ name, sql }) => [name, sql]))
}

function triggersOf(connection: Connection, { now = nowInSql }: CaptureOptions) {
  return syncSchemaOf(connection).tables.flatMap((table) => [
    triggerOf(table, 'insert', 'NEW', `${tick(table, 'NEW.id', now)}${noteInsert(table)}`),
    triggerOf(
      table,
      'update',
      'NEW',
      `${tick(table, 'NEW.id', now)}${noteStamps(table, { id: 'NEW.id', stamps: changedStamps(table), more: rewritten(table) })}`,
      anyChange(table),
    ),
    triggerOf(table, 'delete', 'OLD', `${tick(table, 'OLD.id', now)}${noteDelete(table)}`),
  ])
}

/**
 * Notes that somebody has written a register once more, as it stands: whoever decides for a value has written it as much as whoever
 * changes it, and what somebody else writes meanwhile meets it. Within a write, of a table that travels.
 */
export function noteAgain(connection: Connection, { table: name, id, register }: Again, options: CaptureOptions = {}) {
  const table = syncSchemaOf(connection).byName.get(name)
  if (!table?.columns.some((column) => registerOf(table.rules, column) === register)) return
  const { now = nowInSql } = options
  const stamps = 'json_object(@register, json_array(clock, site))'
  const condition = `EXISTS (SELECT 1 FROM ${name} WHERE id = @id)`
  connection.prepare(tick(table, '@id', now)).run({ id })
  connection.prepare(noteStamps(table, { id: '@id', stamps, condition })).run({ id, register })
}

export interface Again {
  table: TableName
  id: number
  register: string
}

type Kind = 'insert' | 'update' | 'delete'
type Side = 'OLD' | 'NEW'

function triggerOf({ name, owner }: SyncTable, kind: Kind, side: Side, body: string, condition = '') {
  const trigger = `captured_${kind}_${name}`
  // What comes from elsewhere is most of what is ever written, so that is asked first.
  const when = `(SELECT applying FROM local_site) = 0 AND ${side}.${owner} = (SELECT organization_id FROM sync_state)`
  const sql = `CREATE TRIGGER ${trigger} AFTER ${kind.toUpperCase()} ON ${name}\nWHEN ${when}${condition}\nBEGIN\n${body}END`
  return { name: trigger, sql }
}

/** Of a transaction that writes more, nobody waits until all of it is sealed. */
const writesOfChange = 200

/** A local write is later than anything in its row, so that what somebody changes on the screen wins over what they saw. */
function tick({ number }: SyncTable, id: string, now: string): string {
  return `  UPDATE sync_state SET
    clock = max(clock + 1, ${now}, coalesce((SELECT highest + 1 FROM sync_rows WHERE table_number = ${number} AND id = ${id}), 0)),
    change = change + (within IN (0, ${writesOfChange})),
    within = iif(within < ${writesOfChange}, within + 1, 1);
`
}

const alone = `sync_rows.seen IS NULL AND sync_rows.site = excluded.site`
/** Who knew of all that a row held knows of it still, and of their own write. */
function seenAfter(site: string, clock: string) {
  return `CASE WHEN sync_rows.seen IS NULL
    THEN '{"' || sync_rows.site || '":' || sync_rows.highest || ',"' || ${site} || '":' || ${clock} || '}'
    ELSE json_set(sync_rows.seen, '$."' || ${site} || '"', ${clock}) END`
}

const merged = `seen = CASE WHEN ${alone} THEN NULL ELSE ${seenAfter('excluded.site', 'excluded.clock')} END,
    highest = excluded.highest, change = excluded.change`

function noteInsert({ number }: SyncTable): string {
  return `  INSERT INTO sync_rows (table_number, id, clock, site, highest, change, born)
  SELECT ${number}, NEW.id, clock, site, clock, change, change FROM sync_state, local_site WHERE true
  ON CONFLICT (table_number, id) DO UPDATE SET ${merged},
    clock = excluded.clock, site = excluded.site, stamps = NULL, image = NULL;
`
}

interface Noted {
  /** As SQL, all of them. */
  id: string
  stamps: string
  more?: string
  condition?: string
}

function noteStamps({ number }: SyncTable, { id, stamps, more = '', condition = 'true' }: Noted): string {
  return `  INSERT INTO sync_rows (table_number, id, clock, site, highest, change, born, stamps)
  SELECT ${number}, ${id}, clock, site, clock, change, change, ${stamps}
  FROM sync_state, local_site WHERE ${condition}
  ON CONFLICT (table_number, id) DO UPDATE SET ${merged},${more}
    stamps = json_patch(coalesce(sync_rows.stamps, '{}'), excluded.stamps);
`
}

/** A reference that stood empty, because this machine lacks what it names, is what it was written to be from now on. */
function rewritten({ references }: SyncTable): string {
  const softly = references.filter(({ onDelete }) => onDelete === 'SET NULL')
  if (softly.length === 0) return ''
  const paths = softly.map(({ column }) => `iif(OLD."${column}" IS NOT NEW."${column}", '$."${column}"', '$."-"')`)
  return `\n    extra = iif(sync_rows.extra IS NULL, NULL, json_remove(sync_rows.extra, ${paths.join(', ')})),`
}

function anyChange({ columns }: SyncTable): string {
  return ` AND (${columns.map((column) => `OLD."${column}" IS NOT NEW."${column}"`).join(' OR ')})`
}

/** An object of the registers that an update has changed, each with the stamp of now. */
function changedStamps({ rules, columns }: SyncTable): string {
  const registers = Map.groupBy(columns, (column) => registerOf(rules, column))
  const parts = [...registers].map(([name, its]) => {
    const changed = its.map((column) => `OLD."${column}" IS NOT NEW."${column}"`).join(' OR ')
    return `iif(${changed}, ',"${name}":[' || clock || ',' || site || ']', '')`
  })
  return `'{' || substr(${parts.join(' || ')}, 2) || '}'`
}

/** A deletion takes what it had seen; the image stays until the centre knows, unless a person is being erased. */
function noteDelete({ number, columns }: SyncTable): string {
  const image = `json_object(${columns.map((column) => `'${column}', OLD."${column}"`).join(', ')})`
  const [clock, site] = ['(SELECT clock FROM sync_state)', '(SELECT site FROM local_site)']
  return `  UPDATE sync_rows SET
    deletion = '{"stamp":[' || ${clock} || ',' || ${site} || '],"saw":'
      || coalesce(seen, '{"' || sync_rows.site || '":' || highest || '}') || '}',
    seen = CASE WHEN seen IS NULL AND sync_rows.site = ${site} THEN NULL ELSE ${seenAfter(site, clock)} END,
    highest = ${clock},
    change = (SELECT change FROM sync_state),
    image = iif(EXISTS (SELECT 1 FROM erasures_running), '', ${image})
  WHERE table_number = ${number} AND id = OLD.id;
`
}
