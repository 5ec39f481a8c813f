import type { Severity } from '../../../shared/contract/activity.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { Clock } from '../../clock.ts'
import type { DatabaseFile } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import { anonymousError, describeError } from './anonymous-error.ts'

interface Failure {
  error: unknown
  /** What the user was shown, when there was one. */
  requestId?: string
  /** Dotted name of the procedure, or of the part of the program. */
  place: string
  severity?: Severity
  /** Numbers and words of the program, never what somebody typed. */
  context?: Record<string, number | string | null>
  organizationId?: Id | null
  userId?: Id | null
}

/**
 * Writes an unexpected error down under its request id: kind, code and places in our own files, never its message or the
 * input. When even that fails, as on a full disk, standard error has to do.
 */
export async function recordError(
  { database, clock }: { database: DatabaseFile; clock: Clock },
  failure: Failure,
): Promise<void> {
  const { error, requestId, place, severity = severityOf(error) } = failure
  const { type, message, frames } = anonymousError(error)
  try {
    await database.write(async (db) =>
      db
        .insertInto('error_logs')
        .values({
          id: await mintId(db, 'error_logs'),
          organization_id: failure.organizationId ?? null,
          timestamp: clock.now().toISOString(),
          error_type: type,
          error_message: message,
          traceback: frames.length > 0 ? frames.join('\n') : null,
          severity,
          context: { procedure: place, ...failure.context },
          request_id: requestId ?? null,
          user_id: failure.userId ?? null,
        })
        .execute(),
    )
  } catch {
    process.stderr.write(`${requestId ?? '-'} ${place}: ${describeError(error)}\n`)
  }
}

/** What damages or loses data is worse than a call that failed. */
function severityOf(error: unknown): Severity {
  const code = error instanceof Error ? String(Reflect.get(error, 'code')) : ''
  return /^(SQLITE_(CORRUPT|NOTADB|IOERR|FULL|READONLY)|ENOSPC|EIO)/.test(code) ? 'critical' : 'error'
}
