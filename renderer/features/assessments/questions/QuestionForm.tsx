import { Button, Group, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../../../shared/contract/questions.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { focusOnMount } from '../../../ui/focus-on-mount.ts'
import { QuestionTypeIcon } from '../../../ui/question/QuestionTypeIcon.tsx'
import classes from './QuestionCard.module.css'
import { QuestionEditor } from './QuestionEditor.tsx'
import { isChanged, type Place, type QuestionDrafts } from './use-question-drafts.ts'

interface Props {
  place: Place
  number: number
  drafts: QuestionDrafts
  isNew?: boolean
  onSave: (question: Question) => Promise<unknown>
  /** The form is about to go: saved or given up. */
  onClosed: () => void
  onAnother?: () => void
}

/** The card of a question that is being written. */
export function QuestionForm({ place, number, drafts, isNew = false, onSave, onClosed, onAnother }: Props) {
  const { t } = useTranslation(['assessments', 'question'])
  const opened = drafts.open.get(place)
  const [isLeaving, setLeaving] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const [error, setError] = useState<unknown>(null)

  if (!opened) return null
  const { draft } = opened

  const close = () => {
    drafts.drop(place)
    onClosed()
  }
  const cancel = () => (isChanged(opened) ? setLeaving(true) : close())
  const save = async (question: Question, then: 'close' | 'another') => {
    setSaving(true)
    setError(null)
    try {
      await onSave(question)
      if (then === 'another') onAnother?.()
      else close()
    } catch (failure) {
      setError(failure)
    }
    setSaving(false)
  }

  return (
    <section className={classes.card} data-form={place} aria-label={t('question.heading', { number })}>
      <header className={classes.header}>
        <span className={classes.number}>{number}</span>
        <div className={classes.facts}>
          <QuestionTypeIcon question={draft} size={16} />
          <Text span size="xs" c="var(--bdc-ink-soft)">
            {t(`question:type.${draft.type}`)}
          </Text>
        </div>
      </header>
      <div className={classes.form}>
        <QuestionEditor
          draft={draft}
          isNew={isNew}
          isSaving={isSaving}
          onChange={(next) => isSaving || drafts.write(place, next)}
          onSave={save}
          onCancel={cancel}
        />
        <FormProblem error={error} />
        {isLeaving && <DiscardQuestion onDiscard={close} onStay={() => setLeaving(false)} />}
      </div>
    </section>
  )
}

function DiscardQuestion({ onDiscard, onStay }: { onDiscard: () => void; onStay: () => void }): ReactNode {
  const { t } = useTranslation(['assessments', 'question'])
  return (
    <Group role="alertdialog" aria-label={t('editor.discardTitle')} justify="flex-end" gap="xs" mt="sm">
      <Text size="sm">{t('editor.discardTitle')}</Text>
      <Button size="xs" variant="subtle" color="brick" onClick={onDiscard}>
        {t('editor.discard')}
      </Button>
      <Button size="xs" variant="default" ref={focusOnMount} onClick={onStay}>
        {t('editor.keepWriting')}
      </Button>
    </Group>
  )
}
