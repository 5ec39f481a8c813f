import type { AuthoredQuestion } from '../../../../shared/contract/assessments.ts'
import type { PaperQuestion } from '../../../../shared/contract/delivery.ts'

/** The question as it will be on the learner's screen. */
export function paperQuestion({ id, question }: AuthoredQuestion): PaperQuestion {
  const { type, text, points, required } = question
  if (question.type !== 'multiple_choice') return { id, type, text, points, required }
  const options = question.options.map((option) => ({ id: option.id, text: option.text }))
  return { id, type, text, points, required, selection: question.selection, options }
}
