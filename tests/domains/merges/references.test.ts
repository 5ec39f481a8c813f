import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type DatabaseFile, openDatabase } from '../../../main/database/database.ts'
import { keyFile } from '../../../main/database/key.ts'
import type { Connection } from '../../../main/database/open.ts'
import { localTables, tableNames } from '../../../main/database/registry.ts'
import { toStored } from '../../../main/database/values.ts'
import { movedColumns, placeOf, stayingColumns } from '../../../main/domains/merges/columns.ts'
import { moveRows, returnRows } from '../../../main/domains/merges/join.ts'
import { jsonReferences, localReferences } from '../../../main/sync/references.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { anotherRow, everyRow, type Row } from '../../support/rows.ts'

const now = '2026-11-26T08:00:00.000Z'
const [kept, merged] = [700_000_001, 700_000_002]

async function openFresh(): Promise<DatabaseFile> {
  const folder = temporaryFolder()
  return openDatabase(join(folder, 'bdc.db'), keyFile(join(folder, 'bdc.key')))
}

/** JSON in which rows are named, and never a file or an account. */
const namesNoPerson = [
  'papers.questions',
  'attempts.draw',
  'attempts.flags',
  'classroom_sessions.assessment_ids',
  'erasure_orders.attempt_ids',
  'key_corrections.changed',
  'messages.attachments',
  'messages.audience',
  'unsaved_entries.entry',
  'message_drafts.attachments',
  'people_imports.made_groups',
  'people_import_rows.before',
  'bulk_rows.before',
  'activity_checks.problem',
]

const columnsOf = (connection: Connection, table: string) =>
  connection.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table)

/** Every column that a foreign key or a list of the program says to name a file or an account. */
function namingColumns(connection: Connection): Set<string> {
  const keys = connection
    .prepare<[], string>(
      `SELECT tables.name || '.' || keys."from" FROM pragma_table_list AS tables, pragma_foreign_key_list(tables.name) AS keys
        WHERE tables.schema = 'main' AND keys."table" IN ('users', 'beneficiaries')`,
    )
    .pluck()
    .all()
  const loose = Object.entries(localReferences).filter(([, table]) => table === 'users')
  return new Set([...keys, ...loose.map(([column]) => column)])
}

function forgotten(connection: Connection): string[] {
  const known = new Set([...movedColumns.map(placeOf), ...Object.keys(stayingColumns)])
  return [...namingColumns(connection)].filter((column) => !known.has(column))
}

/** Two people, each with a row in every table; whatever may name a file or an account names theirs. */
async function twoFull() {
  const database = await openFresh()
  const { connection } = database
  connection.exec('UPDATE id_counters SET next = 800000000')
  connection.pragma('foreign_keys = OFF')
  const accounts = new Map(
    connection
      .prepare<[], { place: string; parent: string }>(
        `SELECT tables.name || '.' || keys."from" AS place, keys."table" AS parent
          FROM pragma_table_list AS tables, pragma_foreign_key_list(tables.name) AS keys WHERE tables.schema = 'main'`,
      )
      .all()
      .map(({ place, parent }) => [place, parent] as const),
  )
  for (const person of [kept, merged]) {
    for (const table of tableNames) {
      if (table === 'organizations' && person === merged) continue
      const row: Row = { ...(person === kept ? everyRow[table] : anotherRow(table, 2)), id: person }
      for (const column of Object.keys(row)) {
        const parent = accounts.get(`${table}.${column}`)
        if (parent === 'users' || parent === 'beneficiaries') row[column] = person
        else if (parent === 'organizations') row[column] = kept
        else if (parent !== undefined) row[column] = person
      }
      if (table === 'beneficiaries') row['merged_into'] = null
      if (table === 'attempts') Object.assign(row, { state: 'graded', assessment_id: kept, attempt_number: 1 })
      if (table === 'attendance') row['appointment_id'] = person
      if (table === 'handovers') row['status'] = 'open'
      if (table === 'erasure_orders') continue
      const names = Object.keys(row)
      connection
        .prepare(`INSERT INTO ${table} (${names.map((name) => `"${name}"`)}) VALUES (${names.map(() => '?')})`)
        .run(...Object.values(row).map(toStored))
    }
    connection
      .prepare(`INSERT INTO unsaved_entries VALUES (?, ?, ?, '{}', ?)`)
      .run(person, person === kept ? 'person.new' : 'group.new', kept, now)
    connection
      .prepare(
        `INSERT INTO message_drafts (user_id, name, organization_id, thread, reply_to, recipients, subject, content, edit, attachments, updated_at) VALUES (?, ?, ?, NULL, 'sender', '{"people":[],"groups":[],"roles":[]}', '', '', 1, '[]', ?)`,
      )
      .run(person, `draft-${person}`, kept, now)
    connection
      .prepare(`INSERT INTO document_uploads VALUES (?, ?, ?, ?, NULL, 'x', 1, 1, NULL, ?)`)
      .run(String(person).padStart(36, '0'), kept, person, person, now)
  }
  return database
}

