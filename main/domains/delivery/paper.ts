import * as z from 'zod'
import { AuthoredQuestion } from '../../../shared/contract/assessments.ts'
import type { PaperQuestion } from '../../../shared/contract/delivery.ts'
import type { Question } from '../../../shared/contract/questions.ts'

/** The questions of an assessment as they were when it was published. */
export const PaperQuestions = z.array(AuthoredQuestion)
export type PaperQuestions = z.infer<typeof PaperQuestions>

/** Names what a learner may see, so that nothing added to questions later can slip out with them. */
export function withoutKey({ id, question }: AuthoredQuestion): PaperQuestion {
  const { type, text, points, required, images } = question
  if (question.type !== 'multiple_choice') return { id, type, text, points, required, images }
  const options = question.options.map((option) => ({ id: option.id, text: option.text, picture: option.picture }))
  return { id, type, text, points, required, images, selection: question.selection, options }
}

/** The right answer in words, as the learner's own answer would look. */
export function rightAnswerOf(question: Question): string | null {
  switch (question.type) {
    case 'multiple_choice':
      return question.options
        .filter((option) => option.credit > 0)
        .map((option) => option.id)
        .join(',')
    case 'true_false':
      return String(question.correct)
    case 'short_answer': {
      const best = question.accepted.reduce((one, other) => (other.credit > one.credit ? other : one))
      if ('text' in best) return best.text
      return best.min === best.max ? String(best.min) : `${best.min} – ${best.max}`
    }
    case 'essay':
      return null
  }
}
