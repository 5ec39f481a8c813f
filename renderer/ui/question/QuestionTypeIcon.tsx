import { IconAlignLeft, IconCheckbox, IconCircleDot, IconCursorText, IconToggleLeft } from '@tabler/icons-react'
import type { Question } from '../../../shared/contract/questions.ts'

const icons = { true_false: IconToggleLeft, short_answer: IconCursorText, essay: IconAlignLeft }

interface Props {
  question: { type: Question['type']; selection?: 'one' | 'many' | undefined }
  size?: number
}

export function QuestionTypeIcon({ question, size = 18 }: Props) {
  const several = question.selection === 'many' ? IconCheckbox : IconCircleDot
  const Icon = question.type === 'multiple_choice' ? several : icons[question.type]
  return <Icon size={size} stroke={1.6} aria-hidden />
}
