import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Attempt, PaperQuestion } from '../../../../shared/contract/delivery.ts'
import { isAnswered } from '../../../ui/question/answer.ts'
import type { Draft } from '../answer-saver.ts'
import type { AttemptSession, SessionState } from '../attempt-session.ts'
import { unsavedQuestions } from '../drafts.ts'

export interface SittingContext {
  attempt: Attempt
  session: AttemptSession
  /** The learner looks over everything before handing in. */
  isChecking: boolean
  check: () => void
  /** Turns to a question, out of the summary too. */
  goTo: (questionId: Id) => void
}

export const SittingContext = createContext<SittingContext | null>(null)

export function useSitting(): SittingContext {
  const sitting = use(SittingContext)
  if (!sitting) throw new Error('This part belongs inside a sitting.')
  return sitting
}

export function useSessionState<T>(select: (state: SessionState) => T): T {
  return useStore(useSitting().session.store, select)
}

export function useDraft(questionId: Id): Draft | undefined {
  return useStore(useSitting().session.drafts.store, (state) => state.drafts[questionId])
}

export function useUnsavedCount(): number {
  return useStore(useSitting().session.drafts.store, (state) => unsavedQuestions(state).length)
}

export interface Progress {
  question: PaperQuestion
  /** Counted from 1. */
  number: number
  isAnswered: boolean
  isUnsaved: boolean
  isFromElsewhere: boolean
}

/** Where the learner stands with each question, in the order of the paper. */
export function useProgress(): Progress[] {
  const { attempt, session } = useSitting()
  const drafts = useStore(session.drafts.store, (state) => state.drafts)
  return attempt.questions.map((question, index) => {
    const draft = drafts[question.id]
    const isUnsaved = draft !== undefined && draft.state !== 'clean'
    const isFromElsewhere = draft?.isFromElsewhere ?? false
    return { question, number: index + 1, isAnswered: isAnswered(draft?.answer ?? ''), isUnsaved, isFromElsewhere }
  })
}
