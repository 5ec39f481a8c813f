import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  crossBack,
  type Destination,
  lateWritings,
  moveToOrganization,
  previewCrossing,
} from '../../../main/centre/move-organization.ts'
import { tidy } from '../../../main/centre/tidy.ts'
import { registry, type TableName } from '../../../main/database/registry.ts'
import { noise } from '../../support/documents.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { everyRow, type Row } from '../../support/rows.ts'
import { addDocument, carry, contentAt } from '../device/contents.ts'
import { agree, type Device, insertPerson } from '../device/device.ts'
import { clockNow, type TestCentre, testCentre } from './centre.ts'
import { realDevice } from './real-device.ts'

let server: PostgresServer
let centre: TestCentre
beforeAll(async () => {
  server = await startPostgres()
  centre = await testCentre(server)
})
afterAll(() => server[Symbol.asyncDispose]())

async function carryAll(device: Device) {
  const { contents } = device.transport
  if (contents) expect(await carry(device, contents)).toBe('done')
}

/** A row of every column, with no reference but those that are given. */
const sample = (table: TableName, values: Row): Row => ({
  ...Object.fromEntries(
    Object.entries(everyRow[table])
      .filter(([column]) => column !== 'id' && column !== 'organization_id')
      .map(([column, value]) => [column, /_id$|_by$|^shared_with$/.test(column) ? null : value]),
  ),
  ...values,
})

/** An organization with a trainer, the computer of the office, and the laptop of the trainer. */
async function office(name: string) {
  const organizationId = await centre.organization(name)
  const desk = await realDevice({ server, centre }, organizationId, null)
  const email = `${name.toLowerCase()}-${organizationId}@centre.example`
  const trainer = await desk.insert('users', { email, password_hash: '!', name: `Trainer of ${name}`, role: 'trainer' })
  await agree(desk)
  const laptop = await realDevice({ server, centre }, organizationId, trainer)
  await agree(laptop)
  return { organizationId, desk, laptop, trainer, email }
}

/** A person of the first of two organizations. */
async function twoOffices() {
  const [from, to] = [await office('South'), await office('North')]
  const { id, userId } = await insertPerson(from.desk, 'Lina')
  await from.desk.update('beneficiaries', id, { trainer_id: from.trainer, notes: 'first' })
  return { from, to, id, userId, there: { organizationId: to.organizationId, trainer: to.email } }
}

/** An assessment with an answer and a result of this person. */
async function assessed(desk: Device, id: number, values: Row) {
  const assessment = await desk.insert('assessments', sample('assessments', { ...values, group_id: null }))
  const question = await desk.insert('questions', sample('questions', { assessment_id: assessment }))
  const paper = await desk.insert('papers', sample('papers', { assessment_id: assessment }))
  const of = { assessment_id: assessment, beneficiary_id: id }
  const attempt = await desk.insert('attempts', sample('attempts', { ...of, paper_id: paper, state: 'graded' }))
  await desk.insert('responses', sample('responses', { ...of, attempt_id: attempt, question_id: question }))
  await desk.insert('assessment_results', sample('assessment_results', { ...of, attempt_id: attempt }))
  return { assessment, attempt, question }
}

