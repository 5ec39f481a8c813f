import type { Criterion, Rubric } from '../../../../../shared/contract/questions.ts'
import { freeOptionId } from '../../../../ui/question/choice-key.ts'

/** A criterion that is worth nothing yet, with levels that most teachers begin with. */
export function newCriterion(rubric: Rubric, levels: readonly [string, string, string]): Criterion {
  const shares = [0, 50, 100]
  return {
    id: freeOptionId(rubric),
    title: '',
    weight: 0,
    levels: levels.map((title, index) => ({ id: 'abc'[index] ?? 'a', title, share: shares[index] ?? 0 })),
  }
}

/** Percent of all weights together, to a hundredth. */
export function weightOf(rubric: Rubric): number {
  return Math.round(rubric.reduce((sum, { weight }) => sum + weight, 0) * 100) / 100
}

/** All criteria with the same weight, in whole percents that are 100 together: the first ones carry what is left. */
export function balanced(rubric: Rubric): Rubric {
  const share = Math.floor(100 / rubric.length)
  const left = 100 - share * rubric.length
  return rubric.map((criterion, index) => ({ ...criterion, weight: share + (index < left ? 1 : 0) }))
}

/** A new criterion or one less: weights that were the same stay so, others are for the author to settle. */
export function withCriteria(before: Rubric, after: Rubric): Rubric {
  const wasBalanced = balanced(before).every(({ weight }, index) => weight === before[index]?.weight)
  return wasBalanced ? balanced(after) : after
}
