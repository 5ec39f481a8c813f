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

/** 0.7 ± 0.1 accepts 0.8, which the binary sum of the two misses. */
function decimalSum(one: number, other: number): number {
  return Number((one + other).toFixed(Math.max(decimalsOf(one), decimalsOf(other))))
}

function decimalsOf(number: number): number {
  const [, decimals = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(number)) ?? []
  return Math.min(100, Math.max(0, decimals.length - Number(exponent)))
}
