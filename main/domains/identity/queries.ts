import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Role } from '../../../shared/roles.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId, mintIds } from '../../database/ids.ts'
import { noPassword } from './passwords.ts'

/** Of a deactivated organization nobody comes in but who looks after the installation, and nobody who is in the trash. */
const maySignIn = sql<boolean>`users.is_active and (organizations.is_active is not 0 or users.role = 'super_admin')
  and not exists (select 1 from beneficiaries where user_id = users.id and deleted_at is not null)`

export function userByEmail(db: Reader, email: string) {
  return db
    .selectFrom('users')
    .leftJoin('organizations', 'organizations.id', 'users.organization_id')
    .select([
      'users.id',
      'users.name',
      'users.email',
      'users.role',
      'users.organization_id as organizationId',
      'users.password_hash as passwordHash',
      maySignIn.as('isActive'),
    ])
    .where('users.email', '=', email)
    .executeTakeFirst()
}

export function userById(db: Reader, id: Id) {
  return db
    .selectFrom('users')
    .select([
      'id',
      'name',
      'email',
      'role',
      'organization_id as organizationId',
      'password_hash as passwordHash',
      'is_active as isActive',
      'is_verified as isVerified',
    ])
    .where('id', '=', id)
    .executeTakeFirst()
}

export function staffOf(db: Reader, organizationId: Id) {
  return db
    .selectFrom('users')
    .select([
      'id',
      'name',
      'email',
      'role',
      'is_active as isActive',
      'is_verified as isVerified',
      'last_login as lastLogin',
    ])
    .where('organization_id', '=', organizationId)
    .where('role', 'in', ['super_admin', 'admin', 'trainer'])
    .where('id', 'not in', (eb) => eb.selectFrom('erasure_orders').select('person_id'))
    .orderBy('name')
    .execute()
}

/** How many with one of these roles can sign in, in an organization or in all of them. */
export async function countActive(db: Reader, roles: readonly Role[], organizationId?: Id) {
  let query = db
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('role', 'in', roles)
    .where('is_active', '=', true)
  if (organizationId !== undefined) query = query.where('organization_id', '=', organizationId)
  return (await query.executeTakeFirstOrThrow()).count
}

export async function hasOtherOrganizations(db: Reader, organizationId: Id | null): Promise<boolean> {
  const other = await db
    .selectFrom('organizations')
    .select('id')
    .where('id', '!=', organizationId ?? 0)
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}

interface NewUser {
  /** Left out: who gives somebody a password by hand has seen who it is. */
  isVerified?: boolean
  organizationId: Id | null
  name: string
  email: string
  role: Role
  passwordHash: string
}

export async function insertUser(db: Writer, user: NewUser, now: string) {
  const [id] = await insertUsers(db, [user], now)
  if (id === undefined) throw new Error('No user was inserted.')
  return id
}

/** One statement for all of them; returns their ids in order. */
export async function insertUsers(db: Writer, users: readonly NewUser[], now: string): Promise<Id[]> {
  const ids = await mintIds(db, 'users', users.length)
  await db
    .insertInto('users')
    .values(
      users.map((user, index) => ({
        id: ids[index] as Id,
        organization_id: user.organizationId,
        name: user.name,
        email: user.email,
        role: user.role,
        password_hash: user.passwordHash,
        is_verified: user.isVerified ?? user.passwordHash !== noPassword,
        created_at: now,
        updated_at: now,
      })),
    )
    .execute()
  return ids
}

export function setPasswordHash(db: Writer, id: Id, passwordHash: string, now: string) {
  return db.updateTable('users').set({ password_hash: passwordHash, updated_at: now }).where('id', '=', id).execute()
}

/** The same password at today's cost; nothing where it was changed meanwhile, and nothing that other machines need to hear. */
export async function replaceHash(db: Writer, user: { id: Id; passwordHash: string }, renewed: string | undefined) {
  if (renewed === undefined) return
  await db
    .updateTable('users')
    .set({ password_hash: renewed })
    .where('id', '=', user.id)
    .where('password_hash', '=', user.passwordHash)
    .execute()
}

