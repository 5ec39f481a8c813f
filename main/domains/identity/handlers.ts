import type { Done, Id } from '../../../shared/contract/base.ts'
import type { ChangePassword, CreateUser, Me, SignIn } from '../../../shared/contract/identity.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { PreparedMutation, ReadContext, WriteContext } from '../../context.ts'
import { roomOfActor } from '../classroom/admission.ts'
import { shortName } from '../classroom/short-name.ts'
import { isPracticeCentre } from '../organizations/settings.ts'
import { refuseElsewhere } from './colleagues.ts'
import {
  deleteSession,
  deleteSessionsOf,
  hasOtherOrganizations,
  insertUser,
  replaceHash,
  setLastLogin,
  setPasswordHash,
  userByEmail,
  whoIs,
} from './queries.ts'
import { startSession } from './sessions.ts'
import { countTry, refuseWhileWaiting, triedBy } from './tries.ts'
import { tryOwnPassword, wrongPassword } from './try-own-password.ts'
import { refuseWeak } from './weak-password.ts'

export { setLearnerPassword } from './learner-password.ts'
export { lock, stayActive, unlock } from './lock.ts'
export { endOtherSessions, endSession, machines } from './machines.ts'
export { dismissNotices, notices } from './notices.ts'
export { issueRecoveryCodes, recoveryCodes } from './recovery-codes.ts'
export { requestByPhone } from './request-by-phone.ts'
export { resetPassword } from './reset-password.ts'
export * from './sign-in-help.ts'

export { listUsers, setUserActive, setUserRole } from './team.ts'

export async function me({ db, actor }: ReadContext): Promise<Me> {
  if (actor.sessionId === null) return { kind: 'nobody' }
  const who = await whoIs(db, actor.sessionId)
  const isPractice = isPracticeCentre(who.organizationSettings)
  const organization = pair(who.organizationId, who.organizationName)

  if ((actor.kind === 'kiosk' || actor.kind === 'room') && organization) {
    const isRoom = actor.kind === 'room'
    const isEncrypted = (await roomOfActor(db, actor))?.place.security === 'encrypted'
    const learner = pair(who.learnerId, who.learnerName)
    return {
      kind: 'kiosk',
      organization,
      openedBy: who.userName,
      learner: learner && isRoom && !isEncrypted ? { ...learner, name: shortName(learner.name) } : learner,
      isRoom,
      isPractice,
    }
  }
  const user = { id: who.userId, name: who.userName, email: who.email, role: who.role }
  if (actor.kind === 'locked') return { kind: 'locked', user, organization, isPractice }
  const { isVerified, lockAfterSeconds } = who
  const isAlone = actor.kind !== 'super_admin' || !(await hasOtherOrganizations(db, who.organizationId))
  return { kind: 'user', user, isVerified, lockAfterSeconds, organization, hasOtherOrganizations: !isAlone, isPractice }
}

export const signIn: PreparedMutation<SignIn, Done> = {
  async prepare(reading, { email, password }) {
    const { db, passwords, visitor } = reading
    const tried = triedBy(email, visitor)
    await refuseWhileWaiting(reading, tried)
    const user = await userByEmail(db, email)
    const matches = await passwords.match(password, user?.passwordHash)
    const isRight = matches && Boolean(user?.isActive)
    const renewed = isRight && user ? await passwords.renew(password, user.passwordHash) : undefined

    return async (context) => {
      if (user) context.about(user.id)
      const wrong = new Refusal('unauthenticated', 'identity.wrongCredentials')
      if (!(await countTry(context, tried, { isRight, wrong })) || !user) return {}
      await replaceHash(context.db, user, renewed)
      await leaveSession(context)
      await setLastLogin(context.db, user.id, context.now)
      await startSession(context, user.id, 'user')
      context.actAs({ userId: user.id, organizationId: user.organizationId })
      return {}
    }
  },
}

export async function signOut(context: WriteContext) {
  await leaveSession(context)
  context.setToken(undefined)
  return {}
}

export const changePassword: PreparedMutation<ChangePassword, Done> = {
  async prepare(reading, { current, next }) {
    const { user, tried, isRight } = await tryOwnPassword(reading, current)
    if (isRight) {
      refuseWeak(next, user)
      await refuseElsewhere(reading.db, user)
    }
    const passwordHash = await reading.passwords.hash(next)

    return async (context) => {
      context.about(user.id)
      if (!(await countTry(context, tried, { isRight, wrong: wrongPassword() }))) return {}
      await setPasswordHash(context.db, user.id, passwordHash, context.now)
      await deleteSessionsOf(context.db, user.id)
      await startSession(context, user.id, 'user')
      return {}
    }
  },
}

export const createUser: PreparedMutation<CreateUser, { id: Id }> = {
  async prepare({ actor, passwords }, { name, email, role, password }) {
    const organizationId = organizationOf(actor)
    refuseWeak(password, { name, email })
    const passwordHash = await passwords.hash(password)

    return async ({ db, now, about }) => {
      await refuseElsewhere(db)
      if (await userByEmail(db, email)) throw new Refusal('conflict', 'identity.emailTaken', { email })
      const id = await insertUser(db, { organizationId, name, email, role, passwordHash }, now)
      about(id, { role })
      return { id }
    }
  },
}

export async function openKiosk(context: WriteContext) {
  const { userId } = context.actor
  if (userId === null) throw new Refusal('forbidden', 'door.forbidden')
  await leaveSession(context)
  await startSession(context, userId, 'kiosk', context.actor.organizationId)
  return {}
}

export const leaveKiosk: PreparedMutation<{ password: string }, Done> = {
  async prepare(reading, { password }) {
    const { user, tried, isRight } = await tryOwnPassword(reading, password)

    return async (context) => {
      if (!(await countTry(context, tried, { isRight, wrong: wrongPassword() }))) return {}
      await leaveSession(context)
      await startSession(context, user.id, 'user', context.actor.organizationId)
      return {}
    }
  },
}

async function leaveSession({ db, actor }: WriteContext) {
  if (actor.sessionId !== null) await deleteSession(db, actor.sessionId)
}

function pair(id: Id | null, name: string | null) {
  return id !== null && name !== null ? { id, name } : null
}
