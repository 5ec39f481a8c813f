import { existsSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readSettings } from '../../../main/backup/settings.ts'
import { registry } from '../../../main/database/registry.ts'
import { logActivity } from '../../../main/domains/activity/log.ts'
import { verifyChain } from '../../../main/domains/activity/verify.ts'
import { forgetLeft } from '../../../main/domains/privacy/left.ts'
import type { PullReply } from '../../../main/sync/wire.ts'
import { testClock } from '../../support/clock.ts'
import { rowsIn } from '../page.ts'
import { enrolledDevice } from './device.ts'
import { organizationId, smallCentre } from './small-centre.ts'

const at = '2026-11-26T10:00:00.000Z'
const account = 900 * 2 ** 32 + 1
const file = 900 * 2 ** 32 + 2

/** A device that knows one learner, and hears of them in its next round what the trial says. */
async function withLearner() {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  const stamps = { created_at: at, updated_at: at }
  const learner = { email: 'one@x.example', password_hash: '!', name: 'One', role: 'student', ...stamps }
  centre.put({ table: 2, id: account, values: { organization_id: organizationId, ...learner }, stamp: [1000, 900] })
  const notes = { user_id: account, status: 'active', notes: 'theirs', ...stamps }
  centre.put({ table: 4, id: file, values: { organization_id: organizationId, ...notes }, stamp: [1001, 900] })
  expect(await device.round()).toBe('done')
  const hear = (change: (reply: PullReply) => PullReply) =>
    device.round({
      transport: { ...device.transport, pull: async (request) => change(await device.transport.pull(request)) },
    })
  const [{ number } = { number: 0 }] = [...centre.rows().values()].filter(({ state }) => state.id === file)
  return { device, centre, hear, number }
}

it('lets go of somebody who left, and of what is about them', async () => {
  const { device, hear, number } = await withLearner()
  await device.insert('goals', { beneficiary_id: file, title: 'Reads' })
  await hear((reply) => ({ ...reply, leaves: [{ number: number + 100, table: 4, id: file }] }))
  expect(device.all('beneficiaries')).toEqual([])
  expect(device.all('goals')).toEqual([])
  expect(device.one('SELECT count(*) FROM sync_outbox')).toBeGreaterThan(0)
})

it('keeps no copy from before an update that holds somebody who left, and tells the backups that do', async () => {
  const clock = testClock()
  const { device, hear, number } = await withLearner()
  const copy = `${device.path}.v0004.20260101T000000000Z.copy`
  writeFileSync(copy, 'theirs')
  expect(await forgetLeft({ database: device.database, clock })).toBe(false)
  expect(existsSync(copy)).toBe(true)
  await hear((reply) => ({ ...reply, leaves: [{ number: number + 100, table: 4, id: file }] }))
  clock.pass(60_000)
  expect(await forgetLeft({ database: device.database, clock })).toBe(true)
  expect(existsSync(copy)).toBe(false)
  expect(readSettings(device.folder).lastForgottenAt).toBe(clock.now().toISOString())
})

it('takes somebody out of the lists who was put in the trash elsewhere, brings them back, and says so from here', async () => {
  const { device, centre } = await withLearner()
  const listed = () => device.one('SELECT count(*) FROM people_index')
  const hears = async (deleted: string | null, time: number) => {
    centre.put({ table: 4, id: file, values: { deleted_at: deleted, deleted_by: null }, stamp: [time, 900] })
    expect(await device.round()).toBe('done')
    return listed()
  }
  expect(listed()).toBe(1)
  expect(await hears(at, 2000)).toBe(0)
  expect(await hears(null, 3000)).toBe(1)
  await device.update('beneficiaries', file, { deleted_at: at })
  expect(await device.round()).toBe('done')
  expect(centre.rows().get(`4 ${file}`)?.state.values).toMatchObject({ deleted_at: at, notes: 'theirs' })
})

it('keeps somebody who left and came again before it heard of either', async () => {
  const { device, centre, hear, number } = await withLearner()
  centre.put({ table: 4, id: file, values: { notes: 'still theirs' }, stamp: [2000, 900] })
  await hear((reply) => ({ ...reply, leaves: [{ number, table: 4, id: file }] }))
  expect(device.row('beneficiaries', file)).toMatchObject({ notes: 'still theirs' })
})

