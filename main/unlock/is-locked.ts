import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isForPerson } from '../keys/key-ring.ts'
import { readSlots } from '../keys/slot-file.ts'
import { shutOutOf } from './shut-out.ts'

/** Whether there is data here that a person can unlock, or that nobody opens who was shut out. */
export function canBeUnlocked(dataDir: string): boolean {
  if (shutOutOf(dataDir)) return true
  const hasData = existsSync(join(dataDir, 'bdc.db')) || existsSync(join(dataDir, 'bdc.db.return'))
  return hasData && (readSlots(dataDir) ?? []).some(({ slots }) => slots.some(isForPerson))
}
