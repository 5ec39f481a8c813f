import { Alert, Radio } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../../../shared/contract/questions.ts'
import { AcceptedFields } from './AcceptedFields.tsx'
import { ChoiceFields } from './ChoiceFields.tsx'

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
      return <TrueFalseFields correct={draft.correct} onChange={(correct) => onChange({ ...draft, correct })} />
    case 'short_answer':
      return <AcceptedFields draft={draft} onChange={onChange} />
    case 'essay':
      return <EssayNote />
  }
}

function TrueFalseFields({ correct, onChange }: { correct: boolean; onChange: (correct: boolean) => void }) {
  const { t } = useTranslation(['assessments', 'question'])
  return (
    <Radio.Group
      label={t('editor.rightAnswer')}
      value={String(correct)}
      onChange={(value) => onChange(value === 'true')}
    >
      <Radio mt="xs" value="true" label={t('question:true')} />
      <Radio mt="xs" value="false" label={t('question:false')} />
    </Radio.Group>
  )
}

function EssayNote() {
  const { t } = useTranslation('assessments')
  return (
    <Alert variant="light" color="gray" icon={<IconInfoCircle size={18} aria-hidden />} py="xs">
      {t('editor.essayNote')}
    </Alert>
  )
}
