import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { type DatabaseFile, openDatabase } from '../../../main/database/database.ts'
import { keyFile } from '../../../main/database/key.ts'
import { tableNames } from '../../../main/database/registry.ts'
import { toStored } from '../../../main/database/values.ts'
import { verifyChain } from '../../../main/domains/activity/verify.ts'
import { type AnnotatedTable, annotatedTables, annotations } from '../../../main/domains/privacy/annotations.ts'
import { erasePerson } from '../../../main/domains/privacy/erase.ts'
import { personFile } from '../../../main/domains/privacy/person-file.ts'
import { processingRegister } from '../../../main/domains/privacy/register.ts'
import { testApp } from '../../support/app.ts'
import { publishedAssessment, shortAnswer, testCentre, testTrainer } from '../../support/centre.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { refusalKey } from '../../support/refusal.ts'
import { anotherRow, everyRow } from '../../support/rows.ts'

const now = '2026-11-26T08:00:00.000Z'

async function emptyDatabase(): Promise<DatabaseFile> {
  const folder = temporaryFolder()
  return openDatabase(join(folder, 'bdc.db'), keyFile(join(folder, 'bdc.key')))
}

/** Two people, each with a row in every table and a word of their own in every column that takes text. */
async function twoPeople(words: Record<1 | 2, string>) {
  const database = await emptyDatabase()
  const { connection } = database
  connection.exec('UPDATE id_counters SET next = 100; PRAGMA defer_foreign_keys = ON')
  connection.pragma('foreign_keys = OFF')
  for (const id of [1, 2] as const) {
    for (const table of tableNames) {
      if (table === 'organizations' && id === 2) continue
      const row = { ...(id === 1 ? everyRow[table] : anotherRow(table, 2)) }
      for (const column of Object.keys(row)) {
        const isOwn =
          /^(user|beneficiary|other|attempt|response|sender|recipient|document|session|trainer|assessment|paper|person|consent_text)_id$|^shared_with$/
        if (isOwn.test(column) && table !== 'erasure_orders') row[column] = id
      }
      const names = Object.keys(row)
      connection
        .prepare(
          `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join()}) VALUES (${names.map(() => '?').join()})`,
        )
        .run(...Object.values(row).map(toStored))
    }
    connection.prepare('INSERT INTO answer_edits VALUES (?, 1, ?, 5, ?)').run(id, 'x', now)
    connection.prepare('INSERT INTO people_index VALUES (?, 1, NULL, NULL, ?)').run(id, `xylophone${id} ${words[id]}`)
  }
  const marked = mark(connection, words)
  connection.pragma('foreign_keys = ON')
  return { database, marked }
}

/** Writes the word into every column that takes it, and says which those are. */
function mark(connection: DatabaseFile['connection'], words: Record<1 | 2, string>): string[] {
  const marked: string[] = []
  for (const { table, whose, columns } of annotatedTables()) {
    if (whose === null || table === 'people_index' || table === 'activity_logs') continue
    for (const [column, rule] of columns) {
      if (rule.personal === 'none') continue
      for (const id of [1, 2] as const) {
        const word = `${words[id]}-${table}-${column}`
        const condition = whose.replaceAll('@person', String(id))
        const isSet = [word.toLowerCase(), JSON.stringify({ word })].some((value) => {
          try {
            return connection.prepare(`UPDATE ${table} SET "${column}" = ? WHERE ${condition}`).run(value).changes > 0
          } catch {
            return false
          }
        })
        if (isSet && id === 1) marked.push(`${table}.${column}`)
      }
    }
  }
  return marked
}

describe('the annotations of the schema', () => {
  it('name every column that there is, and no other', async () => {
    const { connection, close } = await emptyDatabase()
    const columnsOf = connection.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck()
    const found = connection
      .prepare<[], string>(
        `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite%'`,
      )
      .pluck()
      .all()
    for (const table of found) {
      const derived = table === 'people_search' ? ['rank', 'rowid'] : []
      const named = Object.keys(annotations[table as AnnotatedTable]?.columns ?? {})
      expect({ table, columns: named.toSorted() }).toEqual({
        table,
        columns: [...columnsOf.all(table), ...derived].toSorted(),
      })
    }
    expect(found.toSorted()).toEqual(Object.keys(annotations).toSorted())
    await close()
  })

  it('do not compile without a column', () => {
    const { name: missing, ...columns } = annotations.users.columns
    // @ts-expect-error -- `users.name` is not annotated.
    const incomplete: typeof annotations.users.columns = columns
    expect([missing, incomplete]).toBeDefined()
  })

  it('export or explain whatever is personal', () => {
    const silent = annotatedTables().filter(
      ({ columns, because }) =>
        because === undefined &&
        columns.some(([name, rule]) => rule.personal !== 'none' && !rule.isExported && name !== 'token'),
    )
    expect(silent.map(({ table }) => table)).toEqual([])
  })

  it('are what the register of processing says', () => {
    const written = readFileSync(join(import.meta.dirname, '../../../docs/privacy-register.md'), 'utf8')
    expect(unaligned(written)).toBe(unaligned(processingRegister()))
  })
})

