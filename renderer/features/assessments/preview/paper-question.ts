import type { AuthoredQuestion } from '../../../../shared/contract/assessments.ts'
import type { PaperQuestion } from '../../../../shared/contract/delivery.ts'

/** The question as it will be on the learner's screen. */
export function paperQuestion({ id, question }: Pick<AuthoredQuestion, 'id' | 'question'>): PaperQuestion {
  const { type, text, points, required, images } = question
  if (question.type !== 'multiple_choice') return { id, type, text, points, required, images }
  const options = question.options.map((option) => ({ id: option.id, text: option.text, picture: option.picture }))
  return { id, type, text, points, required, images, selection: question.selection, options }
}
