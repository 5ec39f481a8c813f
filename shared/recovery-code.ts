import { latinDigits } from './digits.ts'

/**
 * A code that is printed and typed: 28 random letters (140 bits) in seven groups, each with a fifth letter that tells a
 * mistake in its group. The letters are those of Crockford's base 32, which has no I, L, O and U.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const recoveryGroups = 7
const lettersInGroup = 4

export type ReadRecoveryCode =
  | { code: string }
  /** Counted from 1: the group whose check letter does not fit. */
  | { wrongGroup: number }
  | { letters: number }

/** The groups of a code from 28 numbers below 32. */
export function recoveryCodeOf(values: readonly number[]): string[] {
  return Array.from({ length: recoveryGroups }, (_, group) => {
    const own = values.slice(group * lettersInGroup, (group + 1) * lettersInGroup)
    return [...own, checkOf(own, group)].map((value) => alphabet[value & 31]).join('')
  })
}

/** Reads what somebody typed: small letters, digits of any keyboard, spaces and hyphens anywhere, O for 0, I and L for 1. */
export function readRecoveryCode(text: string): ReadRecoveryCode {
  const letters = latinDigits(text)
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replaceAll(/[^0-9A-Z]/g, '')
  const whole = Math.ceil(letters.length / (lettersInGroup + 1))
  for (let group = 0; group < Math.min(whole, recoveryGroups); group += 1) {
    const own = letters.slice(group * (lettersInGroup + 1), (group + 1) * (lettersInGroup + 1))
    if (own.length === lettersInGroup + 1 && !fits(own, group)) return { wrongGroup: group + 1 }
  }
  if (letters.length !== recoveryGroups * (lettersInGroup + 1)) return { letters: letters.length }
  return { code: letters }
}

function fits(letters: string, group: number): boolean {
  const values = [...letters].map((letter) => alphabet.indexOf(letter))
  return !values.includes(-1) && values.at(-1) === checkOf(values.slice(0, -1), group)
}

/**
 * A weighted sum in GF(32): one wrong letter and two that changed places always show, and so do two groups, since the
 * number of the group is in the sum.
 */
function checkOf(values: readonly number[], group: number): number {
  return values.reduce((sum, value, index) => sum ^ times(value, 2 << index), group + 1)
}

/** Multiplication modulo x⁵ + x² + 1. */
function times(a: number, b: number): number {
  let [product, left, right] = [0, a, reduced(b)]
  for (; right > 0; right >>= 1) {
    if (right & 1) product ^= left
    left = reduced(left << 1)
  }
  return product
}

function reduced(value: number): number {
  return value & 32 ? (value ^ 0b100101) & 31 : value
}
