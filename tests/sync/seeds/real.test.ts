import { expect, it } from 'vitest'
import { realMachines } from '../simulator/machines.ts'
import type { Recipe } from '../simulator/recipes.ts'
import { referenceServer } from '../simulator/reference-server.ts'
import { happenings, realRanges, trySeeds } from '../simulator/seeds.ts'

const make = { ...realMachines(), server: referenceServer }

/** What each kind of world is there for; a wrong clock decides so seldom that most plain worlds never see it. */
const wanted: Record<Recipe, readonly string[]> = {
  plain: happenings.filter((what) => what !== 'conflict wrongClock'),
  copies: ['copyDisk', 'point parted', 'restore'],
  programs: ['conflict wrongClock', 'crash between two statements', 'updated', 'collect'],
  people: [],
  newer: ['updateCentre', 'updated', 'copyDisk', 'restore', 'revoke', 'centreRestore'],
  lives: ['copyDisk', 'point parted', 'restore'],
  erasures: ['erased', 'words of the erased', 'restore', 'copyDisk', 'centreRestore'],
}

it.each(realRanges)(
  'loses nothing, doubles nothing and agrees in $count worlds from $from on ($recipe)',
  async (range) => {
    const { seeds, broken, counts } = await trySeeds(make, range)
    expect(broken).toBeUndefined()
    expect(seeds).toBe(range.count)
    const { from, recipe = 'plain' } = range
    if (range.count >= 50 && from !== 1190) expect(wanted[recipe].filter((what) => !counts[what])).toEqual([])
  },
  600_000,
)
