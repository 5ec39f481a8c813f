import { describe, expect, it } from 'vitest'
import { newQuestion } from '../../../renderer/features/assessments/questions/new-question.ts'
import { problemsIn } from '../../../renderer/features/assessments/questions/question-problems.ts'
import { tidyQuestion } from '../../../renderer/features/assessments/questions/tidy-question.ts'
import { Question, questionTypes } from '../../../shared/contract/questions.ts'

const choice = {
  ...newQuestion('multiple_choice'),
  text: 'Which is a fruit?',
  options: [
    { id: 'a', text: 'Apple', credit: 100 },
    { id: 'b', text: 'Stone', credit: 0 },
  ],
} as Extract<Question, { type: 'multiple_choice' }>

const short = { ...newQuestion('short_answer'), text: 'How much?' } as Extract<Question, { type: 'short_answer' }>

function fields(question: Question) {
  return problemsIn(question).map(({ field, key }) => `${field}: ${key}`)
}

describe('a question form', () => {
  it('finds what is missing in every empty form, question first', () => {
    for (const type of questionTypes) expect(fields(newQuestion(type))[0]).toBe('text: textMissing')
  })

  it('asks for a whole number of points', () => {
    for (const points of [NaN, -1, 1.5, 1001]) expect(fields({ ...choice, points })).toEqual(['points: pointsMissing'])
  })

  it('asks for a right answer, and for credits that can reach all points', () => {
    const [first, second] = choice.options
    if (!first || !second) throw new Error('The question has two options.')
    expect(fields({ ...choice, options: [{ ...first, credit: 0 }, second] })).toEqual(['options: noRightOption'])
    expect(fields({ ...choice, options: [{ ...first, credit: 50 }, second] })).toEqual(['options: creditsBelowFull'])
    expect(fields({ ...choice, options: [first, { ...second, credit: NaN }] })).toEqual(['option.b: creditMissing'])
    expect(fields({ ...choice, options: [first, { ...second, text: ' Apple ' }] })).toEqual(['option.b: optionTwice'])
  })

  it('takes the same short answer once only, whatever its capitals and accents', () => {
    const accepted = [
      { text: 'été', credit: 100 },
      { text: 'ETE', credit: 100 },
    ]
    expect(fields({ ...short, accepted })).toEqual(['accepted.1: answerTwice'])
  })

  it('asks for both ends of a range, in order, and for one answer that is worth everything', () => {
    expect(fields({ ...short, accepted: [{ min: NaN, max: 3, credit: 100 }] })).toEqual(['accepted.0: rangeMissing'])
    expect(fields({ ...short, accepted: [{ min: 5, max: 3, credit: 100 }] })).toEqual(['accepted.0: rangeUpsideDown'])
    expect(fields({ ...short, accepted: [{ text: 'x', credit: 50 }] })).toEqual(['accepted: noFullAnswer'])
  })

  it('lets nothing through that the core refuses', () => {
    const good = [choice, { ...short, accepted: [{ min: 1, max: 2, credit: 100 }] }]
    for (const question of good) {
      expect(problemsIn(question)).toEqual([])
      expect(Question.safeParse(question).success).toBe(true)
    }
  })
})

describe('tidying a question up', () => {
  it('drops blanks, empty remarks and options that were never filled in', () => {
    const empty = { id: 'c', text: '  ', credit: 0 }
    const untidy = { ...choice, text: ' Which? ', feedback: ' ', options: [...choice.options, empty] }
    expect(tidyQuestion(untidy)).toMatchObject({ text: 'Which?', feedback: undefined, options: choice.options })
  })

  it('keeps an empty option that is marked as right, so that its author is told', () => {
    const marked = { id: 'c', text: '', credit: 100 }
    const tidy = tidyQuestion({ ...choice, options: [...choice.options, marked] })
    expect(fields(tidy)).toEqual(['option.c: optionEmpty'])
  })
})
