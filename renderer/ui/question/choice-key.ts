import type { ChoiceOption, Question } from '../../../shared/contract/questions.ts'

export type ChoiceQuestion = Extract<Question, { type: 'multiple_choice' }>
type Selection = ChoiceQuestion['selection']

/** What an author says about a choice question without touching percentages. */
export interface ChoiceKey {
  right: ReadonlySet<string>
  /** With several right answers: a wrong tick takes away what a right one gives. */
  costsPoints: boolean
}

/** The credits that stand for a key. Several right answers share the points, so their credits add up to 100. */
export function withKey(options: readonly ChoiceOption[], selection: Selection, key: ChoiceKey): ChoiceOption[] {
  const share = selection === 'one' ? 100 : shareOf(key.right.size)
  const wrong = selection === 'many' && key.costsPoints ? -share : 0
  return options.map((option) => ({ ...option, credit: key.right.has(option.id) ? share : noMinusZero(wrong) }))
}

/** The key behind the credits; null where the author has set percentages of their own. */
export function keyOf({ options, selection }: Pick<ChoiceQuestion, 'options' | 'selection'>): ChoiceKey | null {
  const right = rightOptions(options)
  for (const costsPoints of selection === 'many' ? [true, false] : [false]) {
    const plain = withKey(options, selection, { right, costsPoints })
    const isPlain = plain.every((option, index) => Math.abs(option.credit - (options[index]?.credit ?? 0)) < 0.01)
    if (isPlain && (selection === 'many' || right.size <= 1)) return { right, costsPoints }
  }
  return null
}

export function rightOptions(options: readonly ChoiceOption[]): ReadonlySet<string> {
  return new Set(options.filter((option) => option.credit > 0).map((option) => option.id))
}

/** Radio buttons have one right answer, so the first of several stays. */
export function withSelection(question: ChoiceQuestion, selection: Selection): ChoiceQuestion {
  const right = [...rightOptions(question.options)]
  const kept = new Set(selection === 'one' ? right.slice(0, 1) : right)
  return { ...question, selection, options: withKey(question.options, selection, { right: kept, costsPoints: true }) }
}

/** The first of `a`, `b`, … that no option has. */
export function freeOptionId(options: readonly { id: string }[]): string {
  const taken = new Set(options.map((option) => option.id))
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  for (let number = 0; ; number++) {
    for (const letter of letters) {
      const id = number === 0 ? letter : `${letter}${number}`
      if (!taken.has(id)) return id
    }
  }
}

/** Percent in Moodle's five decimals, which add up to 100 within the rounding of the score. */
function shareOf(count: number): number {
  return count === 0 ? 100 : Math.round(10_000_000 / count) / 100_000
}

function noMinusZero(credit: number): number {
  return credit === 0 ? 0 : credit
}
