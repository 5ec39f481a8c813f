import { randomFrom } from './random.ts'

export interface Event {
  kind:
    | 'act'
    | 'round'
    | 'deliver'
    | 'clock'
    | 'crash'
    | 'backUp'
    | 'restore'
    | 'centreBackUp'
    | 'centreRestore'
    | 'replay'
    | 'copyDisk'
    | 'revoke'
    | 'handOver'
    | 'account'
    | 'cut'
    | 'collect'
    | 'update'
    | 'erase'
    | 'updateCentre'
  machine: number
  seed: number
}

/**
 * What a world is made of. `plain`: machines of whole organizations. `people`: laptops of trainers and a kiosk among them,
 * and learners who change hands and trainers whose accounts end and come back, at a centre that knows of scopes. `programs`: older programs among newer ones, power that
 * goes between two statements, clocks that are often wrong, and a centre that forgets old deletions while machines are away.
 * `copies`: disks are copied whole, time and again; `lives`: and put back to what they were. `erasures`: people are erased while others write about them, go back to
 * what they knew before, or copy it. `newer`: the programs of the machines know a table and a column more than that of the centre, until it is
 * updated, and those of some know less than those of others.
 */
export const recipes = ['plain', 'people', 'programs', 'copies', 'lives', 'erasures', 'newer'] as const
export type Recipe = (typeof recipes)[number]

export interface Plan {
  seed: number
  recipe?: Recipe
  events: Event[]
}

type Weights = readonly (readonly [Event['kind'], number])[]

const plain: Weights = [
  ['act', 40],
  ['round', 14],
  ['deliver', 60],
  ['clock', 2],
  ['crash', 4],
  ['backUp', 1],
  ['restore', 0.6],
  ['centreBackUp', 0.6],
  ['centreRestore', 0.3],
  ['replay', 2],
  ['copyDisk', 0.6],
  ['revoke', 0.15],
]

function plainBut(changed: Partial<Record<Event['kind'], number>>): Weights {
  return plain.map(([kind, often]) => [kind, changed[kind] ?? often])
}

const weights: Record<Recipe, Weights> = {
  plain,
  people: [
    ['act', 40],
    ['round', 16],
    ['deliver', 60],
    ['clock', 1],
    ['crash', 3],
    ['replay', 1],
    ['handOver', 8],
    ['account', 2],
    ['collect', 1],
  ],
  programs: [...plainBut({ clock: 8 }), ['cut', 6], ['collect', 1.5], ['update', 1.5]],
  copies: plainBut({ copyDisk: 4 }),
  lives: plainBut({ copyDisk: 4, backUp: 5, restore: 5 }),
  newer: [...plain, ['updateCentre', 0.8], ['update', 1]],
  erasures: [...plainBut({ backUp: 2, restore: 1.2, centreBackUp: 1.2, centreRestore: 0.6 }), ['erase', 3]],
}

/** The events of a seed. Each has its own seed, so that any of them can be left out without changing the others. */
export function planOf(seed: number, recipe: Recipe = 'plain'): Plan {
  const random = randomFrom(seed)
  const count = 15 + random.below(95)
  const total = weights[recipe].reduce((sum, [, weight]) => sum + weight, 0)
  const kind = () => {
    let left = random.fraction() * total
    return weights[recipe].find(([, weight]) => (left -= weight) < 0)?.[0] ?? 'act'
  }
  const events = Array.from({ length: count }, () => ({
    kind: kind(),
    machine: random.below(64),
    seed: random.below(2 ** 32),
  }))
  return recipe === 'plain' ? { seed, events } : { seed, recipe, events }
}
