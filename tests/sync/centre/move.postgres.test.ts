import { afterAll, beforeAll, expect, it } from 'vitest'
import { moveBack, moveBeneficiary, personNamed, previewMove } from '../../../main/centre/move.ts'
import { systemClock } from '../../../main/clock.ts'
import type { Connection } from '../../../main/database/open.ts'
import { registry } from '../../../main/database/registry.ts'
import { stateOf } from '../../../main/domains/setup/queries.ts'
import { applyNext } from '../../../main/sync/apply.ts'
import { forgetOld } from '../../../main/sync/outbox.ts'
import { Unreachable } from '../../../main/sync/wire.ts'
import { type Client, type TestApp, testApp } from '../../support/app.ts'
import { essay, password, publishedAssessment, testCentre as testOffice } from '../../support/centre.ts'
import { addDocument } from '../../support/documents.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { agree, type Device, insertPerson, openedDevice } from '../device/device.ts'
import { type TestCentre, testCentre } from './centre.ts'
import { realDevice } from './real-device.ts'

let server: PostgresServer
let centre: TestCentre
beforeAll(async () => {
  server = await startPostgres()
  centre = await testCentre(server)
})
afterAll(() => server[Symbol.asyncDispose]())

/** A person of the first of two trainers, with the laptops of both and the computer of the office, all agreed. */
async function office() {
  const organizationId = await centre.organization()
  const desk = await realDevice({ server, centre }, organizationId, null)
  const trainer = (name: string) =>
    desk.insert('users', {
      email: `${name.toLowerCase()}-${organizationId}@centre.example`,
      password_hash: '!',
      name,
      role: 'trainer',
    })
  const [tom, nora] = [await trainer('Tom'), await trainer('Nora')]
  const { id, userId } = await insertPerson(desk, 'Lina')
  await desk.update('beneficiaries', id, { trainer_id: tom, notes: 'first' })
  const goal = await desk.insert('goals', { beneficiary_id: id, title: 'Reads a map' })
  await agree(desk)
  const [toms, noras] = [
    await realDevice({ server, centre }, organizationId, tom),
    await realDevice({ server, centre }, organizationId, nora),
  ]
  await agree(desk, toms, noras)
  return {
    organizationId,
    desk,
    toms,
    noras,
    tom,
    nora,
    id,
    userId,
    goal,
    email: `Nora-${organizationId}@centre.example`,
  }
}

it('gives a person to another trainer, with everything about them, and takes it from the laptop of the one before', async () => {
  const { organizationId, desk, toms, noras, id, userId, goal, email, tom, nora } = await office()
  const { operator } = centre
  await expect(personNamed(operator, organizationId, 'Nobody')).rejects.toThrow('Nobody of the organization')
  const person = await personNamed(operator, organizationId, 'Lina')
  expect(person).toEqual({ id, name: 'Lina', trainer: 'Tom' })
  await expect(previewMove(operator, id, 'nobody@centre.example')).rejects.toThrow('no trainer with the address')
  await expect(previewMove(operator, id, `Tom-${organizationId}@centre.example`)).rejects.toThrow('already')
  const stranger = await centre.organization('Other')
  await expect(personNamed(operator, stranger, 'Lina')).rejects.toThrow('Nobody of the organization')
  expect(await previewMove(operator, id, email)).toMatchObject({
    from: 'Tom',
    to: 'Nora',
    rows: { users: 1, beneficiaries: 1, goals: 1 },
    leaves: [expect.any(String)],
    comes: [expect.any(String)],
  })

  expect(noras.row('beneficiaries', id)).toBeUndefined()
  const move = await moveBeneficiary(operator, id, email)
  await agree(desk, toms, noras)
  for (const device of [desk, noras]) {
    expect(device.row('beneficiaries', id)).toMatchObject({ trainer_id: nora, notes: 'first' })
    expect(device.row('goals', goal)).toMatchObject({ title: 'Reads a map' })
    expect(device.all('handovers')).toMatchObject([{ from_trainer_id: tom, to_trainer_id: nora, status: 'moved' }])
  }
  expect([toms.row('users', userId), toms.row('beneficiaries', id), toms.row('goals', goal)]).toEqual(
    Array(3).fill(undefined),
  )
  expect(toms.one(`SELECT count(*) FROM people_index WHERE beneficiary_id = ?`, id)).toBe(0)
  const { rows: logged } = await operator.query(
    "SELECT action FROM activity_logs WHERE resource_type = 'handovers' AND resource_id = $1",
    [move],
  )
  expect(logged).toEqual([{ action: 'centre.moveBeneficiary' }])

  await moveBack(operator, move)
  await expect(moveBack(operator, move)).rejects.toThrow('cannot be undone')
  await agree(desk, toms, noras)
  expect(toms.row('goals', goal)).toMatchObject({ title: 'Reads a map' })
  expect(noras.row('beneficiaries', id)).toBeUndefined()
  expect(desk.row('beneficiaries', id)).toMatchObject({ trainer_id: tom })
})