/** A file with something in every part of it. */
async function fullFile(desk: Device, { id, userId, trainer }: { id: number; userId: number; trainer: number }) {
  const own = await assessed(desk, id, { beneficiary_id: id, trainer_id: trainer })
  const picture = await addDocument(desk, noise(3_000, 7), { category: 'question', uploaded_by: trainer })
  const shown = JSON.stringify({ picture: { image: picture.path.split(':')[1], alt: 'a map' } })
  await desk.update('questions', own.question, { metadata: shown })
  const shared = await assessed(desk, id, { trainer_id: trainer })
  const group = await desk.insert('groups', { name: 'Readers' })
  const other = await insertPerson(desk, 'Omar')
  const text = await desk.insert('consent_texts', sample('consent_texts', {}))
  await desk.insert('profiles', sample('profiles', { user_id: userId }))
  await desk.insert('learner_credentials', sample('learner_credentials', { beneficiary_id: id }))
  const goal = await desk.insert(
    'goals',
    sample('goals', {
      beneficiary_id: id,
      assessment_id: shared.assessment,
      written_by: trainer,
      title: 'Reads a map',
    }),
  )
  const appointment = await desk.insert(
    'appointments',
    sample('appointments', { beneficiary_id: id, trainer_id: trainer, group_id: group }),
  )
  await desk.insert('attendance', sample('attendance', { beneficiary_id: id, appointment_id: appointment }))
  const document = await addDocument(desk, noise(4_300_000), { beneficiary_id: id, uploaded_by: trainer })
  await desk.insert('group_members', { group_id: group, beneficiary_id: id })
  await desk.insert('consents', { person_id: userId, consent_text_id: text, kind: 'given', recorded_by: trainer })
  // It stands under the other one, and cannot be without this one.
  await desk.insert('person_links', { beneficiary_id: other.id, other_id: id, kind: 'parent' })
  const message = await desk.insert('messages', sample('messages', { sender_id: trainer, recipient_id: userId }))
  return { own, picture, shared, goal, appointment, document, message, other }
}

/** What the rows of a person say by table and id, apart from where they are and whom they name. */
async function fileOf(userId: number) {
  const { rows } = await centre.operator.query<{ key: string; said: object }>(
    `SELECT r.table_number || ':' || r.id AS key, (r.state -> 'values') - 'organization_id'
      - ARRAY(SELECT column_name FROM sync.reference AS f WHERE f.table_number = r.table_number AND NOT f.is_firm) AS said
    FROM sync.row AS r JOIN sync.rule AS c USING (table_number) WHERE r.person_id = $1 AND c.goes_along AND r.alive`,
    [userId],
  )
  return new Map(rows.map(({ key, said }) => [key, said]))
}

function digest(file: Map<string, object>, keys: Iterable<string>) {
  const said = [...keys].sort().map((key) => [key, file.get(key)])
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}

/** Which organizations the living rows of a person are in, as rows and in the typed tables. */
async function whereIs(userId: number, id: number) {
  const { rows } = await centre.operator.query<{ organization: string }>(
    `SELECT organization_id AS organization FROM sync.row AS r JOIN sync.rule AS c USING (table_number)
      WHERE r.person_id = $1 AND r.alive AND c.kind <> 'push' AND c.name <> 'sync_conflicts'
    UNION SELECT organization_id FROM users WHERE id = $1 UNION SELECT organization_id FROM goals WHERE beneficiary_id = $2
    UNION SELECT organization_id FROM documents WHERE beneficiary_id = $2
    UNION SELECT organization_id FROM attempts WHERE beneficiary_id = $2`,
    [userId, id],
  )
  return rows.map(({ organization }) => Number(organization))
}

/** Columns of the centre in which a row names one of another organization; a log tells what happened, whoever it was. */
async function strayReferences() {
  const { rows } = await centre.operator.query<{ name: string; column: string; parent: string }>(
    `SELECT c.name, f.column_name AS "column", p.name AS parent FROM sync.reference AS f
    JOIN sync.rule AS c USING (table_number) JOIN sync.rule AS p ON p.table_number = f.parent_table
    WHERE c.kind <> 'push' AND c.name <> 'organizations'`,
  )
  const counts = rows.map(
    ({ name, column, parent }) => `SELECT '${name}.${column}' AS stray FROM public.${name} AS c
      JOIN public.${parent} AS p ON p.id = c.${column} WHERE p.organization_id <> c.organization_id`,
  )
  return (await centre.operator.query(counts.join(' UNION ALL '))).rows
}

/** Columns of a device, but for its log, in which a person stands. */
function traces({ replica }: Device, ids: Partial<Record<string, number>>): string[] {
  return replica.schema.tables
    .filter(({ sync }) => sync !== 'push')
    .flatMap(({ name, references }) =>
      [{ column: 'id', parent: name as string }, ...references].map(({ column, parent }) => ({ name, column, parent })),
    )
    .filter(({ name, column, parent }) =>
      replica.prepared(`SELECT 1 FROM ${name} WHERE "${column}" = ?`).get(ids[parent] ?? 0),
    )
    .map(({ name, column }) => `${name}.${column}`)
}

