import { numberIn } from '../../../shared/scoring.ts'
import type { GiftNumber } from './gift-parser.ts'

type WrittenNumber = Extract<GiftNumber['text'], { type: string }>

/** The numbers that are accepted: `5`, `5:0.1` and `4.9..5.1`, in whichever order the author wrote the limits. */
export function rangeOf(written: WrittenNumber): { min: number; max: number } {
  switch (written.type) {
    case 'simple':
      return { min: written.number, max: written.number }
    case 'range': {
      const tolerance = Math.abs(written.range)
      return { min: decimalSum(written.number, -tolerance), max: decimalSum(written.number, tolerance) }
    }
    case 'high-low': {
      const { numberLow, numberHigh } = written
      return { min: Math.min(numberLow, numberHigh), max: Math.max(numberLow, numberHigh) }
    }
  }
}

/** The numbers within a tolerance of one, both as people write them. */
export function aroundNumber(number: string, tolerance: string): { min: number; max: number } | undefined {
  const middle = numberIn(number)
  const distance = tolerance.trim() === '' ? 0 : Math.abs(numberIn(tolerance) ?? Number.NaN)
  if (middle === undefined || Number.isNaN(distance)) return undefined
  return { min: decimalSum(middle, -distance), max: decimalSum(middle, distance) }
}

/** 0.7 ± 0.1 accepts 0.8, which the binary sum of the two misses. */
function decimalSum(one: number, other: number): number {
  return Number((one + other).toFixed(Math.max(decimalsOf(one), decimalsOf(other))))
}

function decimalsOf(number: number): number {
  const [, decimals = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(number)) ?? []
  return Math.min(100, Math.max(0, decimals.length - Number(exponent)))
}
