import { ORPCError } from '@orpc/client'
import { DiskTrouble, RefusalData } from '../../shared/contract/base.ts'
import { WaitsForUnlock } from '../../shared/contract/unlock.ts'

/** The "no" of the core that is in an error, if there is one; null for bugs and lost connections. */
export function refusalOf(error: unknown): RefusalData | null {
  if (!(error instanceof ORPCError)) return null
  const parsed = RefusalData.safeParse(error.data)
  return parsed.success ? parsed.data : null
}

/** The number under which an unexpected error is written down in the error log, if the core got that far. */
export function requestIdOf(error: unknown): string | null {
  if (!(error instanceof ORPCError)) return null
  const data: unknown = error.data
  return typeof data === 'object' && data !== null && 'requestId' in data ? String(data.requestId) : null
}

/** What is wrong with the disk of the core, where that is why a call did not come through. */
export function diskTroubleOf(error: unknown): DiskTrouble['disk'] | null {
  if (!(error instanceof ORPCError)) return null
  const parsed = DiskTrouble.safeParse(error.data)
  return parsed.success ? parsed.data.disk : null
}

/** The core was started again, and answers nothing before somebody has unlocked its data. */
export function isWaitingForUnlock(error: unknown): boolean {
  return error instanceof ORPCError && WaitsForUnlock.safeParse(error.data).success
}
