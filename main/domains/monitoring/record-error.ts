import type { Clock } from '../../clock.ts'
import type { DatabaseFile } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'

interface Failure {
  error: unknown
  requestId: string
  /** Dotted name of the procedure. */
  procedure: string
}

/**
 * Writes an unexpected error down under its request id. Keeps the kind of error, the message and the stack, never the
 * input. When even that fails, as on a full disk, standard error has to do.
 */
export async function recordError(
  { database, clock }: { database: DatabaseFile; clock: Clock },
  { error, requestId, procedure }: Failure,
): Promise<void> {
  const failure = error instanceof Error ? error : new Error(String(error))
  try {
    await database.write(async (db) =>
      db
        .insertInto('error_logs')
        .values({
          id: await mintId(db, 'error_logs'),
          timestamp: clock.now().toISOString(),
          error_type: failure.name.slice(0, 100),
          error_message: failure.message,
          traceback: failure.stack ?? null,
          severity: 'error',
          context: { procedure },
          request_id: requestId,
        })
        .execute(),
    )
  } catch {
    process.stderr.write(`${requestId} ${procedure}: ${failure.stack}\n`)
  }
}