const refusals = (device: Device) =>
  device.replica.prepared<{ reason: string }>('SELECT reason FROM sync_refused ORDER BY number').all()

it('takes a person whole to another organization, from every device of the one and onto those of the other', async () => {
  const { from, to, id, userId, there } = await twoOffices()
  const file = await fullFile(from.desk, { id, userId, trainer: from.trainer })
  const gone = await from.desk.insert('goals', { beneficiary_id: id, title: 'Learns to swim' })
  await agree(from.desk, from.laptop)
  await from.desk.remove('goals', gone)
  await agree(from.desk, from.laptop)
  await carryAll(from.desk)
  expect(from.laptop.row('goals', file.goal)).toBeDefined()
  const before = await fileOf(userId)
  const goes = {
    users: 1,
    beneficiaries: 1,
    profiles: 1,
    goals: 1,
    documents: 1,
    appointments: 1,
    attendance: 1,
    questions: 1,
    learner_credentials: 1,
    assessments: 1,
    papers: 1,
    attempts: 1,
    responses: 1,
    assessment_results: 1,
  }
  const stays = { attempts: 1, responses: 1, assessment_results: 1, group_members: 1, consents: 1, person_links: 1 }
  expect(await previewCrossing(centre.operator, id, there)).toEqual({
    person: 'Lina',
    from: 'South',
    to: 'North',
    trainer: 'Trainer of North',
    goes,
    stays,
    leaves: [expect.any(String), expect.any(String)],
    comes: [expect.any(String), expect.any(String)],
  })
  await moveToOrganization(centre.operator, id, there)

  const after = await fileOf(userId)
  expect(after.size).toBe(Object.keys(goes).length)
  expect(digest(after, after.keys())).toBe(digest(before, after.keys()))
  expect(await whereIs(userId, id)).toEqual([to.organizationId])
  const { rows: words } = await centre.operator.query(
    "SELECT id FROM sync.row WHERE organization_id = $1 AND state::text ~ 'Lina|swim|map' AND table_number <> $2",
    [from.organizationId, registry.activity_logs.number],
  )
  expect(words).toEqual([])
  expect(await strayReferences()).toEqual([])
  await agree(from.desk, from.laptop, to.desk, to.laptop)
  for (const device of [to.desk, to.laptop]) {
    expect(device.row('users', userId)).toMatchObject({ name: 'Lina', organization_id: to.organizationId })
    expect(device.row('beneficiaries', id)).toMatchObject({ trainer_id: to.trainer, notes: 'first' })
    expect(device.row('goals', file.goal)).toMatchObject({
      title: 'Reads a map',
      assessment_id: null,
      written_by: null,
    })
    expect(device.row('appointments', file.appointment)).toMatchObject({ trainer_id: null, group_id: null })
    expect(device.row('assessments', file.own.assessment)).toMatchObject({ trainer_id: to.trainer })
    expect(device.all('attempts')).toMatchObject([{ id: file.own.attempt, assessment_id: file.own.assessment }])
    expect(device.all('assessment_results')).toMatchObject([{ attempt_id: file.own.attempt, score: 4 / 3 }])
    expect(device.all('handovers')).toMatchObject([
      { from_trainer_id: null, to_trainer_id: to.trainer, status: 'moved' },
    ])
    expect([...device.all('consents'), ...device.all('messages'), ...device.all('person_links')]).toEqual([])
    expect(device.one('SELECT count(*) FROM people_index WHERE beneficiary_id = ?', id)).toBe(1)
    expect(device.one('SELECT count(*) FROM sync_parked')).toBe(0)
  }
  await carryAll(to.desk)
  expect(contentAt(to.desk, file.document.path)).toEqual(noise(4_300_000))
  // The picture of a question is everybody's, there as here.
  expect(contentAt(to.desk, file.picture.path)).toEqual(noise(3_000, 7))
  expect(to.laptop.all('documents')).toMatchObject([
    { category: 'question', uploaded_by: null },
    { beneficiary_id: id },
  ])
  expect(from.desk.all('documents')).toMatchObject([{ id: file.picture.id, uploaded_by: from.trainer }])

  for (const device of [from.desk, from.laptop])
    expect(traces(device, { beneficiaries: id, users: userId })).toEqual([])
  expect(from.desk.row('messages', file.message)).toMatchObject({ sender_id: from.trainer, recipient_id: null })
  expect(from.desk.row('assessments', file.shared.assessment)).toBeDefined()
  expect(from.desk.all('beneficiaries')).toMatchObject([{ id: file.other.id }])
  const joined = await realDevice({ server, centre }, from.organizationId, null)
  await agree(joined)
  expect(traces(joined, { beneficiaries: id, users: userId })).toEqual([])
  expect(joined.one('SELECT count(*) FROM sync_parked')).toBe(0)
})

