import { expect, it } from 'vitest'
import {
  balanced,
  newCriterion,
  weightOf,
  withCriteria,
} from '../../../renderer/features/assessments/questions/essay/rubric.ts'
import { problemsIn } from '../../../renderer/features/assessments/questions/question-problems.ts'
import { Question, type Rubric } from '../../../shared/contract/questions.ts'

const levels = ['None', 'Some', 'All'] as const
function rubricOf(count: number): Rubric {
  let rubric: Rubric = []
  for (let index = 0; index < count; index++) {
    rubric = [...rubric, { ...newCriterion(rubric, levels), title: `Criterion ${index}` }]
  }
  return balanced(rubric)
}
const essay = (rubric: Rubric): Question => ({ type: 'essay', text: 'Why?', points: 5, required: true, rubric })
const problems = (rubric: Rubric) => problemsIn(essay(rubric)).map(({ field, key }) => `${field}: ${key}`)

it('gives criteria whole percents that are 100 together, however many there are', () => {
  for (let count = 1; count <= 20; count++) {
    const rubric = rubricOf(count)
    expect(weightOf(rubric)).toBe(100)
    expect(Question.safeParse(essay(rubric)).success).toBe(true)
  }
})

it('keeps equal weights equal when a criterion comes or goes, and others as the author set them', () => {
  const two = rubricOf(2)
  expect(withCriteria(two, [...two, newCriterion(two, levels)]).map(({ weight }) => weight)).toEqual([34, 33, 33])
  const own = two.map((criterion, index) => ({ ...criterion, weight: index === 0 ? 70 : 30 }))
  expect(withCriteria(own, [...own, newCriterion(own, levels)]).map(({ weight }) => weight)).toEqual([70, 30, 0])
})

it('tells in words what the core would refuse', () => {
  const [first, second] = rubricOf(2) as [Rubric[number], Rubric[number]]
  expect(problems([first, second])).toEqual([])
  expect(problems([{ ...first, title: ' ' }, second])).toEqual(['a'].map((id) => `criterion.${id}: criterionEmpty`))
  expect(problems([first, { ...second, weight: 30 }])).toEqual(['rubric: weightsNotFull'])
  expect(problems([first, { ...second, weight: NaN }])).toEqual([
    'criterion.b: weightMissing',
    'rubric: weightsNotFull',
  ])
  const half = first.levels.slice(0, 2)
  expect(problems([{ ...first, levels: half }, second])).toEqual(['criterion.a: noFullLevel'])
})

it('warns of a wildcard that takes every answer, and lets spelling decide what is there twice', () => {
  const short = { type: 'short_answer', text: 'Where?', points: 1, required: true } as const
  const fields = (question: Question) => problemsIn(question).map(({ field, key }) => `${field}: ${key}`)
  expect(fields({ ...short, accepted: [{ text: '*', wildcard: true, credit: 100 }] })).toEqual([
    'accepted.0: wildcardTakesAll',
  ])
  const accepted = [
    { text: 'Paris', credit: 100 },
    { text: 'PARIS', credit: 50 },
  ]
  expect(fields({ ...short, accepted })).toEqual(['accepted.1: answerTwice'])
  expect(fields({ ...short, accepted, caseMatters: true })).toEqual([])
})
