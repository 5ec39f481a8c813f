import { expect, it } from 'vitest'
import { clockAt } from '../../../main/sync/clock.ts'
import { enrolledDevice, insertPerson } from './device.ts'
import { organizationId, smallCentre } from './small-centre.ts'

const minute = 60_000

async function afterHearingOf(aheadMs: number) {
  const centre = smallCentre()
  const device = await enrolledDevice(centre)
  const at = new Date().toISOString()
  const values = { organization_id: organizationId, name: 'Group', description: null, created_at: at, updated_at: at }
  centre.put({ table: 20, id: 900 * 2 ** 32 + 1, values, stamp: [clockAt(Date.now() + aheadMs), 900] })
  expect(await device.round()).toBe('done')
  const { id } = await insertPerson(device, 'Later Person')
  return device.one<number>('SELECT highest FROM sync_rows WHERE table_number = 4 AND id = ?', id) ?? 0
}

it('writes later than all it has heard of, where the clock of somebody else is a little ahead', async () => {
  const before = Date.now()
  expect(await afterHearingOf(3 * minute)).toBeGreaterThan(clockAt(before + 3 * minute))
})

it('goes by its own clock where that of somebody else is far ahead', async () => {
  expect(await afterHearingOf(365 * 24 * 60 * minute)).toBeLessThan(clockAt(Date.now() + minute))
})
