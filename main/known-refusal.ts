import { ValidationError } from '@orpc/contract'
import { ORPCError } from '@orpc/server'
import type { DiskTrouble, RefusalData } from '../shared/contract/base.ts'
import { Refusal, type RefusalCode, refusalStatus } from '../shared/refusal.ts'
import { diskTroubleIn } from './database/disk-trouble.ts'

const wireCodes = {
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  notFound: 'NOT_FOUND',
  conflict: 'CONFLICT',
  tooLarge: 'PAYLOAD_TOO_LARGE',
  invalid: 'UNPROCESSABLE_CONTENT',
  throttled: 'TOO_MANY_REQUESTS',
} as const satisfies Record<RefusalCode, string>

/** The form in which a refusal travels; hosts use it for what they refuse before the door. */
export function wireRefusal({ code, key, params }: Refusal): ORPCError<string, RefusalData> {
  return new ORPCError(wireCodes[code], { status: refusalStatus[code], message: key, data: { key, params } })
}

/** The wire form of an expected "no"; undefined for a bug. */
export function knownRefusal(error: unknown): ORPCError<string, RefusalData | DiskTrouble> | undefined {
  if (error instanceof Refusal) return wireRefusal(error)
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
    return wireRefusal(new Refusal('invalid', 'door.invalidInput', { field: firstField(error.cause) }))
  }
  const disk = diskTroubleIn(error)
  return disk && diskTrouble(disk, error)
}

/** No refusal of what was asked: the same call is welcome once there is room again, so the screens try again. */
function diskTrouble(disk: DiskTrouble['disk'], cause: unknown): ORPCError<string, DiskTrouble> {
  process.stderr.write(`The disk is ${disk}: ${String(cause)}\n`)
  const message = disk === 'full' ? 'The disk is full: free some space.' : 'The disk fails: have it looked at.'
  return new ORPCError('SERVICE_UNAVAILABLE', { status: 503, message, data: { disk } })
}

function firstField({ issues }: ValidationError): string {
  const path = issues[0]?.path ?? []
  return path.map((step) => (typeof step === 'object' ? step.key : step)).join('.')
}
