import type { Question } from '../../../../shared/contract/questions.ts'
import { AcceptedFields } from './AcceptedFields.tsx'
import { ChoiceFields } from './ChoiceFields.tsx'
import { EssayFields } from './essay/EssayFields.tsx'
import { TrueFalseFields } from './TrueFalseFields.tsx'

interface Props {
  draft: Question
  onChange: (draft: Question) => void
}

/** The part of the form that says what is right. */
export function QuestionKeyFields({ draft, onChange }: Props) {
  switch (draft.type) {
    case 'multiple_choice':
      return <ChoiceFields draft={draft} onChange={onChange} />
    case 'true_false':
      return <TrueFalseFields draft={draft} onChange={onChange} />
    case 'short_answer':
      return <AcceptedFields draft={draft} onChange={onChange} />
    case 'essay':
      return <EssayFields draft={draft} onChange={onChange} />
  }
}
