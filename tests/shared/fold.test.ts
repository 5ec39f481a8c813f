import { describe, expect, it } from 'vitest'
import { fold, searchWords } from '../../shared/fold.ts'

describe('people find a word', () => {
  it.each([
    ['of Persian letters with Arabic ones', 'علی رضایی کاظمی', 'علي رضايي كاظمي'],
    ['of Urdu letters with Arabic ones', 'ہاشمۃ ھدى', 'هاشمه هدي'],
    ['with a half-space or without', 'علی\u200cرضا', 'عليرضا'],
    ['of the other spelling of heh with yeh', 'نامۀ', 'نامه'],
    ['of digits of any keyboard', 'قسم ١٢ و۳', 'قسم 12 و3'],
    ['whose letters have a stroke', 'ŁUKASZ Đorđe Søren Ħal Ŧap', 'lukasz dorde soren hal tap'],
    ['whose letters stand for two', 'Großmann Æsop Œuvre Þór GROẞ', 'grossmann aesop oeuvre thor gross'],
    ['with a dot above or without', 'IŞIK ışık İzmir', 'isik isik izmir'],
  ])('%s', (_, written, wanted) => {
    expect(fold(written)).toBe(wanted)
  })

  it('of two words that a hyphen joins, and of one that a half-space holds together', () => {
    expect(searchWords('Ann-Marie علی\u200cرضا')).toEqual(['ann', 'marie', 'عليرضا'])
  })
})

it('keeps the case of letters that have no accent to lose, where it counts', () => {
  expect(fold('Łódź Øre', { caseMatters: true })).toBe('Lodz Ore')
})