it('neither loses nor takes what devices of the organization before wrote without a network, and tells who wrote it', async () => {
  const { from, to, id, userId, there } = await twoOffices()
  const goal = await from.desk.insert('goals', { beneficiary_id: id, title: 'Reads a map' })
  await agree(from.desk, from.laptop, to.desk)
  const move = await moveToOrganization(centre.operator, id, there)
  expect(await lateWritings(centre.operator, move)).toEqual([])
  await expect(lateWritings(centre.operator, move + 1_000_000)).rejects.toThrow('No move')
  // One of the rows the desk made itself and has never got from the centre, the other is new.
  await from.desk.update('goals', goal, { title: 'Reads a map at night' })
  await from.desk.insert('goals', { beneficiary_id: id, title: 'Takes the bus' })
  const message = await from.desk.insert(
    'messages',
    sample('messages', { sender_id: from.trainer, recipient_id: userId }),
  )
  await from.laptop.update('users', userId, { name: 'Lina B.' })
  await from.laptop.update('beneficiaries', id, { notes: 'the last lesson' })
  await agree(from.laptop)
  // It hears of the move, and stops before it takes that in: written meanwhile, sent with the next round.
  const stop = (point: string) => {
    if (point === 'before apply') throw new Error('cut')
  }
  await expect(from.desk.round({ at: stop })).rejects.toThrow('cut')
  await from.desk.insert('goals', { beneficiary_id: id, title: 'Swims' })
  await agree(from.desk, from.laptop)
  await agree(to.desk)

  expect(refusals(from.desk)).toEqual(Array(3).fill({ reason: 'moved' }))
  expect(refusals(from.laptop)).toEqual(Array(2).fill({ reason: 'moved' }))
  const { rows: kept } = await centre.operator.query<{ row: string }>(
    'SELECT row FROM sync.refused WHERE organization_id = $1',
    [from.organizationId],
  )
  const texts = kept.map(({ row }) => row).join()
  for (const text of ['at night', 'Takes the bus', 'Swims', 'Lina B.', 'the last lesson']) expect(texts).toContain(text)
  for (const device of [from.desk, from.laptop])
    expect(traces(device, { beneficiaries: id, users: userId })).toEqual([])
  // Whoever moved them is told what it was, and only that.
  expect(await lateWritings(centre.operator, move)).toMatchObject([
    { table: 'users', id: userId, values: { name: 'Lina B.' } },
    { table: 'beneficiaries', id, values: { notes: 'the last lesson' } },
    { table: 'goals', id: goal, values: { title: 'Reads a map at night' } },
    { table: 'goals', values: { title: 'Takes the bus', status: 'open' } },
    { table: 'goals', values: { title: 'Swims', status: 'open' } },
  ])
  expect(to.desk.row('goals', goal)).toMatchObject({ title: 'Reads a map' })
  expect(to.desk.all('goals')).toHaveLength(1)
  expect(to.desk.row('users', userId)).toMatchObject({ name: 'Lina' })
  expect(to.desk.row('beneficiaries', id)).toMatchObject({ notes: 'first' })
  expect([to.desk, from.desk, from.laptop].flatMap((device) => device.all('sync_conflicts'))).toEqual([])
  // The message is its writer's; that it names nobody now, every device agrees upon.
  expect(from.desk.row('messages', message)).toMatchObject({ recipient_id: null })
  expect(from.laptop.row('messages', message)).toMatchObject({ recipient_id: null })
  expect(from.laptop.one('SELECT count(*) FROM sync_parked')).toBe(0)
  const { rows: named } = await centre.operator.query(
    "SELECT state #> '{values,recipient_id}' AS recipient FROM sync.row WHERE table_number = $1 AND id = $2",
    [registry.messages.number, message],
  )
  expect(named).toEqual([{ recipient: null }])

  // What is written where they are now counts as ever.
  await to.desk.update('goals', goal, { title: 'Reads every map' })
  await agree(to.desk, to.laptop)
  expect(to.laptop.row('goals', goal)).toMatchObject({ title: 'Reads every map' })
  expect(refusals(to.desk)).toEqual([])
})

