import { expect, it } from 'vitest'
import { withInsertion, withStructure } from '../../../renderer/features/assessments/questions/formula/palette.ts'

it('writes a structure where the cursor is and selects its first gap', () => {
  expect(withStructure('x + ', { from: 4, to: 4 }, '\\frac{□}{□}')).toEqual({
    text: 'x + \\frac{□}{□}',
    from: 10,
    to: 11,
  })
})

it('puts what is selected into the first gap and goes on to the next', () => {
  expect(withStructure('$& + 1', { from: 0, to: 2 }, '\\frac{□}{□}')).toEqual({
    text: '\\frac{$&}{□} + 1',
    from: 10,
    to: 11,
  })
})

it('fills a gap that is selected, so that structures go into each other', () => {
  expect(withStructure('\\sqrt{□}', { from: 6, to: 7 }, '\\pi ')).toEqual({ text: '\\sqrt{\\pi }', from: 10, to: 10 })
})

it('keeps a formula apart from the words around it', () => {
  expect(withInsertion('Ifthen', { from: 2, to: 2 }, '\\(x\\)')).toBe('If \\(x\\) then')
  expect(withInsertion('', { from: 0, to: 0 }, '\\(x\\)')).toBe('\\(x\\)')
})
