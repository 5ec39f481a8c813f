import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Id } from '../shared/contract/base.ts'
import type { ActorKind } from '../shared/permissions.ts'
import { Refusal } from '../shared/refusal.ts'
import type { Role } from '../shared/roles.ts'
import { builtOnce } from './database/built-once.ts'
import type { Reader } from './database/database.ts'

/** Who a call is from, as the session in the database says it. */
export interface Actor {
  kind: ActorKind
  /** The signed-in person; at a kiosk the one who opened it. */
  userId: Id | null
  organizationId: Id | null
  sessionId: Id | null
  /** Of the person, also while the screen is locked; null without a session. */
  role: Role | null
  /** The learner: the student's own record, or who sits at the kiosk. */
  beneficiaryId: Id | null
  /** The classroom session that this device was let into. */
  classroomId: Id | null
  /** When the session last wrote something; null without a session. */
  lastActivity: string | null
}

export const nobody: Actor = {
  kind: 'nobody',
  userId: null,
  organizationId: null,
  sessionId: null,
  beneficiaryId: null,
  classroomId: null,
  lastActivity: null,
  role: null,
}

/** 256 random bits; the database only ever sees their digest. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export async function authenticate(db: Reader, token: string | undefined, now: Date): Promise<Actor> {
  if (!token) return nobody
  const [session] = await liveSession(db, { tokenDigest: digestOf(token), now: now.toISOString() })
  if (!session) return nobody

  if (session.kind === 'user' && isOver(session, now)) return nobody
  return {
    kind: session.kind === 'user' ? kindOf(session, now) : session.kind,
    userId: session.userId,
    organizationId: session.organizationId,
    sessionId: session.sessionId,
    lastActivity: session.lastActivity,
    classroomId: session.classroomId,
    beneficiaryId: session.kind === 'user' ? session.ownBeneficiaryId : session.seatedId,
    role: session.role,
  }
}

interface Life {
  lastActivity: string | null
  lockedAt: string | null
  lockAfterSeconds: number | null
}

/** Activity is written down once a minute, and the page that locks itself may be a moment behind. */
const graceMs = 90_000
/** Nobody comes back to a screen after so long: then it takes the whole sign-in. */
const idleExpiryMs = 8 * 3_600_000

function kindOf(session: Life & { role: Role; isVerified: boolean }, now: Date): ActorKind {
  if (session.lockedAt !== null || isLeftAlone(session, now)) return 'locked'
  return session.isVerified ? session.role : 'unverified'
}

/** Also for a page that was asleep or killed and could not lock itself, and after the clock was turned back. */
function isLeftAlone({ lastActivity, lockAfterSeconds }: Life, now: Date): boolean {
  if (lockAfterSeconds === null || lastActivity === null) return false
  const idle = now.getTime() - Date.parse(lastActivity)
  return idle > lockAfterSeconds * 1000 + graceMs || idle < -graceMs
}

function isOver({ lastActivity }: Life, now: Date): boolean {
  return lastActivity !== null && now.getTime() - Date.parse(lastActivity) > idleExpiryMs
}

const liveSession = builtOnce((db: Reader, { tokenDigest, now }: { tokenDigest: string; now: string }) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .leftJoin('beneficiaries', 'beneficiaries.user_id', 'users.id')
    .leftJoin('beneficiaries as seated', (join) =>
      join.onRef('seated.id', '=', 'sessions.beneficiary_id').on('seated.deleted_at', 'is', null),
    )
    .leftJoin('organizations', 'organizations.id', 'users.organization_id')
    .select([
      'sessions.id as sessionId',
      'sessions.kind',
      'sessions.last_activity as lastActivity',
      'sessions.locked_at as lockedAt',
      'sessions.lock_after_seconds as lockAfterSeconds',
      'seated.id as seatedId',
      'sessions.classroom_session_id as classroomId',
      'users.id as userId',
      'users.role',
      'users.is_verified as isVerified',
      sql<Id | null>`coalesce(sessions.entered_organization_id, users.organization_id)`.as('organizationId'),
      'beneficiaries.id as ownBeneficiaryId',
    ])
    .where('sessions.token', '=', tokenDigest)
    .where('sessions.expires_at', '>', now)
    .where('users.is_active', '=', true)
    .where('beneficiaries.deleted_at', 'is', null)
    .where((eb) => eb.or([eb('organizations.is_active', 'is not', false), eb('users.role', '=', 'super_admin')])),
)

/** The tenant that the call is confined to. */
export function organizationOf(actor: Actor): Id {
  if (actor.organizationId === null) throw new Refusal('forbidden', 'door.forbidden')
  return actor.organizationId
}

/** The learner whose answers and results the call may touch. */
export function learnerOf(actor: Actor): Id {
  if (actor.beneficiaryId === null) throw new Refusal('forbidden', 'kiosk.nobodySeated')
  return actor.beneficiaryId
}
