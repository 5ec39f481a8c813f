import { Stack, Text, VisuallyHidden } from '@mantine/core'
import { Fragment, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Assessment } from '../../../../shared/contract/assessments.ts'
import { draftPlace, textOf, useDrafts } from './drafts.ts'
import { NewQuestion } from './NewQuestion.tsx'
import { QuestionCard } from './QuestionCard.tsx'
import { QuestionForm } from './QuestionForm.tsx'
import { RemovedQuestion } from './RemovedQuestion.tsx'
import { useCardActions } from './use-card-actions.ts'
import { useFocusAfterChange } from './use-focus-after-change.ts'
import { useQuestionActions } from './use-question-actions.ts'

interface Props {
  assessment: Assessment
  isEditable: boolean
  onImport: () => void
}

export function QuestionList({ assessment: { id, questions }, isEditable, onImport }: Props) {
  const actions = useQuestionActions(id)
  const { drafts } = useDrafts()
  const list = useRef<HTMLDivElement>(null)
  const focus = useFocusAfterChange(list)
  const { cardActions, removed, forgetRemoved, undoRemoval, announcement } = useCardActions(
    id,
    questions,
    actions,
    focus,
  )

  const removedAt = (index: number) =>
    removed?.index === index && <RemovedQuestion number={index + 1} onUndo={undoRemoval} onForget={forgetRemoved} />

  return (
    <Stack gap="sm" ref={list}>
      <VisuallyHidden role="status">{announcement}</VisuallyHidden>
      {isEditable && questions.length > 1 && <MoveHint />}
      {questions.map((authored, index) => (
        <Fragment key={authored.id}>
          {removedAt(index)}
          {isEditable && drafts[draftPlace(id, authored.id)] ? (
            <QuestionForm
              place={draftPlace(id, authored.id)}
              number={index + 1}
              original={authored.question}
              onSave={(question) => actions.update.mutateAsync({ questionId: authored.id, question })}
              onClosed={() => focus(`[data-question="${authored.id}"] [data-button="edit"]`)}
            />
          ) : (
            <QuestionCard
              authored={authored}
              index={index}
              count={questions.length}
              actions={isEditable ? cardActions : undefined}
            />
          )}
        </Fragment>
      ))}
      {removedAt(questions.length)}
      {isEditable && (
        <NewQuestion
          place={draftPlace(id)}
          number={questions.length + 1}
          onSave={(question) => actions.add.mutateAsync({ id, questions: [question] })}
          onClosed={(type) => focus(`[data-add="${type}"]`)}
          onOpened={() => focus(textOf(draftPlace(id)))}
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
