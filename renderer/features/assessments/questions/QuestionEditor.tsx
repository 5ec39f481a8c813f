import { Button, Checkbox, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { IconMessageCircle } from '@tabler/icons-react'
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../../../shared/contract/questions.ts'
import { NumberField } from '../../../ui/NumberField.tsx'
import { ProblemsContext, useProblem } from './problem-context.ts'
import { QuestionKeyFields } from './QuestionKeyFields.tsx'
import { problemsIn, type QuestionProblem } from './question-problems.ts'
import { tidyQuestion } from './tidy-question.ts'

interface Props {
  draft: Question
  onChange: (draft: Question) => void
  onSave: (question: Question, then: 'close' | 'another') => void
  onCancel: () => void
  isSaving: boolean
  isNew: boolean
}

/** Writes one question. Says what is missing only once the author believes to be done. */
export function QuestionEditor({ draft, onChange, onSave, onCancel, isSaving, isNew }: Props) {
  const { t } = useTranslation('assessments')
  const form = useRef<HTMLFormElement>(null)
  const [isChecked, setChecked] = useState(false)
  const problems = isChecked ? problemsIn(draft) : []

  const save = (then: 'close' | 'another') => {
    const question = tidyQuestion(draft)
    const [first] = problemsIn(question)
    setChecked(first !== undefined)
    if (first) focusField(form.current, first)
    else if (!isSaving) onSave(question, then)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      save(event.shiftKey && isNew ? 'another' : 'close')
    }
    if (event.key === 'Escape') onCancel()
  }

  return (
    <ProblemsContext value={problems}>
      <form
        ref={form}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          save('close')
        }}
      >
        <Stack gap="md" onKeyDown={onKeyDown}>
          <QuestionText draft={draft} onChange={onChange} />
          <QuestionKeyFields draft={draft} onChange={onChange} />
          <CommonFields draft={draft} onChange={onChange} />
          <Group justify="flex-end" gap="xs">
            {problems.length > 0 && (
              <Text role="alert" size="sm" c="var(--mantine-color-error)" me="auto">
                {t('editor.problems', { count: problems.length })}
              </Text>
            )}
            <Button variant="subtle" color="gray" onClick={onCancel}>
              {t('editor.cancel')}
            </Button>
            {isNew && (
              <Button variant="default" onClick={() => save('another')} disabled={isSaving}>
                {t('editor.saveAndAnother')}
              </Button>
            )}
            <Button type="submit" loading={isSaving} title="Ctrl+Enter">
              {t('editor.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </ProblemsContext>
  )
}

interface FieldsProps {
  draft: Question
  onChange: (draft: Question) => void
}

function QuestionText({ draft, onChange }: FieldsProps) {
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

function CommonFields({ draft, onChange }: FieldsProps) {
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
        {draft.name !== undefined && (
          <TextInput
            flex={1}
            miw={180}
            dir="auto"
            label={t('editor.name')}
            maxLength={255}
            value={draft.name}
            onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
          />
        )}
      </Group>
    </>
  )
}

function FeedbackField({ draft, onChange }: FieldsProps) {
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

function focusField(form: HTMLFormElement | null, { field }: QuestionProblem) {
  form?.querySelector<HTMLElement>(`[data-field="${field}"]`)?.focus()
}
