import type { PaperQuestion } from '../../../shared/contract/delivery.ts'
import type { Picture } from '../../../shared/contract/questions.ts'
import { chosenOptions } from '../../../shared/scoring.ts'

export interface AnswerOption {
  /** What the answer says when this option is chosen. */
  value: string
  /** Absent where the words depend on the language of the screen. */
  text?: string
  picture?: Picture | undefined
}

/** The options of a question in the order in which they are shown; none where the learner writes. */
export function optionsOf(question: PaperQuestion): AnswerOption[] {
  if (question.type === 'true_false') return [{ value: 'true' }, { value: 'false' }]
  return (question.options ?? []).map(({ id, text, picture }) => ({ value: id, text, picture }))
}

export function isChosen(answer: string, value: string): boolean {
  return chosenOptions(answer).includes(value)
}

/** The answer after the learner has touched an option: the only one, or one more or less of several. */
export function withTouched(question: PaperQuestion, answer: string, value: string): string {
  if (question.selection !== 'many') return value
  return optionsOf(question)
    .map((option) => option.value)
    .filter((other) => isChosen(answer, other) !== (other === value))
    .join(',')
}

export function isAnswered(answer: string): boolean {
  return answer.trim() !== ''
}