it('keeps what the trainer before wrote without a network, old rows and new ones, for the trainer after', async () => {
  const { desk, toms, noras, id, goal, email } = await office()
  await toms.update('goals', goal, { title: 'Reads a map at night' })
  const later = await toms.insert('goals', { beneficiary_id: id, title: 'Takes the bus' })
  await moveBeneficiary(centre.operator, id, email)
  await agree(noras, toms, noras, desk)
  for (const device of [desk, noras]) {
    expect(device.row('goals', goal)).toMatchObject({ title: 'Reads a map at night' })
    expect(device.row('goals', later)).toMatchObject({ title: 'Takes the bus' })
  }
  expect(toms.all('goals')).toEqual([])
  expect(toms.one('SELECT count(*) FROM sync_refused')).toBe(0)
})

it('asks about what both trainers wrote, and about what comes after the device had heard of the move', async () => {
  const { desk, toms, noras, id, goal, email } = await office()
  await moveBeneficiary(centre.operator, id, email)
  await agree(noras)
  await noras.update('goals', goal, { title: 'by Nora' })
  await agree(noras)
  await toms.update('goals', goal, { title: 'by Tom' })
  // It hears of the move, and stops before it takes that in: written meanwhile, sent with the next round.
  const stop = (point: string) => {
    if (point === 'before apply') throw new Error('cut')
  }
  await expect(toms.round({ at: stop, pullRows: 2 })).rejects.toThrow('cut')
  await toms.update('beneficiaries', id, { notes: 'late' })
  await agree(toms, noras, desk)
  expect(toms.row('beneficiaries', id)).toBeUndefined()
  const kinds = desk
    .all('sync_conflicts')
    .map(({ kind, register, lost_values }) => [kind, register, String(lost_values)])
  expect(kinds.map(([kind, register]) => `${kind} ${register}`).sort()).toEqual([
    'concurrentEdit title',
    'lateEdit notes',
  ])
  expect(kinds.find(([kind]) => kind === 'lateEdit')?.[2]).toContain('late')
  expect(noras.row('beneficiaries', id)).toMatchObject({ notes: 'first' })
  expect(noras.all('sync_conflicts')).toHaveLength(2)
  expect(toms.one('SELECT count(*) FROM sync_refused')).toBe(0)
})

it('brings back to a laptop what it wrote about somebody who had left it and is back when that arrives', async () => {
  const { desk, toms, noras, id, goal, email } = await office()
  const move = await moveBeneficiary(centre.operator, id, email)
  const stop = (point: string) => {
    if (point === 'before apply') throw new Error('cut')
  }
  await expect(toms.round({ at: stop })).rejects.toThrow('cut')
  await toms.update('goals', goal, { title: 'Reads a map at night' })
  const later = await toms.insert('goals', { beneficiary_id: id, title: 'Takes the bus' })
  // Now it takes the move in, with which both go, before it has sent them.
  while (applyNext(toms.replica, { rows: 1000, now: systemClock.now() }));
  expect(toms.all('goals')).toEqual([])
  await moveBack(centre.operator, move)
  await agree(toms, noras, desk)
  for (const device of [toms, desk]) {
    expect(device.row('beneficiaries', id)).toBeDefined()
    expect(device.row('goals', goal)).toMatchObject({ title: 'Reads a map at night' })
    expect(device.row('goals', later)).toMatchObject({ title: 'Takes the bus' })
  }
  expect(toms.one('SELECT count(*) FROM sync_refused')).toBe(0)
})

