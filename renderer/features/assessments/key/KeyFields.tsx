import { Radio } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../../../shared/contract/questions.ts'
import { AcceptedFields } from '../questions/AcceptedFields.tsx'
import { ChoiceKeyFields } from './ChoiceKeyFields.tsx'

interface Props {
  draft: Question
  onChange: (draft: Question) => void
}

/** Nothing of the question but what counts as right. */
export function KeyFields({ draft, onChange }: Props) {
  const { t } = useTranslation(['assessments', 'question'])
  switch (draft.type) {
    case 'multiple_choice':
      return <ChoiceKeyFields draft={draft} onChange={onChange} />
    case 'true_false':
      return (
        <Radio.Group
          label={t('editor.rightAnswer')}
          value={String(draft.correct)}
          onChange={(value) => onChange({ ...draft, correct: value === 'true' })}
        >
          <Radio mt="xs" value="true" label={t('question:true')} />
          <Radio mt="xs" value="false" label={t('question:false')} />
        </Radio.Group>
      )
    case 'short_answer':
      return <AcceptedFields draft={draft} onChange={onChange} />
    case 'essay':
      return null
  }
}
