import type { PaperQuestion } from '../../../shared/contract/delivery.ts'
import { ChoiceField } from './ChoiceField.tsx'
import { WrittenField } from './WrittenField.tsx'

export interface QuestionFieldProps {
  question: PaperQuestion
  /** As `SaveAnswer` of the contract writes it. */
  answer: string
  onAnswer: (answer: string) => void
  disabled?: boolean
  /** The element on the screen that asks the question; without it the question's text names the field. */
  labelledBy?: string
}

/** Where a learner answers; the question itself is shown by whoever uses this. */
export function QuestionField(props: QuestionFieldProps) {
  const isWritten = props.question.type === 'short_answer' || props.question.type === 'essay'
  return isWritten ? <WrittenField {...props} /> : <ChoiceField {...props} />
}
