import type { Id } from '../../../shared/contract/base.ts'
import type { Clock } from '../../clock.ts'
import type { DatabaseFile } from '../../database/database.ts'
import type { GoogleAddresses } from './google/client.ts'
import { CalendarFailure } from './provider.ts'
import { accountById, activeAccounts, noteTry } from './queries.ts'
import { agree, providerOf } from './round.ts'
import { markOf } from './units.ts'

export interface Rounds {
  /** Both sides agree, or the account says why they could not; a round that is under way is followed by another one. */
  now(accountId: Id): Promise<void>
  isRunning(accountId: Id): boolean
  stop(): Promise<void>
}

interface Options {
  database: DatabaseFile
  clock: Clock
  google: GoogleAddresses
  /** Of what is a mistake of the program. */
  onFailure(error: unknown): Promise<void>
}

const everyMs = 15 * 60_000
const lookMs = 5000
/** While a side does not answer, it is asked less often each time. */
const [firstPauseMs, longestPauseMs] = [60_000, 60 * 60_000]

interface State {
  failures: number
  dueAt: number
  /** How the appointments stood when both sides agreed last. */
  mark: string
}

/**
 * Agrees with the calendars elsewhere: at the start, within seconds of a change, every quarter of an hour, and when somebody
 * asks; without an account nothing happens. Nobody's save ever waits for it.
 */
export function keepCalendarsAgreed({ database, clock, google, onFailure }: Options): Rounds {
  const stopping = new AbortController()
  const states = new Map<Id, State>()
  const running = new Map<Id, Promise<void>>()

  async function attempt(id: Id) {
    const account = await accountById(database.reader, id)
    if (!account) return
    const mark = await markOf(database.reader, account.user_id)
    const failures = states.get(id)?.failures ?? 0
    try {
      const provider = await providerOf(account, { db: database.reader, clock, google, stopping: stopping.signal })
      await agree({ database, clock, account, provider, stopping: stopping.signal })
      states.set(id, { failures: 0, dueAt: clock.monotonic() + everyMs, mark })
    } catch (error) {
      if (stopping.signal.aborted) return
      if (!(error instanceof CalendarFailure)) await onFailure(error)
      const problem = error instanceof CalendarFailure ? error.trouble : 'odd'
      const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 10))
      states.set(id, { failures: failures + 1, dueAt: clock.monotonic() + pause, mark })
      await database.write((db) => noteTry(db, id, problem, clock.now().toISOString()))
    }
  }

  function begin(id: Id): Promise<void> {
    const next = (running.get(id) ?? Promise.resolve()).then(() => (stopping.signal.aborted ? undefined : attempt(id)))
    const ended = next.catch(onFailure).finally(() => {
      if (running.get(id) === ended) running.delete(id)
    })
    running.set(id, ended)
    return ended
  }

  async function look() {
    for (const { id, userId } of await activeAccounts(database.reader)) {
      const state = states.get(id)
      const isDue = !state || clock.monotonic() >= state.dueAt
      const isChanged = state && state.failures === 0 && (await markOf(database.reader, userId)) !== state.mark
      if ((isDue || isChanged) && !running.has(id)) void begin(id)
    }
  }

  let looking: Promise<void> = look().catch(onFailure)
  const timer = setInterval(() => {
    looking = looking.then(look).catch(onFailure)
  }, lookMs).unref()
  return {
    now: begin,
    isRunning: (id) => running.has(id),
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await looking
      await Promise.all(running.values())
    },
  }
}
