/** Numbers that look random and are the same for the same seed, on every machine. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number
  /** A whole number from 0 to below `end`. */
  below(end: number): number
  pick<T>(list: readonly [T, ...T[]]): T
  /** True in this share of cases, 0 to 1. */
  chance(share: number): boolean
}

/** A counter in steps of the golden ratio, spread by `mix`, as in splitmix; seeded with any whole numbers. */
export function randomOf(...seeds: number[]): Random {
  let state = seeds.reduce((mixed, seed) => mix(mixed + seed + 0x9e3779b9), 0)

  function next() {
    state = (state + 0x9e3779b9) | 0
    return mix(state) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    next,
    below,
    pick: (list) => list[below(list.length)] ?? list[0],
    chance: (share) => next() < share,
  }
}

/** Spreads 32 bits over 32 bits; the constants are those of MurmurHash3's finaliser. */
function mix(bits: number): number {
  let mixed = bits | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
