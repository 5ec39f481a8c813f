import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../main/clock.ts'
import { type DatabaseFile, openDatabase } from '../../../main/database/database.ts'
import { keyFile } from '../../../main/database/key.ts'
import type { Connection } from '../../../main/database/open.ts'
import { localTables, registry, type TableName, tableNames } from '../../../main/database/registry.ts'
import { toStored } from '../../../main/database/values.ts'
import { enrolDatabase, newIdentity } from '../../../main/sync/enrol.ts'
import { replicaOf } from '../../../main/sync/replica.ts'
import { type TestApp, testApp } from '../../support/app.ts'
import {
  choice,
  essay,
  password,
  publishedAssessment,
  secondCentre,
  shortAnswer,
  testCentre,
  testTrainer,
} from '../../support/centre.ts'
import { everyRow, type Row } from '../../support/rows.ts'
import { enrolledDevice } from './device.ts'
import { organizationId, smallCentre } from './small-centre.ts'

/** Ids that no other number looks like, so that one that was left behind is found wherever it stands. */
const firstId = 700_000_000
const isOld = (value: unknown) => /(?<![\w-])(?<!\d\.)7[0-4]\d{7}(?![\w.])/.test(String(value))

async function database(app: TestApp): Promise<DatabaseFile> {
  return openDatabase(join(app.dataDir, 'bdc.db'), keyFile(join(app.dataDir, 'bdc.key')))
}

/** A centre in which everything was done once, with ids like no other number. */
async function busyCentre() {
  const app = await testApp()
  await app.withDatabase(async (db) => {
    const tables = await db.selectFrom('id_counters').select('table_name').execute()
    for (const [place, { table_name: table }] of tables.entries()) {
      await db
        .updateTable('id_counters')
        .set({ next: firstId + place * 1_000_000 + 1 })
        .where('table_name', '=', table)
        .execute()
    }
  })
  const { admin, email } = await testCentre(app)
  const trainer = await testTrainer(app, admin)
  const [{ id: anna }, { id: ben }, { id: gone }] = [
    await admin.beneficiaries.create({ name: 'Anna', phone: '1', notes: 'x' }),
    await admin.beneficiaries.create({ name: 'Ben' }),
    await admin.beneficiaries.create({ name: 'Gone Person' }),
  ]
  const { id: group } = await admin.groups.create({ name: 'Mornings' })
  await admin.groups.addMembers({ id: group, beneficiaryIds: [anna, ben] })
  const shuffled = { shuffleQuestions: true, shuffleOptions: true }
  const open = await publishedAssessment(admin, [choice, shortAnswer, essay], {
    attemptsAllowed: 3,
    settings: { ...shuffled, review: 'answers', pools: [] },
  })
  await trainer.identity.openKiosk()
  await trainer.delivery.sitDown({ beneficiaryId: anna })
  const done = await trainer.delivery.begin({ assessmentId: open.id })
  for (const [index, questionId] of open.questionIds.entries()) {
    await trainer.delivery.saveAnswer({
      attemptId: done.attemptId,
      questionId,
      answer: ['b', 'Lyon', 'Because'][index] ?? '',
      edit: index + 1,
    })
  }
  await trainer.delivery.handIn({ attemptId: done.attemptId })
  await trainer.delivery.sitDown({ beneficiaryId: gone })
  const erased = await trainer.delivery.begin({ assessmentId: open.id })
  const first = open.questionIds[0] ?? 0
  await trainer.delivery.saveAnswer({ attemptId: erased.attemptId, questionId: first, answer: 'a', edit: 1 })
  await trainer.delivery.handIn({ attemptId: erased.attemptId })
  await trainer.delivery.sitDown({ beneficiaryId: ben })
  const running = await trainer.delivery.begin({ assessmentId: open.id })
  await trainer.delivery.saveAnswer({ attemptId: running.attemptId, questionId: first, answer: 'a', edit: 1 })
  await admin.results.correctKey({
    assessmentId: open.id,
    questionId: open.questionIds[1] ?? 0,
    question: { ...shortAnswer, accepted: [...shortAnswer.accepted, { text: 'Lyon', credit: 100 }] },
    reason: 'A nickname',
  })
  await admin.beneficiaries.get({ id: anna })
  await admin.privacy.erase({ person: { beneficiaryId: gone }, name: 'Gone Person' })
  await app.pause()
  const file = await database(app)
  fillEmptyTables(file.connection)
  fillLocalTables(file.connection)
  return {
    app,
    file,
    email,
    admin,
    trainer,
    running: running.attemptId,
    questionIds: open.questionIds,
    assessment: open.id,
  }
}

