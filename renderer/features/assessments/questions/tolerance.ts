/** A number and how far an answer may be from it: the range that is stored, as authors think of it. */
export interface Tolerated {
  number: number
  tolerance: number
}

export function rangeOf({ number, tolerance }: Tolerated): { min: number; max: number } {
  return { min: rounded(number - Math.abs(tolerance)), max: rounded(number + Math.abs(tolerance)) }
}

export function toleratedIn({ min, max }: { min: number; max: number }): Tolerated {
  return { number: rounded((min + max) / 2), tolerance: rounded((max - min) / 2) }
}

/** Twelve digits, so that 0.3 with a tolerance of 0.1 begins at 0.2 and not at 0.19999999999999998. */
function rounded(number: number): number {
  return Number(number.toPrecision(12))
}
