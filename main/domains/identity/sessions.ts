import type { Id } from '../../../shared/contract/base.ts'
import { digestOf, newToken } from '../../actor.ts'
import type { WriteContext } from '../../context.ts'
import { deleteExpiredSessions, insertSession } from './queries.ts'

const hour = 3_600_000
/** A working day, and a kiosk that stays a kiosk until somebody with the password ends it. */
const lifetimes = { user: 12 * hour, kiosk: 400 * 24 * hour }

interface Seat {
  /** Who opened the room. */
  userId: Id
  classroomId: Id
  /** The organization that the room is of. */
  enteredId: Id
  deviceName: string
  /** When the room ends. */
  expiresAt: string
}

/** Lets the caller's device into a classroom session, from the commit on. */
export async function startRoomSession(context: WriteContext, seat: Seat) {
  const token = newToken()
  const { ipAddress, userAgent } = context.visitor
  await deleteExpiredSessions(context.db, context.now)
  const session = { ...seat, kind: 'room' as const, tokenDigest: digestOf(token), ipAddress, userAgent }
  await insertSession(context.db, session, context.now)
  context.setToken(token, { lasting: true })
}

/** Gives the caller a session of this kind, from the commit on. */
export async function startSession(
  context: WriteContext,
  userId: Id,
  kind: 'user' | 'kiosk',
  /** Where it works, when that may not be the user's own organization. */
  enteredId: Id | null = null,
) {
  const token = newToken()
  await deleteExpiredSessions(context.db, context.now)
  await insertSession(
    context.db,
    {
      userId,
      tokenDigest: digestOf(token),
      kind,
      enteredId,
      ipAddress: context.visitor.ipAddress,
      userAgent: context.visitor.userAgent,
      expiresAt: new Date(Date.parse(context.now) + lifetimes[kind]).toISOString(),
    },
    context.now,
  )
  context.setToken(token, { lasting: kind === 'kiosk' })
}
