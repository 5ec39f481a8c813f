import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isForPerson } from '../keys/key-ring.ts'
import { readSlots } from '../keys/slot-file.ts'

/** Whether there is data here that a person can unlock. */
export function canBeUnlocked(dataDir: string): boolean {
  const hasData = existsSync(join(dataDir, 'bdc.db')) || existsSync(join(dataDir, 'bdc.db.return'))
  return hasData && (readSlots(dataDir) ?? []).some(({ slots }) => slots.some(isForPerson))
}
