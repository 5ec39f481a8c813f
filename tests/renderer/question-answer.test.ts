import { expect, it } from 'vitest'
import { isAnswered, isChosen, withTouched } from '../../renderer/ui/question/answer.ts'
import { directionOf } from '../../renderer/ui/question/direction.ts'
import { optionOfKey } from '../../renderer/ui/question/option-letters.ts'
import type { PaperQuestion } from '../../shared/contract/delivery.ts'

const common = { id: 1, text: 'Which?', points: 1, required: false }
const options = ['a', 'b', 'c'].map((id) => ({ id, text: id.toUpperCase() }))
const one: PaperQuestion = { ...common, type: 'multiple_choice', selection: 'one', options }
const many: PaperQuestion = { ...common, type: 'multiple_choice', selection: 'many', options }

it('takes no blank for an answer', () => {
  expect(isAnswered(' \n')).toBe(false)
  expect(isAnswered('a')).toBe(true)
})

it('keeps one option of a single choice', () => {
  expect(withTouched(one, 'a', 'c')).toBe('c')
})

it('adds and takes away options of a multiple choice, always in the order of the paper', () => {
  expect(withTouched(many, '', 'c')).toBe('c')
  expect(withTouched(many, 'c', 'a')).toBe('a,c')
  expect(withTouched(many, 'a,c', 'c')).toBe('a')
  expect(withTouched(many, 'a', 'a')).toBe('')
})

it('finds an option by its whole id only', () => {
  expect(isChosen('aa,b', 'a')).toBe(false)
  expect(isChosen('aa,b', 'b')).toBe(true)
})

it('chooses by digit wherever the keyboard has it, and by the letter that is shown or the Latin one', () => {
  expect(optionOfKey({ key: '&', code: 'Digit1' }, 'fr')).toBe(0)
  expect(optionOfKey({ key: '3', code: 'Numpad3' }, 'en')).toBe(2)
  expect(optionOfKey({ key: 'b', code: 'KeyB' }, 'en')).toBe(1)
  expect(optionOfKey({ key: 'ج', code: 'KeyX' }, 'ar')).toBe(2)
  expect(optionOfKey({ key: 'ا', code: 'KeyH' }, 'ar')).toBe(0)
  expect(optionOfKey({ key: 'd', code: 'KeyD' }, 'ar')).toBe(3)
})

it('leaves other keys alone', () => {
  for (const key of ['Enter', ' ', 'Tab', 'ArrowDown', '0', '?']) {
    expect(optionOfKey({ key, code: key === '0' ? 'Digit0' : key }, 'en')).toBeUndefined()
  }
})

it('lets a text run as its first letter does, whatever the language of the screen', () => {
  expect(directionOf('1. ماذا تفعل؟')).toBe('rtl')
  expect(directionOf('« Que faire ? »')).toBe('ltr')
  expect(directionOf('7 × 8 = ?')).toBeUndefined()
})