describe('the copy of a person’s data', () => {
  it('holds every personal column of theirs, for programs and for people, and nothing of anybody else', async () => {
    const { database, marked } = await twoPeople({ 1: 'canary-one', 2: 'canary-two' })
    expect(marked.length).toBeGreaterThan(40)
    const files = unzipSync(await personFile(database.reader, 1, now))
    const withheld = new Set(
      annotatedTables().flatMap(({ table, columns }) =>
        columns.flatMap(([name, rule]) => (rule.isExported ? [] : [`${table}.${name}`])),
      ),
    )
    for (const name of ['data.json', 'data.html']) {
      const text = strFromU8(files[name] ?? new Uint8Array())
      const missing = marked.filter(
        (place) => !withheld.has(place) && !text.includes(`canary-one-${place.replace('.', '-')}`),
      )
      expect({ name, missing }).toEqual({ name, missing: [] })
      expect(text).not.toContain('canary-two')
      expect(text.match(/canary-one-(users-password_hash|sessions-token|learner_credentials-secret_hash)/)).toBeNull()
    }
    await database.close()
  })

  it('is for administrators of their organization, and is a line in the log', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const trainer = await testTrainer(app, admin)
    const { id } = await admin.beneficiaries.create({ name: '<b>Maria</b>' })
    expect(await refusalKey(trainer.privacy.export({ beneficiaryId: id }))).toBe('door.forbidden')
    expect(await refusalKey(admin.privacy.export({ beneficiaryId: id + 7 }))).toBe('beneficiary.notFound')
    const { base64, mimeType } = await admin.privacy.export({ beneficiaryId: id })
    expect(mimeType).toBe('application/zip')
    expect(strFromU8(unzipSync(Buffer.from(base64, 'base64'))['data.html'] ?? new Uint8Array())).not.toContain('<b>')
    expect((await admin.activity.list({ beneficiaryId: id })).rows[0]?.action).toBe('privacy.export')
  })
})

