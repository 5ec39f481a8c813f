import { expect, it } from 'vitest'
import { versionsOf } from '../../../renderer/features/assessments/print/versions.ts'
import { type AuthoredQuestion, ordinarySettings } from '../../../shared/contract/assessments.ts'
import { choice } from '../../support/centre.ts'

const options = [...'abcdefgh'].map((id) => ({ id, text: id, credit: id === 'a' ? 100 : 0 }))
const questions: AuthoredQuestion[] = Array.from({ length: 12 }, (_, index) => ({
  id: index + 1,
  question: { ...choice, options },
  pool: index < 8 ? 'p' : null,
  originId: null,
}))
const mixed = { ...ordinarySettings, shuffleQuestions: true, shuffleOptions: true }
const order = (version: { questions: AuthoredQuestion[] } | undefined) =>
  JSON.stringify(version?.questions.map(({ id, question }) => [id, 'options' in question && question.options]))

it('prints one paper, as it is written, where nothing is mixed', () => {
  expect(versionsOf({ id: 1, questions, settings: ordinarySettings }, 4)).toEqual([{ letter: undefined, questions }])
})

it('mixes each version in its own way, and the same way every time', () => {
  const settings = { ...mixed, pools: [] }
  const first = versionsOf({ id: 1, questions, settings }, 4)
  expect(first.map(({ letter }) => letter)).toEqual(['A', 'B', 'C', 'D'])
  expect(new Set(first.map(order)).size).toBe(4)
  expect(versionsOf({ id: 1, questions, settings }, 4)).toEqual(first)
  for (const version of first) {
    expect(version.questions.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(questions.map(({ id }) => id))
  }
})

it('draws as many from a pool as the assessment says, and everything that is in none', () => {
  const settings = { ...ordinarySettings, pools: [{ id: 'p', name: 'Pool', draw: 3 }] }
  for (const version of versionsOf({ id: 1, questions, settings }, 8)) {
    const ids = version.questions.map(({ id }) => id)
    expect(ids).toHaveLength(7)
    expect(ids.slice(-4)).toEqual([9, 10, 11, 12])
  }
})

it('leaves the options alone whose order means something', () => {
  const kept = questions.map((one) => ({ ...one, question: { ...choice, options, keepOrder: true as const } }))
  for (const version of versionsOf({ id: 1, questions: kept, settings: mixed }, 3)) {
    for (const { question } of version.questions) expect(question).toMatchObject({ options })
  }
})
