import { startTransition, useState } from 'react'
import type { Question, QuestionType } from '../../../../shared/contract/questions.ts'
import { AddQuestion } from './AddQuestion.tsx'
import { newQuestion } from './new-question.ts'
import { QuestionForm } from './QuestionForm.tsx'
import type { QuestionDrafts } from './use-question-drafts.ts'

interface Props {
  drafts: QuestionDrafts
  number: number
  onSave: (question: Question) => Promise<unknown>
  /** An empty form is about to appear. */
  onOpened: () => void
  onClosed: (type: QuestionType) => void
  onImport: () => void
}

/** Where the next question is written: four kinds to choose from, then its form. */
export function NewQuestion({ drafts, number, onSave, onOpened, onClosed, onImport }: Props) {
  const draft = drafts.open.get('new')?.draft
  const [round, setRound] = useState(0)
  const open = (question: Question) => {
    onOpened()
    drafts.start('new', question)
  }
  if (!draft)
    return (
      <AddQuestion
        isFirst={number === 1}
        onAdd={(type) => startTransition(() => open(newQuestion(type)))}
        onImport={onImport}
      />
    )

  return (
    <QuestionForm
      key={round}
      isNew
      place="new"
      number={number}
      drafts={drafts}
      onSave={onSave}
      onClosed={() => onClosed(draft.type)}
      onAnother={() => {
        setRound(round + 1)
        open({ ...newQuestion(draft.type), points: draft.points, required: draft.required })
      }}
    />
  )
}
