import { expect, it } from 'vitest'
import { directionOf } from '../../renderer/ui/question/direction.ts'
import { partsOf, spokenText } from '../../renderer/ui/question/formulas.ts'
import { processorTime } from '../support/processor.ts'

it('leaves a text without formulas whole, whatever signs are in it', () => {
  for (const text of [
    '7 × 8 = ?',
    'C:\\Users\\(me',
    'a $5 note',
    '\\(not closed',
    'not opened\\)',
    '\\[mixed\\)',
    '<b>',
  ]) {
    expect(partsOf(text)).toEqual([{ kind: 'words', text }])
  }
  expect(partsOf('')).toEqual([])
})

it('finds formulas in the line and on a line of their own, in their order', () => {
  expect(partsOf('If \\(x^2 = 4\\), then \\[ x = \\pm 2 \\] holds.')).toEqual([
    { kind: 'words', text: 'If ' },
    { kind: 'inline', text: 'x^2 = 4' },
    { kind: 'words', text: ', then ' },
    { kind: 'display', text: 'x = \\pm 2' },
    { kind: 'words', text: ' holds.' },
  ])
})

it('ends a formula at its first end, and takes parentheses of the formula for what they are', () => {
  expect(partsOf('\\(f(x)\\)\\(g\\)')).toEqual([
    { kind: 'inline', text: 'f(x)' },
    { kind: 'inline', text: 'g' },
  ])
})

it('keeps an empty formula as the signs that somebody typed', () => {
  expect(partsOf('a \\(  \\) b')).toEqual([{ kind: 'words', text: 'a \\(  \\) b' }])
})

it('is done with a long text of openings in no time', () => {
  const spent = processorTime()
  expect(partsOf('\\('.repeat(10_000))).toHaveLength(1)
  expect(spent()).toBeLessThan(1_000)
})

it('loses no sign of the text', () => {
  const text = 'α \\(a\\) β \\[b\\]\n\\(c'
  const delimiters = { words: ['', ''], inline: ['\\(', '\\)'], display: ['\\[', '\\]'] }
  const joined = partsOf(text).map(({ kind, text: part }) => delimiters[kind].join(part))
  expect(joined.join('')).toBe(text)
})

it('lets an Arabic question that begins with a formula run from right to left', () => {
  expect(directionOf('\\(x + 1\\) ما قيمة')).toBe('rtl')
  expect(directionOf('\\(x + 1\\)')).toBeUndefined()
})

it('names a formula by its source where no MathML can be', () => {
  expect(spokenText('Is \\(\\frac{5}{1}\\)\nfive?')).toBe('Is \\frac{5}{1} five?')
})
