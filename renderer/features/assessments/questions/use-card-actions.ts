import { startTransition, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthoredQuestion } from '../../../../shared/contract/assessments.ts'
import type { Id } from '../../../../shared/contract/base.ts'
import { toastProblem } from '../../../lib/toast.ts'
import type { CardActions } from './QuestionCard.tsx'
import type { useQuestionActions } from './use-question-actions.ts'
import { type QuestionDrafts, textFieldOf } from './use-question-drafts.ts'

interface Removed {
  authored: AuthoredQuestion
  index: number
}

/** What the buttons and keys of a question card do, and what they leave behind: a removed question that can come back. */
export function useCardActions(
  questions: readonly AuthoredQuestion[],
  { putInOrder, removeQuestion, restore }: ReturnType<typeof useQuestionActions>,
  { start }: QuestionDrafts,
  focus: (selector: string) => void,
) {
  const { t } = useTranslation('assessments')
  const [removed, setRemoved] = useState<Removed | null>(null)
  const [announcement, setAnnouncement] = useState('')

  const onMove = useCallback(
    (id: Id, by: -1 | 1) => {
      const from = questions.findIndex((one) => one.id === id)
      const moved = questions[from]
      const to = from + by
      if (!moved || to < 0 || to >= questions.length) return
      focus(`[data-question="${id}"] [data-button="${by < 0 ? 'moveUp' : 'moveDown'}"]`)
      putInOrder(questions.toSpliced(from, 1).toSpliced(to, 0, moved))
      setAnnouncement(t('question.moved', { to: to + 1, of: questions.length }))
    },
    [questions, putInOrder, focus, t],
  )
  const onEdit = useCallback(
    (id: Id) => {
      const authored = questions.find((one) => one.id === id)
      if (!authored) return
      focus(textFieldOf(id))
      // A form has many parts; drawn in slices, it never keeps the screen from following.
      startTransition(() => start(id, authored.question))
    },
    [questions, start, focus],
  )
  const onRemove = useCallback(
    (id: Id) => {
      const index = questions.findIndex((one) => one.id === id)
      const authored = questions[index]
      if (!authored) return
      focus('[data-button="undo"]')
      removeQuestion({ questionId: id }, { onSuccess: () => setRemoved({ authored, index }), onError: toastProblem })
    },
    [questions, removeQuestion, focus],
  )

  const undoRemoval = async () => {
    if (!removed) return
    const id = await restore(removed.authored, removed.index, questions)
    focus(`[data-question="${id}"] [data-button="remove"]`)
    setRemoved(null)
    setAnnouncement(t('question.restored'))
  }
  const cardActions: CardActions = useMemo(() => ({ onMove, onEdit, onRemove }), [onMove, onEdit, onRemove])
  return { cardActions, removed, forgetRemoved: () => setRemoved(null), undoRemoval, announcement }
}
