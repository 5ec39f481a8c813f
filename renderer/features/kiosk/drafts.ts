import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Id } from '../../../shared/contract/base.ts'
import type { Attempt, EditOfAnswer } from '../../../shared/contract/delivery.ts'
import type { RefusalKey } from '../../../shared/refusal.ts'
import { type AnswerSaver, answerSaver, type Draft, type Urgency } from './answer-saver.ts'
import type { KeptDrafts } from './kept-drafts.ts'

export interface DraftsState {
  /** What the learner answered, whether or not the core has it yet; untouched questions have no draft. */
  drafts: Readonly<Record<Id, Draft>>
  /** Why the core takes no more answers; what is not clean now never arrived in time. */
  ended: RefusalKey | null
}

export interface SentAnswer {
  questionId: Id
  answer: string
  edit: number
}

export interface Drafts {
  store: StoreApi<DraftsState>
  write(questionId: Id, answer: string, urgency: Urgency): void
  /** Sends one answer, or all that are not saved, without waiting for a pause. */
  flush(questionId?: Id): void
  /** Whether the core has an edit that this screen does not know, of an answer that nobody is changing here. */
  isNewer(stored: EditOfAnswer): boolean
  /** Takes over what the core has, wherever it is newer. */
  adopt(answers: Attempt['answers']): void
  /** Which edit of each answer stands on this screen. */
  shown(): EditOfAnswer[]
  /** Resolves when every answer is saved or refused. */
  settled(): Promise<void>
  /** Gives up what is not under way. */
  stop(): void
}

export interface DraftsOptions {
  /** As the core had them when the attempt was opened. */
  answers: Attempt['answers']
  /** Resolves with the time of the save once the answer is on the disk. */
  send(answer: SentAnswer): Promise<string>
  /** Answers of an earlier page that never arrived are sent first, unless the core has newer ones. */
  kept?: KeptDrafts | undefined
}

const endings: readonly RefusalKey[] = ['attempt.timeIsUp', 'attempt.handedIn']

/** The answers of one attempt on their way from the screen to the core. */
export function createDrafts({ answers, send, kept }: DraftsOptions): Drafts {
  const drafts: Record<Id, Draft> = Object.fromEntries(answers.map((saved) => [saved.questionId, savedDraft(saved)]))
  const unsent = (kept?.read() ?? []).filter(({ questionId, edit }) => edit > (drafts[questionId]?.edit ?? 0))
  for (const { questionId, answer, edit } of unsent) {
    drafts[questionId] = { ...(drafts[questionId] ?? untouched), answer, edit, state: 'dirty' }
  }
  const store = createStore<DraftsState>(() => ({ drafts, ended: null }))
  const savers = new Map<Id, AnswerSaver>()

  function saverOf(questionId: Id): AnswerSaver {
    const saver =
      savers.get(questionId) ??
      answerSaver({
        draft: store.getState().drafts[questionId] ?? untouched,
        send: (answer, edit) => send({ questionId, answer, edit }),
        onChange: (draft) => keep(questionId, draft),
      })
    savers.set(questionId, saver)
    return saver
  }

  function keep(questionId: Id, draft: Draft) {
    const ended = store.getState().ended ?? endings.find((key) => key === draft.refusal?.key) ?? null
    store.setState({ drafts: { ...store.getState().drafts, [questionId]: draft }, ended })
    kept?.keep(store.getState().drafts)
    if (ended) stop()
  }

  function stop() {
    for (const saver of savers.values()) saver.stop()
  }

  for (const { questionId } of unsent) saverOf(questionId).flush()

  function isNewer({ questionId, edit }: EditOfAnswer): boolean {
    const draft = store.getState().drafts[questionId] ?? untouched
    return draft.state === 'clean' && edit > draft.edit
  }

  return {
    store,
    isNewer,
    adopt(stored) {
      for (const saved of stored.filter(isNewer)) {
        savers.get(saved.questionId)?.stop()
        savers.delete(saved.questionId)
        keep(saved.questionId, { ...savedDraft(saved), isFromElsewhere: true })
      }
    },
    write(questionId, answer, urgency) {
      if (!store.getState().ended) saverOf(questionId).write(answer, urgency)
    },
    flush(questionId) {
      if (store.getState().ended) return
      if (questionId !== undefined) savers.get(questionId)?.flush()
      else for (const saver of savers.values()) saver.flush()
    },
    shown: () =>
      Object.entries(store.getState().drafts).map(([questionId, { edit }]) => ({
        questionId: Number(questionId),
        edit,
      })),
    settled: () => once(store, (state) => state.ended !== null || Object.values(state.drafts).every(isSettled)),
    stop,
  }
}

export function unsavedQuestions({ drafts }: DraftsState): Id[] {
  return Object.entries(drafts)
    .filter(([, draft]) => draft.state !== 'clean')
    .map(([questionId]) => Number(questionId))
}

const untouched: Draft = { answer: '', edit: 0, state: 'clean', savedAt: null, refusal: null, isFromElsewhere: false }

function savedDraft({ answer, edit, savedAt }: Attempt['answers'][number]): Draft {
  return { ...untouched, answer, edit, savedAt }
}

function isSettled(draft: Draft): boolean {
  return draft.state === 'clean' || (draft.state === 'failed' && draft.refusal !== null)
}

function once<T>(store: StoreApi<T>, isTrue: (state: T) => boolean): Promise<void> {
  if (isTrue(store.getState())) return Promise.resolve()
  return new Promise((resolve) => {
    const unsubscribe = store.subscribe((state) => {
      if (!isTrue(state)) return
      unsubscribe()
      resolve()
    })
  })
}
