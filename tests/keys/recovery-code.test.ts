import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRecoveryCode, recoveryCodeOf } from '../../shared/recovery-code.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const code = fc.array(fc.nat(31), { minLength: 28, maxLength: 28 }).map((values) => recoveryCodeOf(values))
const letterAt = (text: string, at: number) => text[at] ?? ''

describe('a recovery code', () => {
  it('is read back however it is typed', () => {
    const typed = (groups: string[]) => groups.join(' - ').toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')
    fc.assert(
      fc.property(code, (groups) => {
        expect(groups.every((group) => /^[0-9A-HJKMNP-TV-Z]{5}$/.test(group))).toBe(true)
        expect(readRecoveryCode(typed(groups))).toEqual({ code: groups.join('') })
      }),
    )
  })

  it('is read back where a keyboard writes other digits', () => {
    const arabic = (text: string) => text.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)))
    fc.assert(
      fc.property(code, (groups) => {
        expect(readRecoveryCode(arabic(groups.join('-')))).toEqual({ code: groups.join('') })
      }),
    )
  })

  it('names the group in which one letter is wrong', () => {
    fc.assert(
      fc.property(code, fc.nat(34), fc.nat(30), (groups, at, other) => {
        const text = groups.join('')
        const wrong = letterAt(alphabet.replace(letterAt(text, at), ''), other)
        const typed = text.slice(0, at) + wrong + text.slice(at + 1)
        expect(readRecoveryCode(typed)).toEqual({ wrongGroup: Math.floor(at / 5) + 1 })
      }),
    )
  })

  it('names the group in which two letters changed places', () => {
    fc.assert(
      fc.property(code, fc.nat(6), fc.nat(3), (groups, group, letter) => {
        const own = groups[group] ?? ''
        const [a, b] = [letterAt(own, letter), letterAt(own, letter + 1)]
        fc.pre(a !== b)
        const swapped = own.slice(0, letter) + b + a + own.slice(letter + 2)
        const typed = groups.with(group, swapped).join('-')
        expect(readRecoveryCode(typed)).toEqual({ wrongGroup: group + 1 })
      }),
    )
  })

  it('notices groups that changed places, letters that no code has, and a group that is missing', () => {
    const groups = recoveryCodeOf(Array.from({ length: 28 }, (_, index) => (index * 7) % 32))
    const [first = '', second = '', ...rest] = groups
    expect(readRecoveryCode([second, first, ...rest].join('-'))).toEqual({ wrongGroup: 1 })
    expect(readRecoveryCode([`U${first.slice(1)}`, second, ...rest].join('-'))).toEqual({ wrongGroup: 1 })
    expect(readRecoveryCode(groups.slice(0, 6).join('-'))).toEqual({ letters: 30 })
    expect(readRecoveryCode('')).toEqual({ letters: 0 })
    expect(readRecoveryCode([...groups, first].join('-'))).toEqual({ letters: 40 })
  })

  it('has 140 random bits', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(31), { minLength: 28, maxLength: 28 }), (values) => {
        const letters = recoveryCodeOf(values).map((group) => group.slice(0, 4))
        expect([...letters.join('')].map((letter) => alphabet.indexOf(letter))).toEqual(values)
      }),
    )
  })
})