/** One row in every table that has none, referring to rows that there are. */
function fillEmptyTables(connection: Connection) {
  const first = (table: string) => Number(connection.prepare(`SELECT min(id) FROM ${table}`).pluck().get())
  connection.exec('UPDATE id_counters SET next = next + 10')
  for (const table of tableNames) {
    if (connection.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get()) continue
    const next = Number(connection.prepare('SELECT next FROM id_counters WHERE table_name = ?').pluck().get(table))
    const keys = connection
      .prepare<[string], { column: string; parent: string }>(
        'SELECT "from" AS column, "table" AS parent FROM pragma_foreign_key_list(?)',
      )
      .all(table)
    const row: Row = { ...everyRow[table], id: next - 1 }
    for (const { column, parent } of keys) if ((row[column] ?? null) !== null) row[column] = first(parent)
    Object.assign(row, named(table, first))
    const names = Object.keys(row)
    connection
      .prepare(
        `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      )
      .run(...Object.values(row).map(toStored))
  }
}

/** What is begun on this machine alone. */
function fillLocalTables(connection: Connection) {
  const first = (table: string) => Number(connection.prepare(`SELECT min(id) FROM ${table}`).pluck().get())
  const [organization, user, group] = [first('organizations'), first('users'), first('groups')]
  const at = '2026-03-10T16:45:59.999Z'
  const recipients = JSON.stringify({ people: [user], groups: [group], roles: [] })
  const attachments = JSON.stringify([{ documentId: first('documents') }])
  connection
    .prepare(`INSERT INTO unsaved_entries VALUES (?, 'appointment.new', ?, ?, ?)`)
    .run(user, organization, JSON.stringify({ trainerId: user, groupId: group }), at)
  connection
    .prepare(`INSERT INTO unsaved_entries VALUES (?, ?, ?, '{"notes":"typed"}', ?)`)
    .run(user, `person.${first('beneficiaries')}`, organization, at)
  connection
    .prepare(`INSERT INTO message_drafts VALUES (?, 'one', ?, NULL, 'sender', ?, 'Hello', '', ?, 1, ?)`)
    .run(user, organization, recipients, attachments, at)
  connection
    .prepare(`INSERT INTO people_imports VALUES (1, ?, ?, 'people.csv', 'done', 1, 0, 1, ?, ?)`)
    .run(organization, user, JSON.stringify([group]), at)
  const before = JSON.stringify({ fields: { trainerId: user }, own: {}, groups: [group] })
  connection
    .prepare(
      `INSERT INTO calendar_accounts VALUES (1, ?, ?, 'caldav', 'https://calendar.example.org/', 'ada', 'secret', 'Work', 0, 'Busy', NULL, NULL, NULL, NULL, 0, ?)`,
    )
    .run(organization, user, at)
  connection
    .prepare(`INSERT INTO calendar_links VALUES (1, 'uid', ?, 'https://calendar.example.org/a.ics', NULL, NULL)`)
    .run(first('appointments'))
  connection
    .prepare(
      `INSERT INTO calendar_busy VALUES (1, 'b.ics', 0, '"1"', 'Dentist', NULL, NULL, NULL, NULL, NULL, '[]', '[]', '', NULL)`,
    )
    .run()
  connection
    .prepare(`INSERT INTO calendar_notices VALUES (1, 1, ?, 'kept', 'title', 'a', 'b', ?)`)
    .run(first('appointments'), at)
  connection.prepare('INSERT INTO people_import_rows VALUES (1, ?, ?, ?)').run(first('beneficiaries'), before, at)
  fillBulk(connection, { organization, user }, first, at)
}

function fillBulk(
  connection: Connection,
  by: Record<'organization' | 'user', number>,
  first: (table: string) => number,
  at: string,
) {
  const job = '00000000-0000-4000-8000-000000000000'
  connection
    .prepare(`INSERT INTO bulk_jobs VALUES (?, ?, ?, 'people', 'handOver', 0, 'done', 4, 4, 4, 0, 0, ?)`)
    .run(job, by.organization, by.user, at)
  const kept = [
    { kind: 'trainer', trainerId: by.user },
    { kind: 'member', groupId: first('groups'), isMember: true },
    { kind: 'offer', handoverId: first('handovers') },
  ]
  const insert = connection.prepare('INSERT INTO bulk_rows VALUES (?, ?, ?, ?, ?, ?)')
  for (const [position, before] of kept.entries())
    insert.run(job, position, first('beneficiaries'), null, JSON.stringify(before), at)
  insert.run(job, kept.length, null, first('documents'), JSON.stringify({ kind: 'removed' }), at)
}

/** Ids where no foreign key says so. */
function named(table: TableName, first: (table: string) => number): Row {
  const user = first('users')
  if (table === 'documents') return { metadata: JSON.stringify({ broughtBy: user }) }
  if (table === 'messages') {
    const audience = { groups: [{ id: first('groups'), name: 'Mornings' }], roles: [], isNamed: false }
    return {
      attachments: JSON.stringify([{ documentId: first('documents') }]),
      audience: JSON.stringify(audience),
    }
  }
  if (table === 'notifications') {
    return { data: JSON.stringify({ appointmentId: first('appointments'), senderId: user }) }
  }
  if (table === 'classroom_sessions') return { assessment_ids: JSON.stringify([first('assessments')]) }
  if (table === 'error_logs') return { context: JSON.stringify({ attemptId: first('attempts') }) }
  if (table === 'sync_conflicts') return { row_id: 1, person_id: user, kept_by: user, lost_by: user, decided_by: user }
  return {}
}

/** Where an id from before still stands, in whatever column of whatever table. */
function leftBehind({ connection }: DatabaseFile): string[] {
  return [...tableNames, ...Object.keys(localTables)].flatMap((table) =>
    connection
      .prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`)
      .all()
      .flatMap((row) =>
        Object.entries(row)
          // A counter goes on where it was, in another block.
          .filter(([, value]) => isOld(value) && table !== 'id_counters')
          .map(([column, value]) => `${table}.${column}: ${String(value).slice(0, 200)}`),
      ),
  )
}

