import { expect, it } from 'vitest'
import { realMachines } from '../simulator/machines.ts'
import { referenceServer } from '../simulator/reference-server.ts'
import { happenings, trySeeds } from '../simulator/seeds.ts'

it('loses nothing, doubles nothing and agrees in another thousand worlds of faults', async () => {
  const make = { ...realMachines(), server: referenceServer }
  const { seeds, broken, counts } = await trySeeds(make, { from: 1001, count: 1000 })
  expect(broken).toBeUndefined()
  expect(seeds).toBe(1000)
  expect(happenings.filter((what) => !counts[what])).toEqual([])
}, 1_200_000)
