import { Alert, Button, Group, Stack, Textarea } from '@mantine/core'
import { IconInfoCircle, IconListCheck, IconNotes } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../../../../shared/contract/questions.ts'
import { RubricFields } from './RubricFields.tsx'
import { balanced, newCriterion } from './rubric.ts'

type Essay = Extract<Question, { type: 'essay' }>

interface Props {
  draft: Essay
  onChange: (draft: Essay) => void
}

/** What helps whoever grades: both may be left out. */
export function EssayFields({ draft, onChange }: Props) {
  const { t } = useTranslation(['assessments', 'editor'])
  const [hasSample, setSample] = useState(draft.sampleAnswer !== undefined)
  const levels = [t('editor:rubric.none'), t('editor:rubric.half'), t('editor:rubric.full')] as const
  return (
    <Stack gap="sm">
      <Alert variant="light" color="gray" icon={<IconInfoCircle size={18} aria-hidden />} py="xs">
        {t('editor.essayNote')}
      </Alert>
      {draft.rubric && (
        <RubricFields rubric={draft.rubric} levels={levels} onChange={(rubric) => onChange({ ...draft, rubric })} />
      )}
      {hasSample && (
        <Textarea
          label={t('editor:sample.label')}
          description={t('editor:sample.hint')}
          dir="auto"
          autosize
          minRows={2}
          maxRows={10}
          maxLength={20_000}
          value={draft.sampleAnswer ?? ''}
          onChange={(event) => onChange({ ...draft, sampleAnswer: event.currentTarget.value })}
        />
      )}
      <Group gap="xs">
        {!draft.rubric && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconListCheck size={16} aria-hidden />}
            onClick={() => onChange({ ...draft, rubric: balanced([newCriterion([], levels)]) })}
          >
            {t('editor:rubric.add')}
          </Button>
        )}
        {!hasSample && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconNotes size={16} aria-hidden />}
            onClick={() => setSample(true)}
          >
            {t('editor:sample.add')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
