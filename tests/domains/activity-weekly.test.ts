import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openDatabase } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import { keepVerifying, lastCheck } from '../../main/domains/activity/checks.ts'
import { testApp } from '../support/app.ts'
import { testCentre } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'

const day = 24 * 3_600_000

it('verifies all lines again each week, in a program that is never started anew', async () => {
  const clock = testClock()
  await using app = await testApp({ clock })
  await testCentre(app)
  await app.pause()
  const database = await openDatabase(join(app.dataDir, 'bdc.db'), keyFile(join(app.dataDir, 'bdc.key')))
  const failures: unknown[] = []
  let looks = 0
  const counted = {
    ...clock,
    now() {
      looks += 1
      return clock.now()
    },
  }
  const onFailure = async (error: unknown) => failures.push(error)
  const stop = keepVerifying({ database, clock: counted, everyMs: 2, onFailure })
  const checkedAt = async () => (await lastCheck(database.reader, 1, 'whole'))?.checkedAt
  const aFewLooks = () => {
    const before = looks
    return vi.waitFor(() => expect(looks).toBeGreaterThan(before + 5))
  }

  await vi.waitFor(async () => expect(await checkedAt()).toBe('2026-03-01T09:00:00.000Z'))
  clock.pass(6 * day)
  await aFewLooks()
  expect(await checkedAt()).toBe('2026-03-01T09:00:00.000Z')

  database.connection.exec(`DROP TRIGGER activity_logs_unchanged; UPDATE activity_logs SET action = 'x' WHERE id = 1`)
  clock.pass(day)
  await vi.waitFor(async () => expect(await checkedAt()).toBe('2026-03-08T09:00:00.000Z'))
  expect(await lastCheck(database.reader, 1, 'whole')).toMatchObject({ problem: { kind: 'changed', sequence: 1 } })

  clock.setWall('2026-02-01T09:00:00.000Z')
  await vi.waitFor(async () => expect(await checkedAt()).toBe('2026-02-01T09:00:00.000Z'))
  await stop()
  expect(failures).toEqual([])
  await database.close()
})
