import { Stack, Text, VisuallyHidden } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Assessment } from '../../../../shared/contract/assessments.ts'
import { LongList } from '../../../ui/LongList.tsx'
import { NewQuestion } from './NewQuestion.tsx'
import { QuestionCard } from './QuestionCard.tsx'
import { QuestionForm } from './QuestionForm.tsx'
import { RemovedQuestion } from './RemovedQuestion.tsx'
import { useCardActions } from './use-card-actions.ts'
import { useFocusAfterChange } from './use-focus-after-change.ts'
import { useQuestionActions } from './use-question-actions.ts'
import { type QuestionDrafts, textFieldOf } from './use-question-drafts.ts'

interface Props {
  assessment: Assessment
  drafts: QuestionDrafts
  isEditable: boolean
  onImport: () => void
}

export function QuestionList({ assessment: { id, questions }, drafts, isEditable, onImport }: Props) {
  const actions = useQuestionActions(id)
  const list = useRef<HTMLDivElement>(null)
  const focus = useFocusAfterChange(list)
  const { cardActions, removed, forgetRemoved, undoRemoval, announcement } = useCardActions(
    questions,
    actions,
    drafts,
    focus,
  )

  const removedAt = (index: number) =>
    removed?.index === index && <RemovedQuestion number={index + 1} onUndo={undoRemoval} onForget={forgetRemoved} />
  const itemAt = (index: number) => {
    const authored = questions[index]
    if (!authored) return null
    if (!isEditable || !drafts.open.has(authored.id)) {
      const place = { index, count: questions.length }
      return <QuestionCard authored={authored} {...place} actions={isEditable ? cardActions : undefined} />
    }
    return (
      <QuestionForm
        place={authored.id}
        number={index + 1}
        drafts={drafts}
        onSave={(question) => actions.update.mutateAsync({ questionId: authored.id, question })}
        onClosed={() => focus(`[data-question="${authored.id}"] [data-button="edit"]`)}
      />
    )
  }

  return (
    <Stack gap="sm" ref={list}>
      <VisuallyHidden role="status">{announcement}</VisuallyHidden>
      {isEditable && questions.length > 1 && <MoveHint />}
      <LongList count={questions.length} keyOf={(index) => questions[index]?.id ?? index} estimate={180}>
        {(index) => (
          <Stack gap="sm">
            {removedAt(index)}
            {itemAt(index)}
          </Stack>
        )}
      </LongList>
      {removedAt(questions.length)}
      {isEditable && (
        <NewQuestion
          drafts={drafts}
          number={questions.length + 1}
          onSave={(question) => actions.add.mutateAsync({ id, questions: [question] })}
          onClosed={(type) => focus(`[data-add="${type}"]`)}
          onOpened={() => focus(textFieldOf('new'))}
          onImport={onImport}
        />
      )}
    </Stack>
  )
}

function MoveHint() {
  const { t } = useTranslation('assessments')
  return (
    <Text size="xs" c="var(--bdc-ink-soft)" visibleFrom="sm">
      {t('question.moveHint')}
    </Text>
  )
}