it('leaves a person where they were when they come back before the device has heard of it', async () => {
  const { toms, noras, id, goal, email } = await office()
  const move = await moveBeneficiary(centre.operator, id, email)
  await moveBack(centre.operator, move)
  await toms.update('goals', goal, { title: 'still here' })
  await agree(toms, noras)
  expect(toms.row('goals', goal)).toMatchObject({ title: 'still here' })
  expect(noras.row('beneficiaries', id)).toBeUndefined()
})

/** Over a slow line two machines correct one clock in different ways, and with it who wrote last. */
function withoutCorrection(...devices: Device[]) {
  for (const { replica } of devices) replica.prepared('UPDATE sync_state SET clock_offset = 0').run()
}

it('asks about a name that a trainer and the office wrote, also where the office changed what is not for the trainer to change', async () => {
  const { desk, toms, tom } = await office()
  withoutCorrection(desk, toms)
  await desk.update('users', tom, { name: 'Thomas', is_verified: true })
  await toms.update('users', tom, { name: 'Tommy' })
  await agree(desk, toms, desk)
  expect(desk.all('sync_conflicts')).toMatchObject([{ kind: 'concurrentEdit', register: 'name' }])
  for (const device of [desk, toms]) expect(device.row('users', tom)).toMatchObject({ name: 'Tommy', is_verified: 1 })
  // Nothing was refused: the laptop wrote nothing else.
  expect(toms.one('SELECT count(*) FROM sync_refused')).toBe(0)

  withoutCorrection(desk, toms)
  await desk.update('users', tom, { name: 'Tom again' })
  await toms.update('users', tom, { name: 'Tommaso', is_verified: false })
  await agree(desk, toms, desk)
  expect(toms.one(`SELECT group_concat(column_name || ' ' || reason) FROM sync_refused`)).toBe('is_verified notAllowed')
  expect(desk.row('users', tom)).toMatchObject({ name: 'Tommaso', is_verified: 1 })
  expect(desk.all('sync_conflicts')).toHaveLength(2)
})

it('takes everything from a laptop also where somebody leaves it and comes back while the account is not there', async () => {
  const { desk, toms, tom, nora, id } = await office()
  await desk.update('users', tom, { is_active: false })
  await desk.update('beneficiaries', id, { trainer_id: nora })
  await agree(desk)
  await desk.update('beneficiaries', id, { trainer_id: tom })
  await agree(desk, toms)
  expect(toms.all('beneficiaries')).toEqual([])
  await desk.update('users', tom, { is_active: true })
  await agree(desk, toms)
  expect(toms.row('beneficiaries', id)).toMatchObject({ trainer_id: tom })
})

