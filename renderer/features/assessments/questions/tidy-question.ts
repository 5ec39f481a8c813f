import type { Question } from '../../../../shared/contract/questions.ts'

/** The question without the blanks and the empty remarks that stay behind in a form. */
export function tidyQuestion(question: Question): Question {
  const tidy = {
    ...question,
    text: question.text.trim(),
    feedback: remark(question.feedback),
    name: remark(question.name),
  }
  if (tidy.type === 'multiple_choice') {
    const options = tidy.options.map((one) => ({ ...one, text: one.text.trim(), feedback: remark(one.feedback) }))
    return { ...tidy, options: withoutEmptyTail(options) }
  }
  if (tidy.type !== 'short_answer') return tidy
  const accepted = tidy.accepted.map((one) => {
    const feedback = remark(one.feedback)
    return 'text' in one ? { ...one, text: one.text.trim(), feedback } : { ...one, feedback }
  })
  return { ...tidy, accepted }
}

function remark(text: string | undefined): string | undefined {
  return text?.trim() || undefined
}

/** Options that were offered and never filled in are no mistake, as long as two are left. */
function withoutEmptyTail<Option extends { text: string; credit: number }>(options: Option[]): Option[] {
  const filled = options.filter((option) => option.text !== '' || option.credit > 0)
  return filled.length >= 2 ? filled : options
}