const enrol = (file: DatabaseFile, centre = smallCentre()) =>
  enrolDatabase({ database: file, enrolment: centre.enrol(), identity: newIdentity(), clock: systemClock, by: null })

describe('a database is refused, and nothing of it changes', () => {
  it('when it holds several organizations, besides practice', async () => {
    await using app = await testApp()
    await testCentre(app)
    await secondCentre(app)
    await app.pause()
    const file = await database(app)
    await expect(enrol(file)).rejects.toMatchObject({ key: 'sync.severalOrganizations' })
    expect(file.connection.prepare('SELECT site FROM local_site').pluck().get()).toBe(0)
    await file.close()
  })

  it('when it belongs to a centre already', async () => {
    const device = await enrolledDevice(smallCentre())
    await expect(enrol(device.database)).rejects.toMatchObject({ key: 'sync.alreadyEnrolled' })
  })

  it('when its log was altered: sealing it anew would make it genuine', async () => {
    await using app = await testApp()
    await testCentre(app)
    await app.pause()
    const file = await database(app)
    file.connection.exec(`DROP TRIGGER activity_logs_unchanged; UPDATE activity_logs SET action = 'nothing.happened'`)
    await expect(enrol(file)).rejects.toMatchObject({ key: 'sync.logDamaged' })
    expect(file.connection.prepare('SELECT count(*) FROM sync_state').pluck().get()).toBe(0)
    await file.close()
  })
})

