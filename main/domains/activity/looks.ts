import type { Id } from '../../../shared/contract/base.ts'
import type { Actor } from '../../actor.ts'
import type { Clock } from '../../clock.ts'
import type { DatabaseFile, Writer } from '../../database/database.ts'
import { logActivity } from './log.ts'
import { countRepeat } from './queries.ts'

export interface Look {
  actor: Actor
  action: string
  resource: string
  resourceId: Id
  visitor: { ipAddress: string; userAgent: string }
  /** Every further piece belongs to the look that the first one was. */
  isInPieces: boolean
}

export interface Looks {
  /**
   * The first look of a person at a file is on the disk when this returns. Looks within the next five minutes are counted
   * on that line, behind the answer: a page that reads itself again must not wait for the disk each time.
   */
  record(look: Look): Promise<void>
}

interface Options {
  database: DatabaseFile
  clock: Clock
  /** Told of a first look in the transaction that notes it, before it is noted. */
  onFirst(db: Writer, look: Look, now: string): Promise<void>
  /** Hears of a count that could not be kept. */
  onFailure(error: unknown): Promise<unknown>
}

const windowMs = 5 * 60_000
const mostRemembered = 1000

export function looksOf({ database, clock, onFirst, onFailure }: Options): Looks {
  const recent = new Map<string, { activityId: Id; began: number }>()

  async function first(key: string, look: Look) {
    const now = clock.now()
    const { isInPieces: _, ...noted } = look
    const activityId = await database.write(async (db) => {
      await onFirst(db, look, now.toISOString())
      return logActivity(db, database.auditKey, { ...noted, details: {}, now: now.toISOString() })
    })
    if (recent.size >= mostRemembered) recent.clear()
    recent.set(key, { activityId, began: now.getTime() })
  }

  return {
    async record(look) {
      const { actor, action, resourceId, visitor } = look
      const key = [actor.userId, action, resourceId, visitor.ipAddress, visitor.userAgent].join(' ')
      const now = clock.now()
      const known = recent.get(key)
      if (!known || Math.abs(now.getTime() - known.began) >= windowMs) return first(key, look)
      if (look.isInPieces) return
      void database.write((db) => countRepeat(db, known.activityId, now.toISOString())).catch(onFailure)
    },
  }
}
