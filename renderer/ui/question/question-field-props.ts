import type { PaperQuestion } from '../../../shared/contract/delivery.ts'

export interface QuestionFieldProps {
  question: PaperQuestion
  /** As `SaveAnswer` of the contract writes it. */
  answer: string
  onAnswer: (answer: string) => void
  disabled?: boolean
  /** The element on the screen that asks the question; without it the question's text names the field. */
  labelledBy?: string
}