it('takes everything but their own account from the laptop of a trainer whose account ends, and brings it back with it', async () => {
  const { organizationId, desk, toms, noras, id, tom } = await office()
  const group = await desk.insert('groups', { name: 'Readers' })
  await agree(desk, toms, noras)
  await desk.update('users', tom, { is_active: false })
  await toms.update('beneficiaries', id, { notes: 'the last lesson' })
  const goal = await toms.insert('goals', { beneficiary_id: id, title: 'Written before it was heard' })
  await agree(desk, toms, desk)
  const everything = toms.replica.schema.tables
    .filter(({ sync }) => sync !== 'push')
    .flatMap(({ name }) => toms.all(name).map((row) => [name, row['id']]))
  expect(everything).toEqual([
    ['organizations', organizationId],
    ['users', tom],
  ])
  expect(toms.one('SELECT count(*) FROM sync_parked')).toBe(0)
  expect(await stateOf(toms.database.reader)).toBe('ended')
  expect(desk.row('beneficiaries', id)).toMatchObject({ notes: 'the last lesson', trainer_id: tom })
  expect(desk.row('goals', goal)).toMatchObject({ title: 'Written before it was heard' })

  await desk.update('users', tom, { is_active: true })
  await agree(desk, toms)
  expect(await stateOf(toms.database.reader)).toBe('ready')
  expect(toms.row('beneficiaries', id)).toMatchObject({ notes: 'the last lesson', trainer_id: tom })
  expect(toms.row('goals', goal)).toBeDefined()
  expect(toms.row('groups', group)).toMatchObject({ name: 'Readers' })
  await desk.remove('users', tom)
  await agree(desk, toms)
  expect(toms.all('users')).toEqual([])
  expect(await stateOf(toms.database.reader)).toBe('ended')
})

it('asks a centre that was restored what it had not taken, where the answer to that was lost', async () => {
  const { toms, organizationId } = await office()
  const account = { email: `made-${organizationId}@centre.example`, password_hash: '!', name: 'Made', role: 'admin' }
  const id = await toms.insert('users', account)
  const { transport } = toms
  const push: typeof transport.push = async (envelope) => {
    await transport.push(envelope)
    throw new Unreachable('The line is cut.')
  }
  expect(await toms.round({ transport: { ...transport, push } })).toBe('unreachable')
  await centre.operator.query('SELECT sync.begin_history()')
  expect(await toms.round()).toBe('done')
  const refused = 'SELECT id, reason FROM sync_refused WHERE seen_at IS NULL'
  expect(toms.replica.prepared(refused).all()).toEqual([{ id, reason: 'notAllowed' }])
})

/** Where a word stands in a database, in whatever table and column of whatever kind. */
function placesOf(connection: Connection, word: string): string[] {
  const columns = connection
    .prepare<[], { name: string; column: string }>(
      `SELECT m.name, c.name AS "column" FROM sqlite_schema AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'`,
    )
    .all()
  return columns
    .filter(({ name, column }) => {
      const stands = `instr(CAST("${column}" AS BLOB), CAST(? AS BLOB)) > 0`
      return connection.prepare(`SELECT 1 FROM "${name}" WHERE ${stands} LIMIT 1`).get(word) !== undefined
    })
    .map(({ name, column }) => `${name}.${column}`)
}

it('leaves no word of somebody who left in any table of the laptop of the trainer before', async () => {
  const organizationId = await centre.organization()
  const [tom, nora] = ['tom', 'nora'].map((name) => `${name}-${organizationId}@centre.example`) as [string, string]
  await using office = await testApp()
  const { admin, email } = await testOffice(office)
  for (const one of [tom, nora]) await admin.identity.createUser({ name: one, email: one, role: 'trainer', password })
  await office.pause()
  const desk = await realDevice({ server, centre }, organizationId, null, { folder: office.dataDir })
  await agree(desk)
  const trainerId = desk.one<number>('SELECT id FROM users WHERE email = ?', tom) ?? 0

  await using laptop = await testApp()
  await laptop.pause()
  const joined = await realDevice({ server, centre }, organizationId, trainerId, { folder: laptop.dataDir })
  await agree(joined)
  await joined.close()
  await laptop.resume()
  const trainer = laptop.visitor()
  await trainer.identity.signIn({ email: tom, password })
  const id = await workAbout(laptop, trainer, tom, 'Zuleikha Qadiri')
  await laptop.pause()

  const before = await openedDevice(laptop.dataDir, { transport: () => joined.transport })
  expect(placesOf(before.replica.connection, 'uleikha')).toContain('beneficiaries.notes')
  await agree(before)
  await moveBeneficiary(centre.operator, id, nora)
  await agree(before)
  await before.close()
  const told = await linesOfCentre('Zuleikha')
  expect(told).toBeGreaterThan(0)

  // What this machine wrote itself stays sealed for thirty days, for a centre that is restored from a backup.
  await laptop.resume()
  const administrator = laptop.visitor()
  await administrator.identity.signIn({ email, password })
  expect(await administrator.activity.verify({})).toMatchObject({ problem: null })
  await trainer.identity.signIn({ email: tom, password })
  expect(await trainer.messages.drafts()).toHaveLength(1)
  await laptop.pause()
  const after = await openedDevice(laptop.dataDir, { transport: () => joined.transport })
  await expect.poll(() => placesOf(after.replica.connection, 'uleikha')).toEqual(['sync_bodies.body'])
  // Taking them out is no edit of the lines.
  const edited = `SELECT count(*) FROM sync_rows WHERE table_number = ${registry.activity_logs.number} AND stamps IS NOT NULL`
  expect(after.one(edited)).toBe(0)
  await agree(after)
  expect(await linesOfCentre('Zuleikha')).toBe(told)
  forgetOld(after.replica, new Date(Date.now() + 31 * 86_400_000).toISOString())
  expect(placesOf(after.replica.connection, 'uleikha')).toEqual([])
}, 30_000)

