import { createHash } from 'node:crypto'

/** Chance that can be played again: the same seed, the same throws. */
export interface Chance {
  /** A whole number from 0 to below this bound. */
  below(bound: number): number
  /** Whether something of this likelihood, 0 to 1, happens. */
  is(likelihood: number): boolean
  of<T>(things: readonly T[]): T
}

/** Mulberry32 (Tommy Ettinger, public domain), seeded with the SHA-256 of a text. */
export function chanceFrom(seed: string): Chance {
  let state = createHash('sha256').update(seed).digest().readUInt32LE()
  function next() {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (bound: number) => Math.floor(next() * bound)
  return {
    below,
    is: (likelihood) => next() < likelihood,
    of<T>(things: readonly T[]): T {
      const thing = things[below(things.length)]
      if (thing === undefined) throw new Error('There is nothing to choose from.')
      return thing
    },
  }
}
