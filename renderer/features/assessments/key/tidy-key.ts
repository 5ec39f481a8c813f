import type { Question } from '../../../../shared/contract/questions.ts'
import { tidyQuestion } from '../questions/tidy-question.ts'

/** The question as it was asked with the key of the form, tidied up; nothing else of the form comes along. */
export function withTidyKey(asked: Question, draft: Question): Question {
  const tidy = tidyQuestion(draft)
  if (asked.type === 'multiple_choice' && tidy.type === 'multiple_choice') {
    const credits = new Map(tidy.options.map(({ id, credit }) => [id, credit]))
    return { ...asked, options: asked.options.map((one) => ({ ...one, credit: credits.get(one.id) ?? one.credit })) }
  }
  if (asked.type === 'true_false' && tidy.type === 'true_false') return { ...asked, correct: tidy.correct }
  if (asked.type === 'short_answer' && tidy.type === 'short_answer') {
    const { accepted, caseMatters, accentsMatter } = tidy
    return { ...asked, accepted, caseMatters, accentsMatter }
  }
  return asked
}