/** Lines of the log at the centre that tell of somebody. */
async function linesOfCentre(name: string) {
  const { rows } = await centre.operator.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM activity_logs WHERE strpos(details::text, $1) > 0`,
    [name],
  )
  return rows[0]?.count ?? 0
}

/** A day's work of a trainer with one person, who is named in all of it; their file. */
async function workAbout(laptop: TestApp, trainer: Client, email: string, name: string): Promise<number> {
  const { id } = await trainer.beneficiaries.create({ name, notes: `${name} reads` })
  const { updatedAt, ...fields } = await trainer.beneficiaries.get({ id })
  await trainer.beneficiaries.update({ ...fields, id, updatedAt, notes: `${name} reads and writes` })
  await trainer.goals.create({ beneficiaryId: id, title: `${name} takes the bus` })
  await addDocument(trainer, Buffer.from(`Attestation of ${name}`), { filename: `${name}.txt`, beneficiaryId: id })
  const begun = { filename: `${name} again.txt`, beneficiaryId: id, size: 2_000 }
  const { uploadId } = await trainer.documents.beginUpload(begun)
  const piece = Buffer.from(name.padEnd(2_000, '.')).toString('base64')
  await trainer.documents.sendPiece({ uploadId, position: 0, base64: piece })
  await trainer.bulk.begin({ list: 'people', rows: { ids: [id] }, change: { kind: 'status', status: 'inactive' } })
  await expect.poll(async () => (await trainer.bulk.jobs())[0]?.state).toBe('done')
  await trainer.bulk.begin({ list: 'people', rows: { ids: [id] }, change: { kind: 'status', status: 'active' } })
  await expect.poll(async () => (await trainer.bulk.jobs())[0]?.state).toBe('done')
  await trainer.unsaved.keep({ form: `person.${id}`, entry: { notes: `${name} begins` } })
  await trainer.savedViews.keep({ list: 'people', filters: { search: name } })
  const account = await laptop.withDatabase((db) =>
    db.selectFrom('beneficiaries').select('user_id as id').where('id', '=', id).executeTakeFirstOrThrow(),
  )
  const people = [account.id ?? 0]
  await trainer.messages.saveDraft({ name: 'new-1', recipients: { people }, content: 'See you on Monday', edit: 1 })

  const { id: assessmentId } = await publishedAssessment(trainer, [essay])
  const kiosk = laptop.visitor()
  await kiosk.identity.signIn({ email, password })
  await kiosk.identity.openKiosk()
  await kiosk.delivery.sitDown({ beneficiaryId: id })
  const { attemptId } = await kiosk.delivery.begin({ assessmentId })
  const [question] = (await kiosk.delivery.attempt({ attemptId })).questions
  const answer = { attemptId, questionId: question?.id ?? 0, edit: 1 }
  await kiosk.delivery.saveAnswer({ ...answer, answer: `I am ${name}` })
  await kiosk.delivery.handIn({ attemptId })
  return id
}
