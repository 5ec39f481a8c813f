import { Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../../../shared/contract/questions.ts'
import { useProblem } from './problem-context.ts'

interface Props {
  draft: Question
  onChange: (draft: Question) => void
}

export function QuestionText({ draft, onChange }: Props) {
  const { t } = useTranslation('assessments')
  const problem = useProblem('text')
  return (
    <Textarea
      data-autofocus
      data-field="text"
      label={t('editor.text')}
      dir="auto"
      autosize
      minRows={2}
      maxRows={12}
      value={draft.text}
      error={problem && t(`problem.${problem}`)}
      onChange={(event) => onChange({ ...draft, text: event.currentTarget.value })}
    />
  )
}
