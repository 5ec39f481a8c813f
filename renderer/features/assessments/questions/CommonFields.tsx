import { Button, Checkbox, Group, Textarea } from '@mantine/core'
import { IconMessageCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../../../shared/contract/questions.ts'
import { NumberField } from '../../../ui/NumberField.tsx'
import { ListingFields } from './ListingFields.tsx'
import { useProblem } from './problem-context.ts'

interface Props {
  draft: Question
  onChange: (draft: Question) => void
}

/** What all kinds of questions have: feedback, points, and whether an answer may be missing. */
export function CommonFields({ draft, onChange }: Props) {
  const { t } = useTranslation('assessments')
  const problem = useProblem('points')
  return (
    <>
      <FeedbackField draft={draft} onChange={onChange} />
      <Group align="flex-end" gap="lg">
        <NumberField
          data-field="points"
          label={t('editor.points')}
          w={110}
          value={draft.points}
          onChange={(points) => onChange({ ...draft, points: points ?? NaN })}
          min={0}
          max={1000}
          error={problem && t(`problem.${problem}`)}
        />
        <Checkbox
          mb={8}
          label={t('editor.required')}
          checked={draft.required}
          onChange={(event) => onChange({ ...draft, required: event.currentTarget.checked })}
        />
      </Group>
      <ListingFields draft={draft} onChange={onChange} />
    </>
  )
}

function FeedbackField({ draft, onChange }: Props) {
  const { t } = useTranslation('assessments')
  const [isOpen, setOpen] = useState(draft.feedback !== undefined)
  if (!isOpen) {
    return (
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconMessageCircle size={16} aria-hidden />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => setOpen(true)}
      >
        {t('editor.addFeedback')}
      </Button>
    )
  }
  return (
    <Textarea
      label={t('editor.feedback')}
      description={t('editor.feedbackHint')}
      dir="auto"
      autosize
      minRows={1}
      maxRows={8}
      maxLength={20_000}
      value={draft.feedback ?? ''}
      onChange={(event) => onChange({ ...draft, feedback: event.currentTarget.value })}
    />
  )
}
