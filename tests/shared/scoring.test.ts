import { describe, expect, it } from 'vitest'
import type { Question } from '../../shared/contract/questions.ts'
import { creditOf, numberIn, pointsFor } from '../../shared/scoring.ts'

const common = { text: 'Q', points: 1, required: true }

function choices(selection: 'one' | 'many', credits: Record<string, number>): Question {
  const options = Object.entries(credits).map(([id, credit]) => ({ id, text: id, credit }))
  return { type: 'multiple_choice', ...common, selection, options }
}

function accepts(...accepted: Extract<Question, { type: 'short_answer' }>['accepted']): Question {
  return { type: 'short_answer', ...common, accepted }
}

describe('the credit of an answer', () => {
  it('is nothing for no answer, whatever the question', () => {
    expect(creditOf(choices('one', { a: 100, b: 0 }), '')).toBe(0)
    expect(creditOf({ type: 'essay', ...common }, '')).toBe(0)
  })

  it('is left to a person for an essay', () => {
    expect(creditOf({ type: 'essay', ...common }, 'Because.')).toBeNull()
  })

  it('adds up over several right options and never goes below nothing or above all', () => {
    const question = choices('many', { a: 33.33333, b: 33.33333, c: 33.33333, d: -50 })
    expect(creditOf(question, 'a,b,c')).toBe(1)
    expect(creditOf(question, 'a,d')).toBe(0)
    expect(creditOf(question, 'a,b')).toBeCloseTo(0.66667, 5)
    expect(creditOf(choices('many', { a: 100, b: 100 }), 'a,b')).toBe(1)
  })

  it('is negative for a single choice that its author made costly', () => {
    expect(creditOf(choices('one', { a: 100, b: -50 }), 'b')).toBe(-0.5)
  })

  it('ignores options that do not exist', () => {
    expect(creditOf(choices('one', { a: 100, b: 0 }), 'z')).toBe(0)
  })

  it('knows true from false', () => {
    const question: Question = { type: 'true_false', ...common, correct: false }
    expect([creditOf(question, 'false'), creditOf(question, 'true'), creditOf(question, 'maybe')]).toEqual([1, 0, 0])
  })

  it('does not mind case, accents, spacing and Arabic spelling variants in short answers', () => {
    const question = accepts({ text: 'Élysée Palace', credit: 100 }, { text: 'إدارة', credit: 50 })
    expect(creditOf(question, '  elysee   PALACE ')).toBe(1)
    expect(creditOf(question, 'اداره')).toBe(0.5)
    expect(creditOf(question, 'Elysee')).toBe(0)
  })

  it('does not mind which keyboard wrote its digits and letters', () => {
    const question = accepts({ text: '15', credit: 100 }, { text: 'كتاب علي', credit: 50 }, { text: 'Øre', credit: 20 })
    expect(['١٥', '۱۵', '１５'].map((answer) => creditOf(question, answer))).toEqual([1, 1, 1])
    expect(creditOf(question, 'کتاب علی')).toBe(0.5)
    expect(creditOf(question, 'ore')).toBe(0.2)
    expect(creditOf(question, '٥١')).toBe(0)
  })

  it('takes the best of several accepted answers', () => {
    const question = accepts({ min: 1820, max: 1824, credit: 50 }, { min: 1822, max: 1822, credit: 100 })
    expect([creditOf(question, '1822'), creditOf(question, '1823'), creditOf(question, '1825')]).toEqual([1, 0.5, 0])
  })
})

describe('a short answer whose author wants', () => {
  const paris: Question = { type: 'short_answer', ...common, accepted: [{ text: 'Paris', credit: 100 }] }
  const eleve: Question = { type: 'short_answer', ...common, accepted: [{ text: 'élève', credit: 100 }] }

  it('case to count is right in that case only', () => {
    expect(creditOf({ ...paris, caseMatters: true }, 'paris')).toBe(0)
    expect(creditOf({ ...eleve, caseMatters: true }, 'eleve')).toBe(1)
  })

  it('accents to count does not mind which keyboard wrote digits and letters', () => {
    const question = { ...accepts({ text: 'الفصل 3 كامل', credit: 100 }), accentsMatter: true } as const
    expect(creditOf(question, 'الفصل ۳ کامل')).toBe(1)
    expect(creditOf({ ...accepts({ text: 'Łódź', credit: 100 }), accentsMatter: true } as Question, 'lodz')).toBe(0)
  })

  it('accents to count is right with them only, however they are typed', () => {
    expect(creditOf({ ...eleve, accentsMatter: true }, 'eleve')).toBe(0)
    expect(creditOf({ ...eleve, accentsMatter: true }, 'E\u0301LE\u0300VE')).toBe(1)
  })

  it.each([
    ['ran *', 'ran home', 1],
    ['ran *', 'ranhome', 0],
    ['*blue*', 'a Blue sky', 1],
    ['*blue*', 'blue', 1],
    ['a*a', 'a', 0],
    ['a*b*c', 'a-c-b', 0],
    ['a*b*c', 'axxbyyc', 1],
    ['2\\*3', '2*3', 1],
    ['2\\*3', '2 and 3', 0],
    ['2*3', '2 and 3', 1],
  ])('the pattern %s takes %s for %d', (text, answer, credit) => {
    expect(creditOf(accepts({ text, wildcard: true, credit: 100 }), answer)).toBe(credit)
  })

  it('stars as they stand has no pattern', () => {
    expect(creditOf(accepts({ text: '2*3', credit: 100 }), '2 and 3')).toBe(0)
  })
})

describe('a number in an answer', () => {
  it.each([
    ['3.14', 3.14],
    ['3,14', 3.14],
    ['٣٫١٤', 3.14],
    ['۱۸۲۲', 1822],
    ['\u22125', -5],
    ['1e3', 1000],
  ])('%s is %d', (text, number) => {
    expect(numberIn(text)).toBe(number)
  })

  it.each(['', 'five', '1.2.3', '--1', 'Infinity', '0x10', '1,000,000'])('%s is none', (text) => {
    expect(numberIn(text)).toBeUndefined()
  })
})

it('gives points to a hundredth', () => {
  expect(pointsFor(1 / 3, 100)).toBe(33.33)
  expect(pointsFor(2 / 3, 1)).toBe(0.67)
})
