import { expect, it } from 'vitest'
import { realMachines } from '../simulator/machines.ts'
import { referenceServer } from '../simulator/reference-server.ts'
import { happenings, realRanges, trySeeds } from '../simulator/seeds.ts'

const make = { ...realMachines(), server: referenceServer }

it.each(realRanges)(
  'loses nothing, doubles nothing and agrees in worlds of faults: $count from $from on',
  async (range) => {
    const { seeds, broken, counts } = await trySeeds(make, range)
    expect(broken).toBeUndefined()
    expect(seeds).toBe(range.count)
    // So rare that only the worlds of the model have it.
    if (range.from === 1) expect(happenings.filter((what) => !counts[what])).toEqual(['conflict wrongClock'])
  },
  600_000,
)
