import type { ChoiceOption } from '../../../shared/contract/questions.ts'

/** A true-or-false question as the two options that it stands for. */
export function trueFalseOptions(correct: boolean, words: { true: string; false: string }): ChoiceOption[] {
  return ([true, false] as const).map((value) => ({
    id: String(value),
    text: words[`${value}`],
    credit: value === correct ? 100 : 0,
  }))
}