/** Where a number still stands, in columns of any kind, by place. */
function placesOf(connection: Connection, number: number): string[] {
  const tables = [...tableNames, ...Object.keys(localTables)].filter((table) => table !== 'people_search')
  return tables.flatMap((table) =>
    columnsOf(connection, table)
      .filter((column) => column !== 'id')
      .filter((column) =>
        connection
          .prepare(`SELECT 1 FROM ${table} WHERE ' ' || CAST("${column}" AS TEXT) || ' ' GLOB ? LIMIT 1`)
          .get(`*[^0-9]${number}[^0-9]*`),
      )
      .map((column) => `${table}.${column}`),
  )
}

const numbers = (id: number) => ({ file: id, account: id })

describe('what goes from one file to another', () => {
  it('knows of every column that names a file or an account, and of none that is not there', async () => {
    const { connection, close } = await openFresh()
    expect(forgotten(connection)).toEqual([])
    const json = Object.keys(jsonReferences)
    const ofNobody = json.filter((place) => !(place in stayingColumns))
    expect(ofNobody.toSorted()).toEqual(namesNoPerson.toSorted())
    const places = [...movedColumns.map(placeOf), ...Object.keys(stayingColumns)]
    const naming = namingColumns(connection)
    expect(places.filter((place) => !naming.has(place) && !json.includes(place))).toEqual([])
    await close()
  })

  it('notices a column that nobody has thought of', async () => {
    const { connection, close } = await openFresh()
    connection.exec('ALTER TABLE groups ADD COLUMN speaker_id INTEGER REFERENCES beneficiaries (id)')
    expect(forgotten(connection)).toEqual(['groups.speaker_id'])
    await close()
  })

  it('leaves nothing behind, and gives back exactly what came from whom', async () => {
    const database = await twoFull()
    const { connection } = database
    const dump = () =>
      movedColumns.map((one) => [
        placeOf(one),
        connection
          .prepare(`SELECT "${one.key}" AS "key", "${one.column}" AS person FROM ${one.table} ORDER BY 1`)
          .all()
          .filter((row) => one.table !== 'group_members' || Object(row).key !== merged),
      ])
    connection.prepare('UPDATE group_members SET group_id = ? WHERE id = ?').run(kept, merged)
    const before = dump()
    await database.write(async (db) => {
      await db.updateTable('beneficiaries').set({ merged_into: kept }).where('id', '=', merged).execute()
      const rows = await moveRows(db, { from: numbers(merged), to: numbers(kept), now })
      const moved = new Set(movedColumns.map(placeOf))
      const left = placesOf(connection, merged).filter((place) => moved.has(place))
      expect(left).toEqual([])
      expect(rows.groups).toEqual([kept])
      await returnRows(db, rows, { from: numbers(kept), to: numbers(merged), now, organizationId: kept })
      await db.updateTable('beneficiaries').set({ merged_into: null }).where('id', '=', merged).execute()
    })
    const members = connection.prepare('SELECT beneficiary_id FROM group_members WHERE group_id = ?').pluck().all(kept)
    expect(members.toSorted()).toEqual([kept, merged])
    const after = dump()
    expect(after.filter(([place]) => place !== 'group_members.beneficiary_id')).toEqual(
      before.filter(([place]) => place !== 'group_members.beneficiary_id'),
    )
    const takeConsent = connection.prepare('UPDATE consents SET person_id = ? WHERE person_id = ?')
    expect(() => takeConsent.run(kept, merged)).toThrow('consents is only ever added to')
    expect(connection.prepare('SELECT status FROM handovers WHERE id = ?').pluck().get(merged)).toBe('open')
    expect(connection.prepare('SELECT attempt_number FROM attempts WHERE id = ?').pluck().get(merged)).toBe(1)
    await database.close()
  })
})
