import { beforeEach, expect, it } from 'vitest'
import { registry } from '../../../main/database/registry.ts'
import { stateOf } from '../../../main/sync/rows.ts'
import { sharedPast } from '../../../main/sync/shared-past.ts'
import { highestClock, type RowState } from '../../../main/sync/state.ts'
import { type Device, enrolledDevice } from './device.ts'
import { smallCentre } from './small-centre.ts'

let device: Device
let rows: RowState[]

/** Three groups, none of them sent. */
beforeEach(async () => {
  device = await enrolledDevice(smallCentre())
  await device.round()
  rows = []
  for (const name of ['one', 'two', 'three']) rows.push(stateNow(await device.insert('groups', { name })))
})

function stateNow(id: number): RowState {
  const table = device.replica.schema.byName.get('groups')
  const state = table && stateOf(device.replica, table, id)
  if (!state) throw new Error('There is no such group.')
  return state
}

/** What is found where the centre has these rows of the other copy. */
function found(theirs: RowState[]) {
  const through = device.one<number>('SELECT max(through_change) FROM sync_outbox') ?? 0
  const { clock, rows: shared } = sharedPast(device.replica, { site: 1, clock: 1, through, unsent: [], theirs })
  return { clock, groups: [...(shared.get('groups') ?? [])].sort() }
}

const clockOf = (index: number) => highestClock(rows[index] ?? stateNow(0))
const idOf = (index: number) => rows[index]?.id ?? 0
const named = (index: number, name: string): RowState => {
  const state = rows[index] ?? stateNow(0)
  return { ...state, values: { ...state.values, name } }
}

it('goes as far as both gave the same clocks to the same writes', () => {
  expect(found([])).toEqual({ clock: 1, groups: [] })
  expect(found(rows.slice(0, 2))).toEqual({ clock: clockOf(1), groups: [idOf(0), idOf(1)] })
  expect(found(rows)).toEqual({ clock: clockOf(2), groups: rows.map(({ id }) => id) })
})

it('ends where one clock was given to two writes, whatever is the same by chance behind it', () => {
  const [one, , three] = rows
  if (!one || !three) throw new Error('no rows')
  expect(found([one, named(1, 'of the other'), three])).toEqual({ clock: clockOf(0), groups: [idOf(0)] })
  expect(found([one, { ...named(1, 'two'), id: idOf(1) + 7 }, three])).toEqual({ clock: clockOf(0), groups: [idOf(0)] })
  expect(found([one, { ...named(1, 'two'), table: registry.settings.number }, three]).clock).toBe(clockOf(0))
})

it('knows what was there before the database became one of the centre’s, all with one clock, in whatever order it comes', () => {
  device.replica.prepared('UPDATE sync_rows SET clock = 500, highest = 500 WHERE table_number = 20').run()
  const [one, two, three] = rows.map(({ id }) => stateNow(id))
  if (!one || !two || !three) throw new Error('no rows')
  expect(found([three, two])).toEqual({ clock: 500, groups: rows.map(({ id }) => id) })
  expect(found([three, { ...two, values: { ...two.values, name: 'of the other' } }])).toEqual({ clock: 1, groups: [] })
})

it('knows a row of both by what is left of its beginning', async () => {
  const [one] = rows
  if (!one) throw new Error('no row')
  await device.update('groups', one.id, { name: 'here', description: 'here', created_at: '2026-01-01T00:00:00.000Z' })
  // The column that nobody wrote to again still has the clock of the beginning.
  expect(found([one])).toEqual({ clock: highestClock(one), groups: [one.id] })
  const other = { ...one, stamp: [clockOf(2) + 9, 1] as const, values: { ...one.values, name: 'there' } }
  expect(found([other])).toEqual({ clock: 1, groups: [] })
})

it('goes by what the other site wrote alone', () => {
  const [one] = rows
  if (!one) throw new Error('no row')
  expect(found([{ ...one, stamp: [one.stamp[0], 2] }])).toEqual({ clock: 1, groups: [] })
})
