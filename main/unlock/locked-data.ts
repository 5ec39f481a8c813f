import type { UnlockStatus } from '../../shared/contract/unlock.ts'
import type { Clock } from '../clock.ts'
import type { PassphraseCost } from '../keys/passphrase.ts'
import type { OpenedSlot } from '../keys/slot-file.ts'

export interface LockedData {
  dataDir: string
  clock: Clock
  /** Of a new passphrase; tests take a quick one. */
  cost?: PassphraseCost
  /** Why the data does not open by itself. */
  keychain?: UnlockStatus['keychain']
  onUnlocked: (opened: OpenedSlot) => void
}
