import type { Done, Id } from '../../../shared/contract/base.ts'
import type { ChangePassword, CreateUser, Me, SignIn } from '../../../shared/contract/identity.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, organizationOf } from '../../actor.ts'
import type { PreparedMutation, ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { shortName } from '../classroom/short-name.ts'
import { isPracticeCentre } from '../organizations/settings.ts'
import {
  deleteSession,
  deleteSessionsOf,
  hasOtherOrganizations,
  insertUser,
  setLastLogin,
  setPasswordHash,
  userByEmail,
  userById,
  whoIs,
} from './queries.ts'
import { startSession } from './sessions.ts'

export { listUsers, setUserActive, setUserRole } from './team.ts'

export async function me({ db, actor }: ReadContext): Promise<Me> {
  if (actor.sessionId === null) return { kind: 'nobody' }
  const who = await whoIs(db, actor.sessionId)
  const isPractice = isPracticeCentre(who.organizationSettings)
  const organization = pair(who.organizationId, who.organizationName)

  if ((actor.kind === 'kiosk' || actor.kind === 'room') && organization) {
    const isRoom = actor.kind === 'room'
    const learner = pair(who.learnerId, who.learnerName)
    return {
      kind: 'kiosk',
      organization,
      openedBy: who.userName,
      learner: learner && isRoom ? { ...learner, name: shortName(learner.name) } : learner,
      isRoom,
      isPractice,
    }
  }
  const user = { id: who.userId, name: who.userName, email: who.email, role: who.role }
  const isAlone = actor.kind !== 'super_admin' || !(await hasOtherOrganizations(db, who.organizationId))
  return { kind: 'user', user, organization, hasOtherOrganizations: !isAlone, isPractice }
}

export const signIn: PreparedMutation<SignIn, Done> = {
  async prepare({ db, passwords }, { email, password }) {
    const user = await userByEmail(db, email)
    const matches = await passwords.match(password, user?.passwordHash)
    if (!user || !matches || !user.isActive) throw new Refusal('unauthenticated', 'identity.wrongCredentials')

    return async (context) => {
      await leaveSession(context)
      await setLastLogin(context.db, user.id, context.now)
      await startSession(context, user.id, 'user')
      context.actAs({ userId: user.id, organizationId: user.organizationId })
      context.about(user.id)
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
  async prepare({ db, actor, passwords }, { current, next }) {
    const user = await ownUser(db, actor)
    if (!(await passwords.match(current, user.passwordHash))) throw new Refusal('invalid', 'identity.wrongPassword')
    const passwordHash = await passwords.hash(next)

    return async (context) => {
      await setPasswordHash(context.db, user.id, passwordHash, context.now)
      await deleteSessionsOf(context.db, user.id)
      await startSession(context, user.id, 'user')
      context.about(user.id)
      return {}
    }
  },
}

export const createUser: PreparedMutation<CreateUser, { id: Id }> = {
  async prepare({ actor, passwords }, { name, email, role, password }) {
    const organizationId = organizationOf(actor)
    const passwordHash = await passwords.hash(password)

    return async ({ db, now, about }) => {
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
  async prepare({ db, actor, passwords }, { password }) {
    const opener = await ownUser(db, actor)
    if (!(await passwords.match(password, opener.passwordHash))) throw new Refusal('invalid', 'identity.wrongPassword')

    return async (context) => {
      await leaveSession(context)
      await startSession(context, opener.id, 'user', context.actor.organizationId)
      return {}
    }
  },
}

async function leaveSession({ db, actor }: WriteContext) {
  if (actor.sessionId !== null) await deleteSession(db, actor.sessionId)
}

async function ownUser(db: Reader, actor: Actor) {
  const user = actor.userId === null ? undefined : await userById(db, actor.userId)
  if (!user) throw new Refusal('notFound', 'user.notFound')
  return user
}

function pair(id: Id | null, name: string | null) {
  return id !== null && name !== null ? { id, name } : null
}