it('refuses whoever cannot go, and what is to be put right first', async () => {
  const { from, to, id, userId, there } = await twoOffices()
  const staff = await from.desk.insert('beneficiaries', { user_id: from.trainer, notes: null })
  const document = await addDocument(from.desk, noise(2_000), { beneficiary_id: id })
  await agree(from.desk)
  const refused = async (message: string, to: Destination = there, person = id) => {
    await expect(previewCrossing(centre.operator, person, to)).rejects.toThrow(message)
    await expect(moveToOrganization(centre.operator, person, to)).rejects.toThrow('look again')
  }
  await refused('no such person', there, id + 1_000_000)
  await refused('no such organization', { ...there, organizationId: 4_000_000_000 })
  await refused('belongs to this organization already', { organizationId: from.organizationId, trainer: null })
  await refused('no trainer with this address', { ...there, trainer: from.email })
  await refused('works here', there, staff)
  await refused('has not reached the centre')
  await carryAll(from.desk)
  await centre.operator.query('SELECT sync.set_room($1, 1000)', [to.organizationId])
  await refused('do not fit')
  await centre.operator.query('SELECT sync.set_room($1, 2000)', [to.organizationId])

  const hold = { person_id: userId, reason: 'court', placed_at: '2026-04-01T09:00:00.000Z' }
  const held = await from.desk.insert('legal_holds', hold)
  await agree(from.desk)
  await refused('legal hold')
  await from.desk.update('legal_holds', held, { lifted_at: '2026-04-02T09:00:00.000Z' })
  const request = await from.desk.insert('privacy_requests', {
    person_id: userId,
    kind: 'access',
    received_on: '2026-04-01',
    due_on: '2026-05-01',
  })
  await agree(from.desk)
  await refused('request of this person')
  await from.desk.update('privacy_requests', request, { done_at: '2026-04-02T09:00:00.000Z', outcome: 'done' })
  const away = await insertPerson(from.desk, 'Lina too')
  const put = { merged_into: id, merged_at: '2026-04-01T09:00:00.000Z' }
  await from.desk.update('beneficiaries', away.id, { ...put, merge_record: '{"moved":{}}' })
  await agree(from.desk)
  await refused('can still be taken out')
  await refused('no such person', there, away.id)
  await from.desk.update('beneficiaries', away.id, { merge_record: null })
  await agree(from.desk, from.laptop)
  await from.laptop.update('beneficiaries', id, { notes: 'by the laptop' })
  await from.desk.update('beneficiaries', id, { notes: 'by the desk' })
  await agree(from.desk, from.laptop, from.desk)
  await refused('conflict desk')
  const [question] = from.desk.all('sync_conflicts')
  await from.desk.update('sync_conflicts', Number(question?.['id']), {
    decision: 'kept',
    decided_by: from.trainer,
    decided_at: '2026-04-02T09:00:00.000Z',
  })
  const { attempt } = await assessed(from.desk, id, {})
  await from.desk.update('attempts', attempt, { state: 'running', started_at: new Date().toISOString() })
  await agree(from.desk)
  await refused('begun an assessment')
  await from.desk.update('attempts', attempt, { started_at: new Date(Date.now() - 86_400_000).toISOString() })
  const { email } = from.desk.row('users', userId) ?? {}
  const twin = await to.desk.insert('users', { email: String(email), password_hash: '!', name: 'L', role: 'student' })
  await agree(from.desk, to.desk)
  await refused('same e-mail address')
  await to.desk.update('users', twin, { email: `other-${String(email)}` })
  await agree(to.desk)

  // With nobody to take them over yet; the empty file that points at theirs comes too, and old decisions say nothing.
  const nobody = { ...there, trainer: null }
  await moveToOrganization(centre.operator, id, nobody)
  await agree(from.desk, to.desk)
  expect(to.desk.row('beneficiaries', id)).toMatchObject({ trainer_id: null })
  expect(to.desk.row('beneficiaries', away.id)).toMatchObject({ merged_into: id })
  expect(to.desk.all('handovers')).toEqual([])
  expect(from.desk.all('sync_conflicts')).toMatchObject([{ kept_values: null, lost_values: null, decision: 'kept' }])
  expect(from.desk.all('legal_holds')).toEqual([])
  await refused('belongs to this organization already', nobody)
  await carryAll(to.desk)
  expect(contentAt(to.desk, document.path)).toEqual(noise(2_000))
})

