import type { ChoiceOption, Criterion, Question } from '../../../../shared/contract/questions.ts'

/** The question without the blanks and the empty remarks that stay behind in a form. */
export function tidyQuestion(question: Question): Question {
  const tidy = {
    ...question,
    text: question.text.trim(),
    feedback: remark(question.feedback),
    name: remark(question.name),
    category: remark(question.category),
    tags: tidyTags(question.tags),
    images: question.images?.map(({ image, alt }) => ({ image, alt: alt.trim() })),
  }
  if (tidy.type === 'multiple_choice') {
    const options = tidy.options.map((one) => ({ ...one, text: one.text.trim(), feedback: remark(one.feedback) }))
    return { ...tidy, options: withoutEmptyTail(options) }
  }
  if (tidy.type === 'true_false') {
    return { ...tidy, feedbackTrue: remark(tidy.feedbackTrue), feedbackFalse: remark(tidy.feedbackFalse) }
  }
  if (tidy.type === 'essay') {
    return { ...tidy, sampleAnswer: remark(tidy.sampleAnswer), rubric: tidy.rubric?.map(tidyCriterion) }
  }
  const accepted = tidy.accepted.map((one) => {
    const feedback = remark(one.feedback)
    return 'text' in one ? { ...one, text: one.text.trim(), feedback } : { ...one, feedback }
  })
  return { ...tidy, accepted }
}

function tidyCriterion(criterion: Criterion): Criterion {
  const levels = criterion.levels.map((level) => ({ ...level, title: level.title.trim() }))
  return { ...criterion, title: criterion.title.trim(), levels }
}

function tidyTags(tags: readonly string[] = []): string[] | undefined {
  const tidy = [...new Set(tags.map((tag) => tag.trim()).filter(Boolean))]
  return tidy.length > 0 ? tidy : undefined
}

function remark(text: string | undefined): string | undefined {
  return text?.trim() || undefined
}

/** Options that were offered and never filled in are no mistake, as long as two are left. */
function withoutEmptyTail<Option extends Pick<ChoiceOption, 'text' | 'credit' | 'picture'>>(
  options: Option[],
): Option[] {
  const filled = options.filter((option) => option.text !== '' || option.credit > 0 || option.picture)
  return filled.length >= 2 ? filled : options
}