it('is not kept waiting at a kiosk by what it has handed in itself', async () => {
  const { device, centre } = await withLearner()
  device.replica.prepared(`UPDATE sync_state SET scope = 'kiosk'`).run()
  const assessment = await device.insert('assessments', { title: 'Reading', type: 'formative' })
  const question = await device.insert('questions', {
    assessment_id: assessment,
    text: 'A',
    type: 'multiple_choice',
    order: 1,
  })
  const paper = { title: 'Reading', questions: '[]', rules: '{}', passing_score: 50, max_score: 1 }
  const paperId = await device.insert('papers', { assessment_id: assessment, ...paper })
  const about = { assessment_id: assessment, beneficiary_id: file, attempt_number: 1 }
  const attempt = await device.insert('attempts', { ...about, paper_id: paperId, state: 'running', started_at: at })
  await device.insert('responses', { ...about, attempt_id: attempt, question_id: question, answer: '"A"' })
  expect(await device.round()).toBe('done')
  const known = centre.rows().get(`6 ${question}`)?.state
  if (!known) throw new Error('The centre has no question.')
  const saw = { [String(known.stamp[1])]: known.stamp[0] }
  centre.put({ ...known, deletion: { stamp: [known.stamp[0] + 1, 900], saw } })
  expect(await device.round()).toBe('done')
  expect(device.row('questions', question)).toBeUndefined()
  expect(device.one('SELECT count(*) FROM sync_parked')).toBe(0)
  expect(device.all('responses')).toMatchObject([{ question_id: null, answer: '"A"' }])
})

/** A trainer's laptop with a test about the learner, and a goal of another learner that names the test. */
async function withGoalOn() {
  const { device, centre, hear, number } = await withLearner()
  device.replica.prepared(`UPDATE sync_state SET scope = 'trainer', trainer_id = 1`).run()
  const stamps = { created_at: at, updated_at: at }
  const [test, own, goal] = [1, 2, 3].map((counter) => 901 * 2 ** 32 + counter)
  if (!test || !own || !goal) throw new Error('unreachable')
  const of = { organization_id: organizationId, ...stamps }
  const assessment = { title: 'Reading', type: 'formative', beneficiary_id: file, ...of }
  const putAll = () => {
    centre.put({ table: registry.assessments.number, id: test, values: assessment, stamp: [3000, 901] })
    centre.put({ table: 4, id: own, values: { status: 'active', user_id: null, ...of }, stamp: [3001, 901] })
    const values = { beneficiary_id: own, title: 'Reads', assessment_id: test, ...of }
    centre.put({ table: registry.goals.number, id: goal, values, stamp: [3002, 901] })
  }
  const atCentre = () => centre.rows().get(`${registry.goals.number} ${goal}`)?.state.values['assessment_id']
  return { device, centre, hear, number, test, goal, putAll, atCentre }
}

it('keeps nothing of somebody who left because a row that stays names it, and says so to nobody', async () => {
  const { device, hear, number, test, goal, putAll, atCentre } = await withGoalOn()
  putAll()
  expect(await device.round()).toBe('done')
  expect(device.row('goals', goal)).toMatchObject({ assessment_id: test })
  await hear((reply) => ({ ...reply, leaves: [{ number: number + 100, table: 4, id: file }] }))
  expect(device.all('assessments')).toEqual([])
  expect(device.row('goals', goal)).toMatchObject({ title: 'Reads', assessment_id: null })

  await device.update('goals', goal, { title: 'Reads and writes' })
  expect(await device.round()).toBe('done')
  expect(atCentre()).toBe(test)

  // What somebody writes into such a reference counts, also where they empty it again.
  const other = await device.insert('assessments', { title: 'Writing', type: 'formative' })
  await device.update('goals', goal, { assessment_id: other })
  await device.update('goals', goal, { assessment_id: null })
  expect(await device.round()).toBe('done')
  expect(atCentre()).toBeNull()
})

