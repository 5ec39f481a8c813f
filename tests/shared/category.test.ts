import { expect, it } from 'vitest'
import { categoryOf, categoryTree, isWithin, namesOf } from '../../shared/category.ts'

it('takes a doubled slash for one that belongs to a name', () => {
  expect(namesOf('Maths/Input//output/Files')).toEqual(['Maths', 'Input/output', 'Files'])
  expect(categoryOf(['Maths', 'Input/output', 'Files'])).toBe('Maths/Input//output/Files')
  expect(isWithin('Maths//Physics', 'Maths')).toBe(false)
  expect(isWithin('Mathsbook', 'Maths')).toBe(false)
  expect(isWithin('Maths/Fractions', 'Maths')).toBe(true)
})

it('counts what is below a category with it, and keeps each with its parents', () => {
  const counts = [
    { category: 'Maths/Unit 10', count: 2 },
    { category: 'Arabic', count: 1 },
    { category: 'Maths/Unit 9/Extra', count: 3 },
    { category: 'Maths', count: 1 },
  ]
  expect(categoryTree(counts, 'en').map(({ category, level, count }) => [category, level, count])).toEqual([
    ['Arabic', 1, 1],
    ['Maths', 1, 6],
    ['Maths/Unit 9', 2, 3],
    ['Maths/Unit 9/Extra', 3, 3],
    ['Maths/Unit 10', 2, 2],
  ])
})
