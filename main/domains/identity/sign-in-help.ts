import type { Done, Id } from '../../../shared/contract/base.ts'
import type { HelpedUser, SignInSettings } from '../../../shared/contract/sign-in.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import {
  type CodeKind,
  codeDigest,
  dayFrom,
  insertCodes,
  newCode,
  openCodes,
  useCode,
  withdrawCodes,
} from './account-codes.ts'
import { accountsOf, setVerifiedMark } from './account-queries.ts'
import { publicKeyOf } from './head-office.ts'
import { changeSignInRules, lockAfter, signInRules } from './lock-settings.ts'
import { userById } from './queries.ts'
import { setLockAfter } from './session-queries.ts'
import { accountSubject, countTry, deviceSubject, releaseTries as release, triedBy, waitOf } from './tries.ts'

export async function helpList({ db, actor, visitor, clock, installation }: ReadContext) {
  const moment = { now: clock.now().toISOString(), steady: installation.steady() }
  const users: HelpedUser[] = []
  for (const user of await accountsOf(db, organizationOf(actor))) {
    const wait = await waitOf(db, accountSubject(user.email), moment.steady)
    const codes = await openCodes(db, user.id, ['recovery'], moment)
    users.push({ ...user, waitSeconds: Math.ceil(wait / 1000), recoveryCodes: codes.length })
  }
  const deviceWait = await waitOf(db, deviceSubject(visitor), moment.steady)
  return { users, deviceWaits: Math.ceil(deviceWait / 1000) }
}

/** For another than oneself: who is in needs no code, and who is not cannot ask for one. */
export async function issueResetCode(context: WriteContext, { id }: { id: Id }) {
  if (id === context.actor.userId) throw new Refusal('conflict', 'identity.notYourself')
  return issueCode(context, id, 'reset')
}

export async function issueVerificationCode(context: WriteContext, { id }: { id: Id }) {
  return issueCode(context, id, 'verification')
}

export async function verify(context: WriteContext, { code }: { code: string }): Promise<Done> {
  const { db, actor, visitor, now, installation } = context
  const user = actor.userId === null ? undefined : await userById(db, actor.userId)
  if (!user) throw new Refusal('notFound', 'user.notFound')
  context.about(user.id)

  const open = await openCodes(db, user.id, ['verification'], { now, steady: installation.steady() })
  const found = open.find((one) => one.code === codeDigest(user.id, 'verification', code))
  const wrong = new Refusal('invalid', 'identity.wrongCode')
  const tried = triedBy(user.email, visitor)
  if (!(await countTry(context, tried, { isRight: found !== undefined, wrong }))) return {}
  if (!found || !(await useCode(db, found.code, now))) throw wrong
  await setVerifiedMark(db, user.id, true, now)
  return {}
}

export async function setVerified({ db, actor, now, about }: WriteContext, input: { id: Id; isVerified: boolean }) {
  const user = await helped(db, actor, input.id)
  if (user.id === actor.userId) throw new Refusal('conflict', 'identity.notYourself')
  await setVerifiedMark(db, user.id, input.isVerified, now)
  about(user.id, { isVerified: input.isVerified })
  return {}
}

export async function releaseTries({ db, actor, visitor, about }: WriteContext, { id }: { id: Id }) {
  const user = await helped(db, actor, id)
  await release(db, [accountSubject(user.email), deviceSubject(visitor)])
  about(user.id)
  return {}
}

export async function signInSettings({ db, actor }: ReadContext) {
  return signInRules(db, organizationOf(actor))
}

/** Holds for the sessions that are open as well. */
export async function setSignInSettings({ db, actor, now, about }: WriteContext, settings: SignInSettings) {
  const organizationId = organizationOf(actor)
  const rules = await changeSignInRules(db, organizationId, settings, now)
  for (const role of ['trainer', 'admin', 'super_admin'] as const)
    await setLockAfter(db, organizationId, role, lockAfter(rules, role))
  about(organizationId, settings)
  return {}
}

export async function setHeadOfficeKey({ db, actor, now, about }: WriteContext, { key }: { key: string | null }) {
  if (key !== null && !publicKeyOf(key)) throw new Refusal('invalid', 'identity.notAKey')
  const organizationId = organizationOf(actor)
  await changeSignInRules(db, organizationId, { headOfficeKey: key }, now)
  about(organizationId, { key })
  return {}
}

async function issueCode(context: WriteContext, id: Id, kind: Extract<CodeKind, 'reset' | 'verification'>) {
  const { db, actor, now, about } = context
  const user = await helped(db, actor, id)
  const code = newCode()
  const life = dayFrom(context)
  await withdrawCodes(db, user.id, kind, now)
  await insertCodes(context, [
    { userId: user.id, kind, code: codeDigest(user.id, kind, code), issuedBy: actor.userId, life },
  ])
  about(user.id)
  return { code, expiresAt: life.expiresAt }
}

/** A code for an account is the account: nobody gets one for somebody who may do more. */
async function helped(db: Reader, actor: Actor, id: Id) {
  const user = await userById(db, id)
  if (!user || user.organizationId !== organizationOf(actor)) throw new Refusal('notFound', 'user.notFound')
  if (user.role === 'super_admin' && actor.kind !== 'super_admin') {
    throw new Refusal('forbidden', 'identity.onlySuperAdmin')
  }
  return user
}
