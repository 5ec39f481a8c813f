import type { Clock } from '../clock.ts'
import type { Backups } from './backups.ts'
import { changeSettings } from './settings.ts'

const hourMs = 3_600_000
const pauses = { hour: hourMs, day: 24 * hourMs, never: Number.POSITIVE_INFINITY }
const testEveryMs = 7 * 24 * hourMs

/** Nobody who has just started wants to wait for the disk. */
const firstAfterMs = 5 * 60_000
const lookEveryMs = 60_000

interface Schedule {
  backups: Backups
  dataDir: string
  clock: Clock
}

/** Looks once a minute whether a backup or a test is due, until told to stop. */
export function startSchedule(schedule: Schedule): () => void {
  let isStopped = false
  let timer = setTimeout(look, firstAfterMs).unref()
  async function look() {
    try {
      await lookOnce(schedule)
    } catch {
      // Not even the settings could be written, as on a full disk; the program goes on, and the next look tries again.
    }
    if (!isStopped) timer = setTimeout(look, lookEveryMs).unref()
  }
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}

/** A backup when the newest is too old, then its test when that is too old. What goes wrong stands in the state. */
export async function lookOnce({ backups, dataDir, clock }: Schedule) {
  if (backups.isBusy()) return
  const at = clock.now()
  try {
    const { every, lastTest } = backups.state()
    if (isOlder(backups.ownBackups()[0]?.madeAt, at, pauses[every])) {
      await backups.make('automatic')
      changeSettings(dataDir, { lastFailure: null })
    }
    const [newest] = backups.ownBackups()
    if (newest && isOlder(lastTest?.at, at, testEveryMs)) await backups.test(newest)
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 500) : 'unknown'
    changeSettings(dataDir, { lastFailure: { at: at.toISOString(), reason } })
  }
}

/** A time in the future, from before the clock was set back, is too old as well. */
function isOlder(time: string | undefined, now: Date, ms: number): boolean {
  if (ms === Number.POSITIVE_INFINITY) return false
  if (time === undefined) return true
  const age = now.getTime() - Date.parse(time)
  return age >= ms || age < -hourMs
}