it('brings a person back with what was written of them since, and with everything that had stayed', async () => {
  const { from, to, id, userId, there } = await twoOffices()
  await fullFile(from.desk, { id, userId, trainer: from.trainer })
  await agree(from.desk, from.laptop)
  await carryAll(from.desk)
  const all = (device: Device) =>
    device.replica.schema.tables
      .filter(({ name, sync }) => sync !== 'push' && name !== 'sync_conflicts')
      .map(({ name }) => [name, device.all(name)])
  const before = [all(from.desk), all(from.laptop)]
  const move = await moveToOrganization(centre.operator, id, there)
  await agree(from.desk, to.desk, to.laptop)
  await to.laptop.update('beneficiaries', id, { notes: 'since' })
  const group = await to.desk.insert('groups', { name: 'Theirs' })
  await to.desk.insert('group_members', { beneficiary_id: id, group_id: group })
  await agree(to.laptop, to.desk)

  expect(await crossBack(centre.operator, move + 1_000_000)).toBe(false)
  const hold = await to.desk.insert('legal_holds', {
    person_id: userId,
    reason: 'court',
    placed_at: '2026-04-01T09:00:00.000Z',
  })
  await agree(to.desk)
  await expect(crossBack(centre.operator, move)).rejects.toThrow('legal hold')
  await to.desk.remove('legal_holds', hold)
  await agree(to.desk)
  expect(await crossBack(centre.operator, move)).toBe(true)
  await expect(crossBack(centre.operator, move)).rejects.toThrow('cannot be undone')
  // The laptop hears of neither: it had them all the while. The desk gives everything back that it let go of.
  await agree(from.desk, from.laptop, to.desk, to.laptop)
  expect(await whereIs(userId, id)).toEqual([from.organizationId])
  for (const device of [from.desk, from.laptop]) {
    expect(device.row('beneficiaries', id)).toMatchObject({ notes: 'since', trainer_id: from.trainer })
    await device.update('beneficiaries', id, { notes: 'first' })
  }
  expect([all(from.desk), all(from.laptop)]).toEqual(before)
  for (const device of [to.desk, to.laptop]) expect(traces(device, { beneficiaries: id, users: userId })).toEqual([])
  expect(await strayReferences()).toEqual([])
  // They can be written to again.
  const message = await from.laptop.insert(
    'messages',
    sample('messages', { sender_id: from.trainer, recipient_id: userId }),
  )
  await agree(from.laptop, from.desk)
  expect(from.desk.row('messages', message)).toMatchObject({ recipient_id: userId })

  // Whoever goes and has gone on is not taken back.
  const first = await moveToOrganization(centre.operator, id, there)
  await moveToOrganization(centre.operator, id, { organizationId: from.organizationId, trainer: from.email })
  await expect(crossBack(centre.operator, first)).rejects.toThrow('cannot be undone')
  await moveToOrganization(centre.operator, id, there)
  await expect(crossBack(centre.operator, first)).rejects.toThrow('cannot be undone')
  await agree(to.desk)
  expect(to.desk.all('group_members')).toMatchObject([{ beneficiary_id: id }])
})

