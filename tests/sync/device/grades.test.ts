import { expect, it } from 'vitest'
import { systemClock } from '../../../main/clock.ts'
import { settleAnew } from '../../../main/domains/sync/settle-anew.ts'
import { type Device, enrolledDevice } from './device.ts'
import { grade, handedIn } from './handed-in.ts'
import { smallCentre } from './small-centre.ts'

/** Somebody has handed two essays in, and both machines know it. */
async function handedInAtOne() {
  const centre = smallCentre()
  const [one, other] = [await enrolledDevice(centre), await enrolledDevice(centre)]
  const made = await handedIn(one)
  await agree(one, other)
  return { one, other, ...made }
}

async function agree(...devices: Device[]) {
  for (const { round, database } of [...devices, ...devices]) {
    expect(await round()).toBe('done')
    await settleAnew({ database, clock: systemClock })
  }
  for (const { round } of [...devices, ...devices]) await round()
}

it('comes to one result where two machines have graded a part each, and settles it', async () => {
  const { one, other, attempt, answers, resultId } = await handedInAtOne()
  const [first = 0, second = 0] = answers
  await grade(one, attempt, first, 3)
  await grade(other, attempt, second, 2)
  expect(one.row('assessment_results', resultId)).toMatchObject({ score: 3, percentage: null })
  expect(other.row('assessment_results', resultId)).toMatchObject({ score: 2, percentage: null })
  await agree(one, other)
  for (const device of [one, other]) {
    expect(device.row('assessment_results', resultId)).toMatchObject({ score: 5, percentage: 62.5, passed: 1 })
    expect(device.row('attempts', attempt)).toMatchObject({ state: 'graded' })
  }
  const changes = () => [one, other].map((device) => device.one('SELECT change FROM sync_state'))
  const before = changes()
  await agree(one, other)
  expect(changes(), 'nothing is written again').toEqual(before)
})
