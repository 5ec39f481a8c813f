import type { RefusalData } from '../../../shared/contract/base.ts'
import { refusalOf } from '../../lib/refusal.ts'
import { growingPause } from './growing-pause.ts'

/** `dirty`: not sent yet; `failed`: sent, and nobody has said that it was kept; only `clean` may be called saved. */
export type DraftState = 'clean' | 'dirty' | 'saving' | 'failed'

export interface Draft {
  answer: string
  /** Number of the newest edit; goes on from the one the core knows. */
  edit: number
  state: DraftState
  /** When the core last said that it had kept this answer, in its own time; null: never. */
  savedAt: string | null
  /** Why the core does not want this answer, where it said so. */
  refusal: RefusalData | null
  /** Written in another window or at another seat, and not changed here since. */
  isFromElsewhere: boolean
}

/** The core holds another answer with this or a higher edit number, so this one was not stored. */
export class NotKept extends Error {
  override name = 'NotKept'
  readonly storedEdit: number

  constructor(storedEdit: number) {
    super('The core holds a newer edit of this answer.')
    this.storedEdit = storedEdit
  }
}

/** `now`: a choice is complete at once; `afterPause`: more letters are likely to come. */
export type Urgency = 'now' | 'afterPause'

export interface AnswerSaverOptions {
  draft: Draft
  /** Resolves with the time of the save once the answer is on the disk. */
  send(answer: string, edit: number): Promise<string>
  onChange(draft: Draft): void
}

export interface AnswerSaver {
  write(answer: string, urgency: Urgency): void
  /** Sends what is not saved without waiting for a pause. */
  flush(): void
  /** Gives up what is not under way, until the next write or flush. */
  stop(): void
}

const pauseMs = 600
const longestWaitMs = 3_000

/** Brings the newest edit of one answer to the core: one call at a time, and again until the core has it. */
export function answerSaver({ draft: first, send, onChange }: AnswerSaverOptions): AnswerSaver {
  let draft = first
  let isUnderWay = false
  let isDue = false
  let isStopped = false
  let failures = 0
  const timers = savingTimers(flush)

  function change(next: Partial<Draft>) {
    draft = { ...draft, ...next }
    onChange(draft)
  }

  function flush() {
    timers.clear()
    isStopped = false
    isDue = true
    if (!isUnderWay && draft.state !== 'clean') void push()
  }

  async function push() {
    const { answer, edit } = draft
    isUnderWay = true
    isDue = false
    change({ state: 'saving' })
    const outcome = await send(answer, edit).then(
      (savedAt) => ({ savedAt, refusal: null }),
      (error: unknown) => ({
        refusal: refusalOf(error),
        newerEdit: error instanceof NotKept ? error.storedEdit : null,
      }),
    )
    isUnderWay = false
    if ('savedAt' in outcome) arrived(outcome, edit)
    else failed(outcome)
  }

  function arrived(outcome: Pick<Draft, 'savedAt' | 'refusal'>, edit: number) {
    failures = 0
    change({ ...outcome, state: draft.edit === edit ? 'clean' : 'dirty' })
    if (isDue && draft.state === 'dirty') flush()
  }

  function failed({ refusal, newerEdit }: Pick<Draft, 'refusal'> & { newerEdit: number | null }) {
    failures += 1
    timers.clear()
    const edit = newerEdit === null ? draft.edit : Math.max(draft.edit, newerEdit + 1)
    change({ refusal, edit, state: 'failed' })
    if (!isStopped) timers.retryAfter(growingPause(failures))
  }

  return {
    write(answer, urgency) {
      if (answer === draft.answer) return
      isStopped = false
      const state = timers.isRetrying() ? 'failed' : 'dirty'
      change({ answer, edit: draft.edit + 1, state, isFromElsewhere: false })
      if (urgency === 'now') flush()
      else if (!timers.isRetrying()) timers.flushAfterPause()
    },
    flush,
    stop() {
      timers.clear()
      isStopped = true
    },
  }
}

type Timer = ReturnType<typeof setTimeout>

/** When typing pauses or has gone on for long, or when a failed call is due again. */
function savingTimers(flush: () => void) {
  let pause: Timer | undefined
  let longestWait: Timer | undefined
  let retry: Timer | undefined

  return {
    flushAfterPause() {
      clearTimeout(pause)
      pause = setTimeout(flush, pauseMs)
      longestWait ??= setTimeout(flush, longestWaitMs)
    },
    retryAfter(ms: number) {
      retry = setTimeout(flush, ms)
    },
    isRetrying: () => retry !== undefined,
    clear() {
      for (const timer of [pause, longestWait, retry]) clearTimeout(timer)
      pause = longestWait = retry = undefined
    },
  }
}
