import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Id, RefusalData } from '../../../shared/contract/base.ts'
import type { Attempt, EditOfAnswer, SaveAnswer } from '../../../shared/contract/delivery.ts'
import { refusalOf } from '../../lib/refusal.ts'
import { NotKept } from './answer-saver.ts'
import { createDrafts, type Drafts, type SentAnswer, unsavedQuestions } from './drafts.ts'
import { type ClockReading, remainingAt } from './exam-clock.ts'
import { handInPatiently, isWorthWaiting, mayBeMended } from './hand-in.ts'
import type { KeptDrafts } from './kept-drafts.ts'
import { signsOfLife } from './signs-of-life.ts'
import { createStopwatch } from './stopwatch.ts'

/** The calls of the core that an attempt lives on. */
export interface AttemptCalls {
  saveAnswer(
    input: SaveAnswer,
  ): Promise<{ savedAt: string; remainingMs: number | null; isKept: boolean; storedEdit: number }>
  stay(input: { attemptId: Id; questionId: Id }): Promise<{
    state: Attempt['state']
    remainingMs: number | null
    isPaused: boolean
    stored: readonly EditOfAnswer[]
  }>
  /** The answers as the core has them now. */
  answers(input: { attemptId: Id }): Promise<Attempt['answers']>
  handIn(input: { attemptId: Id; shown: EditOfAnswer[] }): Promise<{ state: Attempt['state'] }>
  flag(input: { attemptId: Id; questionId: Id; isFlagged: boolean }): Promise<unknown>
}

export interface SessionState {
  currentId: Id
  clock: ClockReading
  /** What the last call threw, as long as none has come through since; null: the core answers. */
  trouble: unknown
  /** `writing`: answers are taken; then the last ones are saved and the attempt is handed in. */
  phase: 'writing' | 'handingIn' | 'timeIsUp' | 'over'
  /** Why the attempt could not be handed in, or cannot go on. */
  refusal: RefusalData | null
  /** What was not saved when the core took no more answers. */
  lost: readonly Id[]
  /** What the learner wants to come back to. */
  flagged: readonly Id[]
}

export interface AttemptSession {
  store: StoreApi<SessionState>
  drafts: Drafts
  turnTo(questionId: Id): void
  /** Marks a question to come back to, or takes the mark away. */
  flag(questionId: Id, isFlagged: boolean): void
  /** Saves what is not saved yet and hands in, however long the core is away. */
  handIn(): void
  /** Begins the signs of life and the clock; returns what ends them. */
  start(): () => void
}

interface Reply {
  state?: Attempt['state']
  remainingMs?: number | null
  isPaused?: boolean
}

const tickMs = 250

