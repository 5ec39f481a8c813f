import { Button, Group, Stack, Text } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../../../shared/contract/questions.ts'
import { CommonFields } from './CommonFields.tsx'
import { ProblemsContext } from './problem-context.ts'
import { QuestionKeyFields } from './QuestionKeyFields.tsx'
import { QuestionText } from './QuestionText.tsx'
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

function focusField(form: HTMLFormElement | null, { field }: QuestionProblem) {
  form?.querySelector<HTMLElement>(`[data-field="${field}"]`)?.focus()
}