export function setActive(db: Writer, id: Id, isActive: boolean, now: string) {
  return db.updateTable('users').set({ is_active: isActive, updated_at: now }).where('id', '=', id).execute()
}

export function setRole(db: Writer, id: Id, role: Role, now: string) {
  return db.updateTable('users').set({ role, updated_at: now }).where('id', '=', id).execute()
}

export function setLastLogin(db: Writer, id: Id, now: string) {
  return db.updateTable('users').set({ last_login: now }).where('id', '=', id).execute()
}

interface NewSession {
  userId: Id
  /** SHA-256 of the token, in hex. */
  tokenDigest: string
  kind: 'user' | 'kiosk' | 'room'
  classroomId?: Id
  enteredId: Id | null
  deviceName?: string
  /** Left out: for ever. */
  lockAfterSeconds?: number | null
  ipAddress: string
  userAgent: string
  expiresAt: string
}

export async function insertSession(db: Writer, session: NewSession, now: string) {
  await db
    .insertInto('sessions')
    .values({
      id: await mintId(db, 'sessions'),
      user_id: session.userId,
      token: session.tokenDigest,
      kind: session.kind,
      ip_address: session.ipAddress,
      user_agent: session.userAgent,
      classroom_session_id: session.classroomId,
      device_name: session.deviceName,
      lock_after_seconds: session.lockAfterSeconds ?? null,
      entered_organization_id: session.enteredId,
      last_activity: now,
      expires_at: session.expiresAt,
      created_at: now,
    })
    .execute()
}

export function deleteSession(db: Writer, id: Id) {
  return db.deleteFrom('sessions').where('id', '=', id).execute()
}

export function deleteSessionsOf(db: Writer, userId: Id) {
  return db.deleteFrom('sessions').where('user_id', '=', userId).execute()
}

/** After a restore: what was signed out since the backup, such as a lost laptop, must not be signed in again. */
export function deleteAllSessions(db: Writer) {
  return db.deleteFrom('sessions').execute()
}

export function deleteExpiredSessions(db: Writer, now: string) {
  return db.deleteFrom('sessions').where('expires_at', '<=', now).execute()
}

export function touchSession(db: Writer, id: Id, now: string) {
  return db.updateTable('sessions').set({ last_activity: now }).where('id', '=', id).execute()
}

export function seatLearner(db: Writer, sessionId: Id, beneficiaryId: Id | null) {
  return db.updateTable('sessions').set({ beneficiary_id: beneficiaryId }).where('id', '=', sessionId).execute()
}

/** The person at this screen and where they belong, as the screen shows it. */
export function whoIs(db: Reader, sessionId: Id) {
  return db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .leftJoin('organizations', (join) =>
      join.on('organizations.id', '=', sql<Id>`coalesce(sessions.entered_organization_id, users.organization_id)`),
    )
    .leftJoin('beneficiaries', 'beneficiaries.id', 'sessions.beneficiary_id')
    .leftJoin('users as learners', 'learners.id', 'beneficiaries.user_id')
    .select([
      'users.id as userId',
      'users.name as userName',
      'users.email',
      'users.role',
      'users.is_verified as isVerified',
      'sessions.lock_after_seconds as lockAfterSeconds',
      'organizations.id as organizationId',
      'organizations.name as organizationName',
      'organizations.settings as organizationSettings',
      'beneficiaries.id as learnerId',
      'learners.name as learnerName',
    ])
    .where('sessions.id', '=', sessionId)
    .executeTakeFirstOrThrow()
}

/** Whoever was erased is a number that no account screen knows. */
export async function isErased(db: Reader, personId: Id): Promise<boolean> {
  const order = await db.selectFrom('erasure_orders').select('id').where('person_id', '=', personId).executeTakeFirst()
  return order !== undefined
}
