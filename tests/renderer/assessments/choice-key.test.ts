import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freeOptionId, keyOf, withKey, withSelection } from '../../../renderer/ui/question/choice-key.ts'
import { Question } from '../../../shared/contract/questions.ts'
import { creditOf } from '../../../shared/scoring.ts'

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const options = ids.map((id) => ({ id, text: `text ${id}`, credit: 0 }))
const someRight = fc.subarray(ids, { minLength: 1 })

function many(right: readonly string[], costsPoints: boolean): Question {
  const keyed = withKey(options, 'many', { right: new Set(right), costsPoints })
  const question = {
    type: 'multiple_choice',
    text: 'Which?',
    points: 3,
    required: true,
    selection: 'many',
    options: keyed,
  }
  return Question.parse(question)
}

describe('the key of a choice question', () => {
  it('gives all points for exactly the right answers, however many there are', () => {
    fc.assert(
      fc.property(someRight, fc.boolean(), (right, costsPoints) => {
        expect(creditOf(many(right, costsPoints), right.join(','))).toBe(1)
      }),
    )
  })

  it('gives nothing for ticking everything where wrong ticks cost points and are not fewer than the right ones', () => {
    fc.assert(
      fc.property(fc.subarray(ids, { minLength: 1, maxLength: 3 }), (right) => {
        expect(creditOf(many(right, true), ids.join(','))).toBe(0)
      }),
    )
  })

  it('is found again behind the credits it was turned into', () => {
    fc.assert(
      fc.property(someRight, fc.boolean(), (right, costsPoints) => {
        const found = keyOf({
          options: withKey(options, 'many', { right: new Set(right), costsPoints }),
          selection: 'many',
        })
        expect([...(found?.right ?? [])].sort()).toEqual(right.toSorted())
        if (right.length < ids.length) expect(found?.costsPoints).toBe(costsPoints)
      }),
    )
  })

  it('is not claimed where the author has set percentages', () => {
    const credits = [100, 50, 0, 0, 0, 0, 0]
    const own = options.map((option, index) => ({ ...option, credit: credits[index] ?? 0 }))
    expect(keyOf({ options: own, selection: 'one' })).toBeNull()
    expect(keyOf({ options: own, selection: 'many' })).toBeNull()
  })

  it('keeps one right answer when several become one', () => {
    const question = many(['b', 'd'], true)
    if (question.type !== 'multiple_choice') throw new Error('The question changed its kind.')
    const single = withSelection(question, 'one')
    expect(single.options.filter((option) => option.credit === 100).map((option) => option.id)).toEqual(['b'])
    expect(single.options.filter((option) => option.credit !== 0)).toHaveLength(1)
  })
})

describe('the id of a new option', () => {
  it('is the first letter that is free, and goes on behind z', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz'].map((id) => ({ id }))
    expect(freeOptionId([{ id: 'a' }, { id: 'c' }])).toBe('b')
    expect(freeOptionId(letters)).toBe('a1')
  })
})
