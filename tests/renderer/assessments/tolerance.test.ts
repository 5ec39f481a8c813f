import { expect, it } from 'vitest'
import { rangeOf, toleratedIn } from '../../../renderer/features/assessments/questions/tolerance.ts'

it('stores a number with its tolerance as a range, without the dust of binary fractions', () => {
  expect(rangeOf({ number: 0.3, tolerance: 0.1 })).toEqual({ min: 0.2, max: 0.4 })
  expect(rangeOf({ number: 5, tolerance: 0 })).toEqual({ min: 5, max: 5 })
  expect(rangeOf({ number: 5, tolerance: -1 })).toEqual({ min: 4, max: 6 })
})

it('reads what it wrote', () => {
  for (const tolerated of [
    { number: 9.81, tolerance: 0.005 },
    { number: -273.15, tolerance: 0.1 },
    { number: 0, tolerance: 0 },
  ]) {
    expect(toleratedIn(rangeOf(tolerated))).toEqual(tolerated)
  }
})

it('is no number as long as the field is empty', () => {
  expect(rangeOf({ number: NaN, tolerance: 1 })).toEqual({ min: NaN, max: NaN })
})