describe('an erasure', () => {
  it('leaves nothing of a person in any byte of the database, and everything of everybody else', async () => {
    const { database } = await twoPeople({ 1: 'canary-one', 2: 'canary-two' })
    const before = bytesOf(database)
    expect(before.includes('canary-one')).toBe(true)
    const others = before.toString('latin1').match(/canary-two-\w+-\w+/g)

    await database.write((db) =>
      erasePerson(db, database.auditKey, { personId: 1, organizationId: 1, erasedBy: 2, erasedAt: now }),
    )
    database.connection.pragma('wal_checkpoint(TRUNCATE)')
    const after = bytesOf(database)
    expect(left(after, 'canary-one')).toEqual([])
    expect(before.includes('xylophone1')).toBe(true)
    expect(left(after, 'xylophone1')).toEqual([])
    expect(new Set(after.toString('latin1').match(/canary-two-\w+-\w+/g))).toEqual(new Set(others))
    await database.close()
  })

  it('asks for the name, is for administrators, and is told in the log without the name', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const trainer = await testTrainer(app, admin)
    const { id } = await admin.beneficiaries.create({
      name: 'Maria Canary',
      phone: '555-CANARY',
      notes: 'CANARY notes',
    })
    const other = await admin.beneficiaries.create({ name: 'Nobody Else', phone: '777' })
    const person = await admin.beneficiaries.get({ id })
    await admin.beneficiaries.update({ ...person, name: 'Mariam Canary' })
    const group = await admin.groups.create({ name: 'Mornings' })
    await admin.groups.addMembers({ id: group.id, beneficiaryIds: [id, other.id] })
    const assessment = await publishedAssessment(admin, [shortAnswer])
    await trainer.identity.openKiosk()
    await trainer.delivery.sitDown({ beneficiaryId: id })
    const { attemptId } = await trainer.delivery.begin({ assessmentId: assessment.id })
    await trainer.delivery.saveAnswer({
      attemptId,
      questionId: assessment.questionIds[0] ?? 0,
      answer: 'CANARY answer',
      edit: 1,
    })
    await trainer.delivery.handIn({ attemptId })

    expect(await refusalKey(admin.privacy.erase({ person: { beneficiaryId: id }, name: 'Maria Canary' }))).toBe(
      'privacy.otherName',
    )
    expect(
      await refusalKey(app.visitor().privacy.erase({ person: { beneficiaryId: id }, name: 'Mariam Canary' })),
    ).toBe('door.signInFirst')
    await admin.privacy.erase({ person: { beneficiaryId: id }, name: 'Mariam Canary' })

    expect(await refusalKey(admin.beneficiaries.get({ id }))).toBe('beneficiary.notFound')
    const { rows } = await admin.beneficiaries.list({})
    expect(rows.map(({ name }) => name)).toEqual(['Nobody Else'])
    expect((await admin.beneficiaries.list({ search: 'Mariam' })).rows).toEqual([])
    expect((await admin.activity.list({})).rows[0]).toMatchObject({
      action: 'privacy.erase',
      changes: [],
      personName: expect.stringMatching(/^Erased person \d+$/),
    })
    expect(await admin.activity.verify({})).toMatchObject({ problem: null })
    expect(JSON.stringify(await admin.activity.list({}))).not.toMatch(/canary/i)

    await app.pause()
    const database = await openDatabase(join(app.dataDir, 'bdc.db'), keyFile(join(app.dataDir, 'bdc.key')))
    expect(left(bytesOf(database), 'canary')).toEqual([])
    await database.close()
  })

  it('wins over whatever is written later about the person, from any machine', async () => {
    const mark = randomUUID()
    const { database } = await twoPeople({ 1: 'canary-one', 2: 'canary-two' })
    await database.write((db) =>
      erasePerson(db, database.auditKey, { personId: 1, organizationId: 1, erasedBy: null, erasedAt: now }),
    )
    for (const sql of [
      `INSERT INTO profiles (id, user_id) VALUES (50, 1)`,
      `INSERT INTO beneficiaries (id, organization_id, user_id) VALUES (50, 1, 1)`,
      `UPDATE beneficiaries SET user_id = 1`,
      `UPDATE profiles SET user_id = 1`,
      `UPDATE users SET name = 'Back' WHERE id = 1`,
      `UPDATE users SET is_active = 1 WHERE id = 1`,
      `INSERT INTO sessions (id, user_id, token) VALUES (50, 1, 'x')`,
      `INSERT INTO messages (id, organization_id, sender_id, content, thread, sending) VALUES (50, 1, 1, 'x', '${mark}', '${mark}')`,
      `INSERT INTO notifications (id, user_id, type, title) VALUES (50, 1, 'x', 'x')`,
    ]) {
      expect(() => database.connection.exec(sql)).toThrow('this person was erased')
    }
    database.connection.exec('DELETE FROM activity_people; PRAGMA foreign_keys = OFF; DELETE FROM users WHERE id = 1')
    expect(() =>
      database.connection.exec(
        `INSERT INTO users (id, email, password_hash, name, role) VALUES (1, 'a@b.c', '!', 'Back', 'student')`,
      ),
    ).toThrow('this person was erased')
    await database.close()
  })

  it('is done again before anybody sees the person, when an older database takes the place of this one', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Maria Canary' })
    await app.pause()
    const backup = readFileSync(join(app.dataDir, 'bdc.db'))
    await app.resume()
    await admin.privacy.erase({ person: { beneficiaryId: id }, name: 'Maria Canary' })
    await app.pause()
    app.restore(backup)
    await app.resume()

    expect((await admin.beneficiaries.list({})).rows).toEqual([])
    expect((await admin.activity.list({})).rows[0]).toMatchObject({ action: 'privacy.eraseAgain' })
    expect(await admin.activity.verify({})).toMatchObject({ problem: null })
  })

  it('keeps the proof of the log, and taking a part out of it without one is found', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Maria Canary' })
    await admin.privacy.erase({ person: { beneficiaryId: id }, name: 'Maria Canary' })
    await app.pause()
    const database = await openDatabase(join(app.dataDir, 'bdc.db'), keyFile(join(app.dataDir, 'bdc.key')))
    expect(await verifyChain(database.reader, database.auditKey, 1)).toMatchObject({ problem: null })
    database.connection.exec(`DROP TRIGGER activity_logs_unchanged; DROP TRIGGER activity_chain_unchanged;
      UPDATE activity_logs SET ip_address = NULL, user_agent = NULL WHERE id = 1;
      UPDATE activity_chain SET parts = json_replace(parts, '$[0][0]', NULL, '$[0][2]', 'made up') WHERE sequence = 1`)
    expect(await verifyChain(database.reader, database.auditKey, 1)).toMatchObject({
      problem: { kind: 'changed', sequence: 1 },
    })
    await database.close()
  })
})

/** The columns of a table in Markdown may be lined up. */
function unaligned(markdown: string): string {
  return markdown.replaceAll(/ {2,}/g, ' ').replaceAll(/-{3,}/g, '---')
}

/** Every page as it is when decrypted. */
function bytesOf(database: DatabaseFile): Buffer {
  return database.connection.serialize()
}

/** Where a word still stands, with what is around it. */
function left(bytes: Buffer, word: string): string[] {
  return bytes.toString('latin1').match(new RegExp(`.{0,30}${word}.{0,30}`, 'gi')) ?? []
}