it('lets what had stayed of somebody go where they are erased after, and the text of what was not taken', async () => {
  const { from, to, id, userId, there } = await twoOffices()
  await fullFile(from.desk, { id, userId, trainer: from.trainer })
  await agree(from.desk)
  await carryAll(from.desk)
  await moveToOrganization(centre.operator, id, there)
  await from.desk.update('beneficiaries', id, { notes: 'too late' })
  await from.desk.insert('goals', { beneficiary_id: id, title: 'too late' })
  await agree(from.desk, to.desk)
  const left = async () => {
    const { rows } = await centre.operator.query<{ stayed: number; refused: string }>(
      `SELECT (SELECT count(*)::integer FROM sync.stayed WHERE organization_id = $1) AS stayed,
        (SELECT string_agg(row, '') FROM sync.refused WHERE organization_id = $1) AS refused`,
      [from.organizationId],
    )
    return rows[0]
  }
  await tidy(centre.operator, 0)
  expect(await left()).toEqual({ stayed: 6, refused: expect.stringMatching(/too late.*too late/) })
  await to.desk.insert('erasure_orders', { person_id: userId, scope: 'person', erased_at: '2026-04-02T09:00:00.000Z' })
  await agree(to.desk)
  await tidy(centre.operator, 0)
  expect(await left()).toEqual({ stayed: 0, refused: '' })
})

it('lets nobody take the number of what stayed, nor write to somebody who goes at this moment', async () => {
  const [south, north] = [await centre.organization('Left'), await centre.organization('Right')]
  const device = await centre.device(south)
  const row = device.row
  const made = [1, 2].flatMap((one) => [
    row('users', one, { email: `p${device.id(one)}@example.org`, role: 'student' }),
    row('beneficiaries', one, { user_id: device.id(one) }),
  ])
  const member = row('group_members', 1, { group_id: device.id(1), beneficiary_id: device.id(1) })
  await device.push([...made, row('groups', 1), member])
  const there = { organizationId: north, trainer: null }

  // A push that was sent while they go waits, and is told that they have gone.
  const going = await server.again(centre.operator)
  await going.query('BEGIN')
  const move = await moveToOrganization(going, device.id(1), there)
  const pushed = device.push([
    {
      ...made[1],
      values: { ...made[1]?.values, notes: 'at the same time' },
      base: 2,
      stamp: [clockNow(), device.site],
    },
  ])
  await expect
    .poll(async () => (await centre.operator.query(`SELECT FROM pg_locks WHERE NOT granted`)).rows.length)
    .toBeGreaterThan(0)
  await going.query('COMMIT')
  expect((await pushed).refused).toMatchObject([{ id: device.id(1), reason: 'moved' }])

  const taken = { ...member, values: { ...member.values, beneficiary_id: device.id(2) } }
  expect((await device.push([taken])).refused).toMatchObject([{ id: device.id(1), reason: 'moved' }])
  const other = await moveToOrganization(centre.operator, device.id(2), there)
  await device.push([row('goals', 1, { beneficiary_id: device.id(2), title: 'of the other one' })])
  expect(await lateWritings(centre.operator, move)).toMatchObject([
    { table: 'beneficiaries', values: { notes: 'at the same time' } },
    { table: 'group_members' },
  ])
  expect(await lateWritings(centre.operator, other)).toMatchObject([
    { table: 'group_members' },
    { values: { title: 'of the other one' } },
  ])
  expect(await crossBack(centre.operator, move)).toBe(true)
  const { rows } = await centre.operator.query('SELECT beneficiary_id::text FROM group_members WHERE id = $1', [
    device.id(1),
  ])
  expect(rows).toEqual([{ beneficiary_id: String(device.id(1)) }])
})
