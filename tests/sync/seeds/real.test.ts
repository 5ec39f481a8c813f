import { expect, it } from 'vitest'
import { realMachines } from '../simulator/machines.ts'
import { planOf, type Recipe } from '../simulator/recipes.ts'
import { referenceServer } from '../simulator/reference-server.ts'
import { run } from '../simulator/run.ts'
import { happenings, realRanges, trySeeds } from '../simulator/seeds.ts'

const make = { ...realMachines(), server: referenceServer }

/** What each kind of world is there for; a wrong clock decides so seldom that most plain worlds never see it. */
const wanted: Record<Recipe, readonly string[]> = {
  plain: happenings.filter((what) => what !== 'conflict wrongClock'),
  copies: ['copyDisk', 'point parted', 'restore'],
  programs: ['conflict wrongClock', 'crash between two statements', 'updated', 'collect'],
  people: [],
  newer: ['updateCentre', 'copyDisk'],
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

/**
 * Not mended: what a device writes to a row that the centre has forgotten is not taken, nor what hangs on it, and stays there
 * alone. Where it has the number that somebody else's gets at the centre, that waits there until somebody does something.
 */
it.fails.each([88])(
  'agrees where a row comes back whose deletion the centre has forgotten: seed %i',
  async (seed) => {
    expect((await run(planOf(seed, 'programs'), make)).violations).toEqual([])
  },
)
