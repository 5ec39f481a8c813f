import type { KeyStore } from '../database/key.ts'
import type { OpenedSlot } from '../keys/slot-file.ts'

/** The key that somebody has just unlocked. */
export function knownKey({ databaseKey, slotId }: OpenedSlot): KeyStore {
  return {
    load: async () => databaseKey,
    async save() {
      throw new Error('A key that is known belongs to data that is there.')
    },
    openedSlot: () => slotId,
  }
}
