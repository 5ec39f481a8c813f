import { Button, Radio, Stack, TextInput } from '@mantine/core'
import { IconMessageCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../../../shared/contract/questions.ts'
import classes from './own-line.module.css'

type TrueFalse = Extract<Question, { type: 'true_false' }>

interface Props {
  draft: TrueFalse
  onChange: (draft: TrueFalse) => void
}

export function TrueFalseFields({ draft, onChange }: Props) {
  const { t } = useTranslation(['assessments', 'question', 'editor'])
  const [isDetailed, setDetailed] = useState(Boolean(draft.feedbackTrue ?? draft.feedbackFalse))
  const remark = (name: 'feedbackTrue' | 'feedbackFalse') => (
    <TextInput
      size="xs"
      dir="auto"
      label={t(`editor:${name}`)}
      maxLength={5000}
      value={draft[name] ?? ''}
      onChange={(event) => onChange({ ...draft, [name]: event.currentTarget.value })}
    />
  )
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t('editor.rightAnswer')}
        value={String(draft.correct)}
        onChange={(value) => onChange({ ...draft, correct: value === 'true' })}
      >
        <Radio mt="xs" value="true" label={t('question:true')} />
        <Radio mt="xs" value="false" label={t('question:false')} />
      </Radio.Group>
      {isDetailed ? (
        <>
          {remark('feedbackTrue')}
          {remark('feedbackFalse')}
        </>
      ) : (
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes.button}
          leftSection={<IconMessageCircle size={16} aria-hidden />}
          onClick={() => setDetailed(true)}
        >
          {t('editor:addAnswerFeedback')}
        </Button>
      )}
    </Stack>
  )
}
