import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Id } from '../shared/contract/base.ts'
import type { ActorKind } from '../shared/permissions.ts'
import { Refusal } from '../shared/refusal.ts'
import { builtOnce } from './database/built-once.ts'
import type { Reader } from './database/database.ts'

/** Who a call is from, as the session in the database says it. */
export interface Actor {
  kind: ActorKind
  /** The signed-in person; at a kiosk the one who opened it. */
  userId: Id | null
  organizationId: Id | null
  sessionId: Id | null
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

  return {
    kind: session.kind === 'user' ? session.role : session.kind,
    userId: session.userId,
    organizationId: session.organizationId,
    sessionId: session.sessionId,
    lastActivity: session.lastActivity,
    classroomId: session.classroomId,
    beneficiaryId: session.kind === 'user' ? session.ownBeneficiaryId : session.seatedId,
  }
}

const liveSession = builtOnce((db: Reader, { tokenDigest, now }: { tokenDigest: string; now: string }) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .leftJoin('beneficiaries', 'beneficiaries.user_id', 'users.id')
    .leftJoin('organizations', 'organizations.id', 'users.organization_id')
    .select([
      'sessions.id as sessionId',
      'sessions.kind',
      'sessions.last_activity as lastActivity',
      'sessions.beneficiary_id as seatedId',
      'sessions.classroom_session_id as classroomId',
      'users.id as userId',
      'users.role',
      sql<Id | null>`coalesce(sessions.entered_organization_id, users.organization_id)`.as('organizationId'),
      'beneficiaries.id as ownBeneficiaryId',
    ])
    .where('sessions.token', '=', tokenDigest)
    .where('sessions.expires_at', '>', now)
    .where('users.is_active', '=', true)
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
