import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../../main/clock.ts'
import type { WriteContext } from '../../../main/context.ts'
import { marksOfResponse } from '../../../main/domains/grading/queries.ts'
import { standingOf } from '../../../main/domains/grading/standing.ts'
import { decide } from '../../../main/domains/sync/decide.ts'
import { noteAgain } from '../../../main/sync/capture.ts'
import type { DecideConflict } from '../../../shared/contract/sync.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { agree, type Device } from '../device/device.ts'
import { grade, handedIn } from '../device/handed-in.ts'
import { type TestCentre, testCentre } from './centre.ts'
import { realDevice } from './real-device.ts'

let server: PostgresServer
let centre: TestCentre
beforeAll(async () => {
  server = await startPostgres()
  centre = await testCentre(server)
})
afterAll(() => server[Symbol.asyncDispose]())

/** As an administrator at this device does. */
function decided({ database, one }: Device, input: DecideConflict) {
  const organizationId = one<number>('SELECT organization_id FROM sync_state') ?? null
  const writeAgain = (again: Parameters<typeof noteAgain>[1]) => noteAgain(database.connection, again)
  return database.write((db) => {
    const now = systemClock.now().toISOString()
    const context = { db, actor: { userId: null, organizationId }, now, clock: systemClock, about: () => undefined }
    return decide(context as unknown as WriteContext, input, { writeAgain })
  })
}

const questions = ({ replica }: Device) =>
  replica.prepared<{ id: number; decision: string | null }>('SELECT id, decision FROM sync_conflicts ORDER BY id').all()

async function inConflict() {
  const organization = await centre.organization()
  const [office, other] = [
    await realDevice({ server, centre }, organization, null),
    await realDevice({ server, centre }, organization, null),
  ]
  const id = await office.insert('groups', { name: 'Evening' })
  await agree(office, other)
  await office.update('groups', id, { name: 'Evening, by the office' })
  await other.update('groups', id, { name: 'Evening, by the other' })
  await agree(office, other)
  const [conflict] = questions(office)
  if (!conflict) throw new Error('Nobody is asked.')
  const standing = () => [office, other].map((device) => device.row('groups', id)?.['name'])
  return { office, other, conflict: conflict.id, standing }
}

it('has what counts and what is said about it agree where two people have decided otherwise, and asks again', async () => {
  for (const last of ['kept', 'taken'] as const) {
    const { office, other, conflict, standing } = await inConflict()
    const [kept] = standing()
    await decided(office, { id: conflict, decision: last === 'kept' ? 'taken' : 'kept' })
    await decided(other, { id: conflict, decision: last })
    await agree(office, other)
    for (const device of [office, other]) {
      expect(questions(device)).toEqual([
        { id: conflict, decision: last },
        { id: expect.any(Number), decision: null },
      ])
    }
    const [now] = standing()
    expect(standing()).toEqual([now, now])
    expect(now === kept).toBe(last === 'kept')
  }
})

it('asks nobody again where two people have decided alike', async () => {
  for (const decision of ['kept', 'taken'] as const) {
    const { office, other, conflict, standing } = await inConflict()
    const [kept] = standing()
    for (const device of [office, other]) await decided(device, { id: conflict, decision })
    await agree(office, other)
    for (const device of [office, other]) expect(questions(device)).toEqual([{ id: conflict, decision }])
    expect(standing().map((name) => name === kept)).toEqual([decision === 'kept', decision === 'kept'])
  }
})

it('has a grade, the marks behind it and the decision agree where two people have decided otherwise', async () => {
  const organization = await centre.organization()
  const [office, other] = [
    await realDevice({ server, centre }, organization, null),
    await realDevice({ server, centre }, organization, null),
  ]
  const { attempt, answers } = await handedIn(office)
  const [answer = 0] = answers
  await agree(office, other)
  await grade(office, attempt, answer, 1)
  await grade(other, attempt, answer, 3)
  await agree(office, other)
  const about = `SELECT id FROM sync_conflicts WHERE register = 'grade' AND decision IS NULL`
  const conflict = office.one<number>(about) ?? 0
  const points = (device: Device) => device.row('responses', answer)?.['points_earned']
  const kept = points(office)
  await decided(office, { id: conflict, decision: 'taken' })
  expect(points(office)).toBe(kept === 1 ? 3 : 1)
  await decided(other, { id: conflict, decision: 'kept' })
  await agree(office, other)
  for (const device of [office, other]) {
    expect(points(device)).toBe(kept)
    const marks = await marksOfResponse(device.database.reader, answer)
    expect(standingOf(marks, 4).points).toBe(kept)
    expect(device.one(`SELECT decision FROM sync_conflicts WHERE id = ?`, conflict)).toBe('kept')
    expect(device.one(about)).not.toBe(conflict)
  }
})