describe('a database that stood alone', () => {
  it('has a row in every table before, and none of its numbers anywhere after', async () => {
    const { app, file } = await busyCentre()
    await using _ = app
    const counted = tableNames.map((table) => [
      table,
      Number(file.connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get()),
    ])
    expect(counted.filter(([, count]) => count === 0)).toEqual([])
    for (const table of ['answer_edits', 'attempt_seats', 'activity_chain', 'activity_people', 'people_index']) {
      expect(file.connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBeGreaterThan(0)
    }
    expect(new Set(leftBehind(file).map((place) => place.split(':')[0])).size).toBeGreaterThan(90)
    await enrol(file)
    expect(leftBehind(file)).toEqual([])
    expect(file.connection.pragma('foreign_key_check')).toEqual([])
    const after = tableNames.map((table) => [
      table,
      Number(file.connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get()),
    ])
    // The log has one line more.
    expect(after).toEqual(counted.map(([table, count]) => [table, Number(count) + Number(table === 'activity_logs')]))
    await file.close()
  })

  it('goes on: people are signed in, an attempt runs, the log proves itself, the erased stay so', async () => {
    const { app, file, email, admin, trainer, running, questionIds, assessment } = await busyCentre()
    await using _ = app
    const centre = smallCentre()
    await enrol(file, centre)
    const block = 2 ** 32
    await file.close()
    await app.resume()
    const [attemptId, questionId] = [running + block, (questionIds[1] ?? 0) + block]
    await trainer.delivery.saveAnswer({ attemptId, questionId, answer: 'Paris', edit: 2 })
    await trainer.delivery.handIn({ attemptId })
    expect(await admin.activity.verify({})).toMatchObject({ problem: null })
    const visitor = app.visitor()
    await visitor.identity.signIn({ email, password })
    const { rows } = await visitor.beneficiaries.list({})
    expect(rows.map(({ name }) => name)).toEqual(['Anna', 'Ben'])
    const anna = rows.find(({ name }) => name === 'Anna')?.id ?? 0
    expect((await visitor.privacy.export({ beneficiaryId: anna })).mimeType).toBe('application/zip')
    expect(JSON.stringify(await visitor.assessments.get({ id: assessment + block }))).toContain('Numbers')
    expect((await visitor.beneficiaries.create({ name: 'Carla' })).id).toBeGreaterThan(block)
    expect((await visitor.activity.list({})).rows.map(({ action }) => action)).toContain('sync.enrolled')
    await app.pause()

    const again = await database(app)
    const replica = replicaOf(again.connection)
    const unsealed = replica.prepared<number>('SELECT count(*) FROM sync_rows WHERE change > 0').pluck().get()
    expect(unsealed).toBeGreaterThan(30)
    const synced = tableNames.filter((table) => registry[table].sync !== 'local' && table !== 'organizations')
    for (const table of synced) {
      const unknown = replica.prepared<number>(
        `SELECT count(*) FROM ${table} WHERE organization_id = ${organizationId} AND id NOT IN (SELECT id FROM sync_rows WHERE table_number = ${registry[table].number})`,
      )
      expect({ table, unknown: unknown.pluck().get() }).toEqual({ table, unknown: 0 })
    }
    await again.close()
  })

  it('sends all of it to the centre, from which another machine gets it', async () => {
    const { app, file } = await busyCentre()
    await using _ = app
    const centre = smallCentre()
    await enrol(file, centre)
    const { runRound } = await import('../../../main/sync/round.ts')
    const { randomBytes } = await import('node:crypto')
    const round = { clock: systemClock, random: randomBytes, app: 'test' }
    const replica = replicaOf(file.connection)
    expect(await runRound({ ...round, replica, transport: centre.transport() })).toBe('done')
    const other = await enrolledDevice(centre)
    expect(await other.round()).toBe('done')
    expect(other.one('SELECT count(*) FROM sync_parked')).toBe(0)
    for (const table of tableNames) {
      if (['sessions', 'activity_logs', 'error_logs', 'organizations'].includes(table)) continue
      const all = replica.prepared<Row>(`SELECT * FROM ${table} WHERE organization_id = ${organizationId} ORDER BY id`)
      expect(other.all(table)).toEqual(all.all())
    }
    await file.close()
  })
})
