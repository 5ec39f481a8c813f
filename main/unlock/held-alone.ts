import { Refusal } from '../../shared/refusal.ts'
import { DataInUse, type DataLock, lockData } from '../database/lock.ts'

/** Nobody else has the data open from now on; where another BDC has, whoever asks is told so instead of waiting for it. */
export function heldAlone(databasePath: string): DataLock {
  try {
    return lockData(databasePath)
  } catch (error) {
    throw error instanceof DataInUse ? new Refusal('conflict', 'keys.inUse') : error
  }
}
