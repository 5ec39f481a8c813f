import { isDeepStrictEqual } from 'node:util'
import type { Question } from '../../../shared/contract/questions.ts'

/**
 * The question with the key of its corrected version; undefined when the two differ in anything else, which learners have
 * seen or points depend on.
 */
export function withKeyOf(before: Question, corrected: Question): Question | undefined {
  const merged = { ...before, ...keyFields(before, corrected) }
  return isDeepStrictEqual(plain(merged as Question), plain(corrected)) ? corrected : undefined
}

function keyFields(before: Question, corrected: Question): Partial<Question> {
  const { feedback } = corrected
  if (before.type === 'multiple_choice' && corrected.type === 'multiple_choice') {
    const options = before.options.map((option) => {
      const other = corrected.options.find(({ id }) => id === option.id)
      return { ...option, credit: other?.credit ?? option.credit, feedback: other?.feedback }
    })
    return { feedback, options }
  }
  if (corrected.type === 'true_false') {
    const { correct, feedbackTrue, feedbackFalse } = corrected
    return { feedback, correct, feedbackTrue, feedbackFalse }
  }
  if (corrected.type === 'short_answer') {
    const { accepted, caseMatters, accentsMatter } = corrected
    return { feedback, accepted, caseMatters, accentsMatter }
  }
  return { feedback }
}

/** Without fields that are undefined, in the order that JSON and the database leave out. */
export function plain(question: Question): unknown {
  return JSON.parse(JSON.stringify(question))
}
