import type { BackupSecret } from '../../shared/contract/backups.ts'
import { Refusal } from '../../shared/refusal.ts'
import { openBackup, wrongSecret } from '../backup/open-backup.ts'
import type { OpenedSlot } from '../keys/slot-file.ts'

export type Attempt = ReturnType<typeof tries>

const freeTries = 5
const longestWait = 300

/**
 * Wrong tries at a locked computer: after five 1, 2, 4 … 300 seconds, one try at a time. In memory, since whoever can start
 * the program anew has the file as well; against those, what counts is the cost of a guess.
 */
export function tries(monotonic: () => number) {
  let failures = 0
  let openAgainAt = 0
  let isBusy = false

  return async function attempt<T>(attemptOne: () => Promise<T | undefined>, wrong: Refusal): Promise<T> {
    const seconds = Math.ceil((openAgainAt - monotonic()) / 1000)
    if (seconds > 0) throw new Refusal('throttled', 'keys.wait', { seconds })
    if (isBusy) throw new Refusal('throttled', 'keys.wait', { seconds: 1 })
    isBusy = true
    try {
      const result = await attemptOne()
      if (result !== undefined) return result
    } finally {
      isBusy = false
    }
    failures += 1
    const wait = failures < freeTries ? 0 : Math.min(longestWait, 2 ** (failures - freeTries))
    openAgainAt = monotonic() + wait * 1000
    throw wrong
  }
}

/** The same for the secret of a backup. Without one, nothing is guessed. */
export async function openedBackup(attempt: Attempt, backup: string, secret: BackupSecret | null): Promise<OpenedSlot> {
  if (secret === null) throw new Refusal('invalid', 'backups.secretNeeded')
  const wrong = wrongSecret(secret)
  return attempt(async () => {
    try {
      return await openBackup(backup, secret)
    } catch (error) {
      if (error instanceof Refusal && error.key === wrong.key) return undefined
      throw error
    }
  }, wrong)
}
