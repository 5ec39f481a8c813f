import { randomInt } from 'node:crypto'
import type { Clock } from '../../clock.ts'

const roundMs = 120_000
const minuteMs = 60_000
const triesPerMinute = 5
/** With two valid codes among a million, guessing within this many tries succeeds once in 16,000 rooms. */
const wrongTriesInAll = 30

export type Verdict = 'right' | 'wrong' | 'tooOften'

export interface RoomCode {
  shown(): { code: string; expiresInMs: number; alarms: number }
  /** Only wrong tries are counted, so that a whole class behind one address can come in. */
  judge(code: string, address: string): Verdict
}

/**
 * Six digits that only the trainer's screen shows, new every two minutes; the one before is good for one more round. Kept in
 * memory: after a restart of the program there is a new one, and whoever is in stays in.
 */
export function roomCode(clock: Clock): RoomCode {
  let code = newCode()
  let before: string | null = null
  let since = clock.monotonic()
  let wrongTries = 0
  let alarms = 0
  const triesOf = new Map<string, number[]>()

  function renewWhenDue() {
    const rounds = Math.floor((clock.monotonic() - since) / roundMs)
    if (rounds === 0) return
    before = rounds === 1 ? code : null
    code = newCode()
    since += rounds * roundMs
  }

  function alarm() {
    before = null
    code = newCode()
    since = clock.monotonic()
    wrongTries = 0
    alarms += 1
  }

  return {
    shown() {
      renewWhenDue()
      return { code, expiresInMs: Math.ceil(roundMs - (clock.monotonic() - since)), alarms }
    },
    judge(tried, address) {
      renewWhenDue()
      const recent = (triesOf.get(address) ?? []).filter((at) => clock.monotonic() - at < minuteMs)
      if (recent.length >= triesPerMinute) return 'tooOften'
      if (tried === code || tried === before) return 'right'
      triesOf.set(address, [...recent, clock.monotonic()])
      wrongTries += 1
      if (wrongTries >= wrongTriesInAll) alarm()
      return 'wrong'
    },
  }
}

function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}