it('takes a row in that names what it does not get, and fills that in when it comes', async () => {
  const { device, centre, test, goal, putAll, atCentre } = await withGoalOn()
  putAll()
  const { transport } = device
  const hidden = {
    ...transport,
    pull: async (request: Parameters<typeof transport.pull>[0]) => {
      const reply = await transport.pull(request)
      return { ...reply, packed: [], rows: rowsIn(reply).filter(({ id }) => id !== test) }
    },
  }
  expect(await device.round({ transport: hidden })).toBe('done')
  expect(device.one('SELECT count(*) FROM sync_parked')).toBe(0)
  expect(device.row('goals', goal)).toMatchObject({ title: 'Reads', assessment_id: null })
  centre.put({ table: registry.assessments.number, id: test, values: { title: 'Reading again' }, stamp: [4000, 901] })
  expect(await device.round()).toBe('done')
  expect(device.row('goals', goal)).toMatchObject({ assessment_id: test })
  expect(atCentre()).toBe(test)
})

it('goes on naming what it does not get where columns are written together with it, until somebody writes another name', async () => {
  const { device, centre, hear, number, putAll } = await withGoalOn()
  putAll()
  const own = 901 * 2 ** 32 + 2
  const merge = { merged_into: file, merged_at: at, merge_record: '{}' }
  centre.put({ table: 4, id: own, values: merge, stamp: [3500, 901] })
  expect(await device.round()).toBe('done')
  await hear((reply) => ({ ...reply, leaves: [{ number: number + 100, table: 4, id: file }] }))
  expect(device.row('beneficiaries', own)).toMatchObject({ merged_into: null, merged_at: at })
  const atCentre = () => centre.rows().get(`4 ${own}`)?.state.values

  await device.update('beneficiaries', own, { merge_record: '{"fields":[]}' })
  expect(await device.round()).toBe('done')
  expect(atCentre()).toMatchObject({ ...merge, merge_record: '{"fields":[]}' })

  await device.update('beneficiaries', own, { merged_into: own })
  await device.update('beneficiaries', own, { merged_into: null, merged_at: null, merge_record: null })
  expect(await device.round()).toBe('done')
  expect(atCentre()).toMatchObject({ merged_into: null, merged_at: null, merge_record: null })
})

it('keeps the proof of lines by and about somebody who left, without what they said', async () => {
  const { device, centre, hear, number } = await withLearner()
  const { database } = device
  const visitor = { ipAddress: '10.0.0.7', userAgent: 'Firefox of theirs' }
  const line = {
    action: 'goals.create',
    resource: 'beneficiaries',
    resourceId: file,
    details: { kind: 'theirs' },
    now: at,
  }
  const actor = { userId: account, organizationId }
  await database.write((db) => logActivity(db, database.auditKey, { ...line, actor, visitor }))
  const proof = () => verifyChain(database.reader, database.auditKey, organizationId)
  const writer = () => device.one(`SELECT user_id FROM activity_logs WHERE action = 'goals.create'`)
  expect(await device.round()).toBe('done')
  const leaves = [file, account].map((id, index) => ({ number: number + 100 + index, table: id === file ? 4 : 2, id }))
  await hear((reply) => ({ ...reply, leaves }))
  expect(device.all('users')).toEqual([])
  await forgetLeft({ database, clock: testClock() })
  expect(JSON.stringify(device.all('activity_logs'))).not.toMatch(/theirs|10\.0/)
  expect(await proof()).toMatchObject({ problem: null })
  expect(writer()).toBeNull()
  expect(JSON.stringify([...centre.rows().values()])).toMatch(/theirs/)
  const theirs = [...centre.rows().values()].find(({ state }) => state.id === account)
  if (!theirs) throw new Error('The centre has the account.')
  await hear((reply) => ({ ...reply, rows: [{ ...theirs.state, number: number + 200 }] }))
  expect(writer()).toBe(account)
  expect(await proof()).toMatchObject({ problem: null })
  device.replica.prepared('UPDATE activity_logs SET user_id = NULL').run()
  expect(await proof()).toMatchObject({ problem: { kind: 'changed' } })
})
