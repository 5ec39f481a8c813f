import { type Plan, planOf, type Recipe } from './recipes.ts'
import { run } from './run.ts'
import { shrunk } from './shrink.ts'
import type { Make } from './world.ts'

export interface Tried {
  seeds: number
  /** How often what happened. */
  counts: Record<string, number>
  /** The first seed that broke something, and the fewest events that still do; give them to `run` to see it again. */
  broken: { seed: number; violations: string[]; plan: Plan } | undefined
}

export interface Range {
  from: number
  count: number
  recipe?: Recipe
}

export async function trySeeds(
  make: Make,
  { from, count, recipe }: Range,
  heard: (tried: Tried) => void = () => {},
): Promise<Tried> {
  const tried: Tried = { seeds: 0, counts: {}, broken: undefined }
  for (let seed = from; seed < from + count; seed += 1) {
    const { violations, counts } = await run(planOf(seed, recipe), make)
    tried.seeds += 1
    for (const [what, often] of Object.entries(counts)) tried.counts[what] = (tried.counts[what] ?? 0) + often
    if (violations.length > 0) {
      tried.broken = { seed, violations, plan: await shrunk(planOf(seed, recipe), make) }
      return tried
    }
    heard(tried)
  }
  return tried
}

/** The worlds of the program's own code that every run of the suite tries. */
export const realRanges: readonly Range[] = [
  { from: 1, count: 200 },
  { from: 41, count: 50, recipe: 'copies' },
  { from: 140, count: 60, recipe: 'programs' },
  // Machines that were shut out or put back before the centre took what they had written.
  { from: 20, count: 25, recipe: 'newer' },
  // Once broken: an envelope forgotten too early, a copied disk that pulled in its twin's name, a restored centre.
  { from: 1080, count: 5 },
  { from: 1190, count: 55 },
  // A row that came back whose deletion the centre had forgotten, and rows that name what it has forgotten.
  { from: 223, count: 1, recipe: 'programs' },
  { from: 88, count: 1, recipe: 'programs' },
  // A copied disk and a restored backup that had given one number to two rows.
  { from: 164, count: 6, recipe: 'lives' },
]

/** Those that are tried with a centre in PostgreSQL. */
export const postgresRanges: readonly Range[] = [
  { from: 1, count: 108 },
  // Edits by newer programs of what older ones had made.
  { from: 29, count: 4, recipe: 'programs' },
  { from: 33, count: 3, recipe: 'newer' },
  { from: 1, count: 50, recipe: 'people' },
  { from: 1, count: 45, recipe: 'erasures' },
]

/** All that must have happened among some hundreds of seeds; where one is missing, the world has become too kind. */
export const happenings: readonly string[] = [
  'act',
  'round',
  'deliver',
  'clock',
  'crash',
  'crash while waiting for the centre',
  'backUp',
  'restore',
  'centreBackUp',
  'centreRestore',
  'replay',
  'revoke',
  'conflict concurrentEdit',
  'conflict deleteOverridden',
  'conflict sameName',
  'conflict sameThing',
  'conflict parentRevived',
  'conflict wrongClock',
]