/** One sitting at one attempt: answers, signs of life, the clock, and the end. `now`: milliseconds of a monotonic clock. */
export function createAttemptSession(
  attempt: Attempt,
  calls: AttemptCalls,
  now: () => number,
  kept?: KeptDrafts,
): AttemptSession {
  const attemptId = attempt.id
  const store = createStore<SessionState>(() => firstState(attempt, now()))
  const stopwatch = createStopwatch(now)
  const drafts = createDrafts({ answers: attempt.answers, send, kept })
  const life = signsOfLife(stay)
  let isStopped = false

  /** Every call passes here: it tells whether the core is there, and how much time is left. */
  async function hear<T extends Reply | Attempt['answers']>(call: Promise<T>): Promise<T> {
    try {
      const reply = await call
      const wasAway = store.getState().trouble !== null
      if ('remainingMs' in reply && reply.remainingMs !== undefined)
        store.setState({ clock: readingOf(reply.remainingMs, reply.isPaused) })
      store.setState({ trouble: null })
      if (wasAway) drafts.flush()
      return reply
    } catch (error) {
      store.setState({ trouble: isWorthWaiting(error) ? error : null })
      throw error
    }
  }

  /** Only a sign of life tells of a pause; the other replies leave that as it was. */
  function readingOf(remainingMs: number | null, isPaused = store.getState().clock.isPaused ?? false): ClockReading {
    return { remainingMs, takenAt: now(), isPaused }
  }

  async function send(sent: SentAnswer): Promise<string> {
    const seconds = stopwatch.take(sent.questionId)
    try {
      const { savedAt, isKept, storedEdit } = await hear(calls.saveAnswer({ attemptId, ...sent, seconds }))
      if (!isKept) throw new NotKept(storedEdit)
      return savedAt
    } catch (error) {
      stopwatch.giveBack(sent.questionId, seconds)
      throw error
    }
  }

  async function stay() {
    const questionId = store.getState().currentId
    stopwatch.turnTo(questionId)
    try {
      const { state, stored } = await hear(calls.stay({ attemptId, questionId }))
      if (state !== 'running') finish()
      else if (stored.some(drafts.isNewer)) await adopt()
    } catch (error) {
      if (isWorthWaiting(error)) throw error
      const refusal = refusalOf(error)
      if (refusal?.key === 'attempt.otherSeat') await deliver()
      finish(refusal)
    }
  }

  async function adopt() {
    drafts.adopt(await hear(calls.answers({ attemptId })))
  }

  /** Another seat goes on with this attempt; what was typed here still belongs to it. */
  async function deliver() {
    drafts.flush()
    await drafts.settled()
  }

  function tick() {
    const { clock, phase } = store.getState()
    const { ended } = drafts.store.getState()
    if (phase === 'over' || phase === 'timeIsUp') return
    if (ended === 'attempt.handedIn') return finish()
    if (ended === null && remainingAt(clock, now()) !== 0) return
    store.setState({ phase: 'timeIsUp' })
    if (phase === 'writing') void end()
  }

  async function end() {
    drafts.flush()
    await drafts.settled()
    const unwanted = Object.values(drafts.store.getState().drafts).find((draft) => draft.refusal !== null)
    if (unwanted && store.getState().phase === 'handingIn') return backToWriting(unwanted.refusal)

    const refusal = await handInPatiently({
      call: () => hear(calls.handIn({ attemptId, shown: drafts.shown() })),
      isTimeUp: () => store.getState().phase === 'timeIsUp',
      async askRemainingMs() {
        const { remainingMs } = await hear(calls.stay({ attemptId, questionId: store.getState().currentId }))
        return remainingMs ?? 0
      },
      isGivenUp: () => isStopped || store.getState().phase === 'over',
    })
    if (isStopped || store.getState().phase === 'over') return
    // Where this does not come through, the next sign of life brings them.
    if (refusal?.key === 'attempt.answeredElsewhere') await adopt().catch(() => {})
    if (mayBeMended(refusal)) backToWriting(refusal)
    else finish(refusal)
  }

  function backToWriting(refusal: RefusalData | null) {
    store.setState({ phase: 'writing', refusal })
  }

  function finish(refusal: RefusalData | null = null) {
    drafts.stop()
    life.stop()
    store.setState({ phase: 'over', refusal, lost: unsavedQuestions(drafts.store.getState()) })
  }

  return {
    store,
    drafts,
    turnTo(questionId) {
      drafts.flush(store.getState().currentId)
      store.setState({ currentId: questionId })
      life.giveNow()
    },
    flag(questionId, isFlagged) {
      const others = store.getState().flagged.filter((id) => id !== questionId)
      store.setState({ flagged: isFlagged ? [...others, questionId] : others })
      // A note to oneself: on this screen it stands in any case, and an answer must never wait for it.
      void hear(calls.flag({ attemptId, questionId, isFlagged }).then(() => ({}))).catch(() => {})
    },
    handIn() {
      if (store.getState().phase !== 'writing') return
      store.setState({ phase: 'handingIn', refusal: null })
      void end()
    },
    start() {
      isStopped = false
      life.start()
      const ticking = setInterval(tick, tickMs)
      return () => {
        isStopped = true
        clearInterval(ticking)
        life.stop()
        drafts.flush()
        drafts.stop()
      }
    },
  }
}

function firstState(
  { currentQuestionId, remainingMs, isPaused, flagged, questions }: Attempt,
  takenAt: number,
): SessionState {
  const [first] = questions
  if (!first) throw new Error('An attempt without questions cannot begin.')
  const currentId = currentQuestionId ?? first.id
  const clock = { remainingMs, takenAt, isPaused }
  return { currentId, clock, trouble: null, phase: 'writing', refusal: null, lost: [], flagged }
}
