import type { Question } from '../../../shared/contract/questions.ts'
import { creditOf } from '../../../shared/scoring.ts'

/** More options than this have too many combinations to go through, and nobody guesses them. */
const mostCombined = 12

/**
 * Share of the points that blind choice earns on average; null where there is nothing to choose from. Of several right
 * answers every box is ticked or not with the same chance.
 * Source: Moodle documentation, Quiz statistics calculations, "Random guess score"; Moodle says nothing of several right
 * answers.
 */
export function randomGuess(question: Question): number | null {
  if (question.type === 'true_false') return 0.5
  if (question.type !== 'multiple_choice') return null
  const ids = question.options.map(({ id }) => id)
  if (question.selection === 'one') return average(ids.map((id) => creditOf(question, id) ?? 0))
  if (ids.length > mostCombined) return null
  const combinations = Array.from({ length: 2 ** ids.length }, (_, bits) => ids.filter((_, at) => bits & (1 << at)))
  return average(combinations.map((chosen) => creditOf(question, chosen.join(',')) ?? 0))
}

function average(credits: number[]): number {
  return credits.reduce((sum, credit) => sum + credit, 0) / credits.length
}
