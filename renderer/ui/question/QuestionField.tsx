import { ChoiceField } from './ChoiceField.tsx'
import type { QuestionFieldProps } from './question-field-props.ts'
import { WrittenField } from './WrittenField.tsx'

/** Where a learner answers; the question itself is shown by whoever uses this. */
export function QuestionField(props: QuestionFieldProps) {
  const isWritten = props.question.type === 'short_answer' || props.question.type === 'essay'
  return isWritten ? <WrittenField {...props} /> : <ChoiceField {...props} />
}
