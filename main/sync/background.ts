import { Worker } from 'node:worker_threads'
import * as z from 'zod'
import type { DatabaseFile } from '../database/database.ts'
import type { Outcome, Progress } from './round.ts'
import type { SyncWorkerInput } from './thread.ts'

export interface Background {
  /** Begins a round as soon as may be. */
  now(): void
  /** The way to the centre is another one from the next round on. */
  changeWay(): void
  /** What the round that is going on has done, of how much. */
  running(): { step: Progress['doing']; done: number; all: number } | null
  /** The last round found nobody at the centre. */
  isAway(): boolean
  /** Lets the round that is going on reach its next transaction, and begins no other. */
  stop(): Promise<void>
}

export interface BackgroundOptions {
  database: DatabaseFile
  app: string
  /** The module of a thread that knows another way to the centre, for trials without a network. */
  way?: string | undefined
  /** After each round, in the thread of the program. */
  onOutcome?: (outcome: Outcome) => Promise<void>
  onFailure?: (error: unknown) => Promise<void>
  /** 0 to 1. */
  chance?: () => number
}

/** Somebody who writes usually goes on writing. */
const restAfterChangeMs = 2000
const everyMs = 60_000
const lookMs = 500
const patienceMs = 2000
/** Full jitter (AWS Architecture Blog, 2015): machines that lost the centre together do not come back together. */
const [firstPauseMs, longestPauseMs] = [1000, 5 * 60_000]

const Message = z.union([
  z.object({ progress: z.custom<Progress>() }),
  z.object({ outcome: z.custom<Outcome>() }),
  z.object({ failed: z.string() }),
  /** Behind a round: of the contents of documents. */
  z.object({ troubled: z.string() }),
])

/**
 * Agrees with the centre in a thread of its own: at the start, two seconds after a change, every minute, and when somebody
 * asks. While nobody answers, it waits longer each time.
 */
export function startBackground(options: BackgroundOptions): Background {
  const { database, onOutcome = async () => {}, onFailure = async () => {}, chance = Math.random } = options
  // Asked anew each time: after an error of the disk the connection is another one.
  const changeNow = () => database.connection.prepare<[], number>('SELECT change FROM sync_state').pluck().get() ?? 0
  let worker: Worker | undefined
  let progress: Progress | null = null
  let isRunning = false
  let failures = 0
  let seen = changeNow()
  let changedAt: number | undefined
  let dueAt = performance.now()

  function settle(outcome: Outcome | undefined) {
    isRunning = false
    progress = null
    failures = outcome === 'done' || outcome === 'notEnrolled' ? 0 : failures + 1
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 20))
    dueAt = performance.now() + (failures === 0 ? everyMs : Math.max(firstPauseMs, pause * chance()))
  }

  function started(): Worker {
    const own = import.meta.url.endsWith('.ts') ? './worker.ts' : './sync-worker.js'
    const place = new URL(options.way ?? own, import.meta.url)
    const { path, key, underWay } = database
    const input: SyncWorkerInput = { path, key, app: options.app, underWay }
    const next = new Worker(place, { workerData: input, stdin: false })
    next.on('message', (data: unknown) => {
      const message = Message.parse(data)
      if ('progress' in message) {
        progress = message.progress
        return
      }
      if ('troubled' in message) {
        void onFailure(new Error(message.troubled))
        return
      }
      settle('outcome' in message ? message.outcome : undefined)
      void ('outcome' in message ? onOutcome(message.outcome) : onFailure(new Error(message.failed)))
    })
    // Such as a disk that failed: the next round begins in a thread that opens everything anew.
    next.on('error', (error) => void onFailure(error))
    next.on('exit', () => {
      if (worker !== next) return
      worker = undefined
      settle(undefined)
    })
    return next
  }

  function begin() {
    if (isRunning) return
    isRunning = true
    worker ??= started()
    worker.postMessage('round')
  }

  function look() {
    const now = performance.now()
    const latest = changeNow()
    if (latest !== seen) [seen, changedAt] = [latest, now]
    const isRested = changedAt !== undefined && now - changedAt >= restAfterChangeMs && failures === 0
    if (!isRested && now < dueAt) return
    changedAt = undefined
    begin()
  }

  /** A disk that fails is told by whoever writes; the next look tries again. */
  function lookAgain() {
    try {
      look()
    } catch {
      dueAt = performance.now() + firstPauseMs
    }
  }

  const timer = setInterval(lookAgain, lookMs).unref()
  return {
    now: begin,
    changeWay: () => worker?.postMessage('way'),
    running() {
      if (!isRunning) return null
      const { doing, done, total } = progress ?? { doing: 'push' as const, done: 0, total: 0 }
      return { step: doing, done, all: total }
    },
    isAway: () => failures > 0,
    async stop() {
      clearInterval(timer)
      const last = worker
      worker = undefined
      if (!last) return
      const gone = new Promise((resolve) => last.once('exit', resolve))
      last.postMessage('end')
      // A round may be cut off anywhere, and nobody who closes the program waits for a line that hangs.
      const patience = setTimeout(() => void last.terminate(), patienceMs)
      await gone
      clearTimeout(patience)
    },
  }
}
