import type { Done } from '../../../shared/contract/base.ts'
import type { Notice, ResetPassword } from '../../../shared/contract/sign-in.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { PreparedMutation, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { codeDigest, openCodes, useCode } from './account-codes.ts'
import { refuseElsewhere } from './colleagues.ts'
import { isAnswer } from './head-office.ts'
import { signInRules } from './lock-settings.ts'
import { noticeReset } from './notices.ts'
import { deleteSession, deleteSessionsOf, setLastLogin, setPasswordHash, userByEmail } from './queries.ts'
import { startSession } from './sessions.ts'
import { countTry, refuseWhileWaiting, triedBy } from './tries.ts'
import { refuseWeak } from './weak-password.ts'

type Found = NonNullable<Awaited<ReturnType<typeof userByEmail>>>

interface Way {
  code: string
  notice: Pick<Notice, 'way' | 'by'>
}

export const resetPassword: PreparedMutation<ResetPassword, Done> = {
  async prepare(reading, { email, code, password }) {
    const tried = triedBy(email, reading.visitor)
    await refuseWhileWaiting(reading, tried)
    const known = await userByEmail(reading.db, email)
    refuseWeak(password, { name: known?.name ?? '', email })
    // Hashed in any case, so that the time does not say whether the code was right.
    const passwordHash = await reading.passwords.hash(password)

    return async (context) => {
      const user = await userByEmail(context.db, email)
      const way = user?.isActive ? await wayOf(context, user, code) : undefined
      if (user) context.about(user.id, { way: way?.notice.way ?? null })
      const wrong = new Refusal('invalid', 'identity.wrongCode')
      if (!(await countTry(context, tried, { isRight: way !== undefined, wrong }))) return {}
      if (user) await refuseElsewhere(context.db, user)
      if (!user || !way || !(await useCode(context.db, way.code, context.now))) throw wrong
      await enter(context, user, passwordHash)
      await noticeReset(context.db, user, way.notice, context.now)
      return {}
    }
  },
}

/** Everybody else who had this account open is out. */
async function enter(context: WriteContext, user: Found, passwordHash: string) {
  const { db, now, actor } = context
  await setPasswordHash(db, user.id, passwordHash, now)
  await deleteSessionsOf(db, user.id)
  if (actor.sessionId !== null) await deleteSession(db, actor.sessionId)
  await setLastLogin(db, user.id, now)
  await startSession(context, user.id, 'user')
  context.actAs({ userId: user.id, organizationId: user.organizationId })
}

/** The code that opens this account, if what was typed is one. */
async function wayOf({ db, now, installation }: WriteContext, user: Found, typed: string): Promise<Way | undefined> {
  const codes = await openCodes(db, user.id, ['reset', 'recovery', 'phone'], { now, steady: installation.steady() })
  const headOfficeKey = await headOfficeKeyOf(db, user)
  const found = codes.find(({ kind, code }) => {
    if (kind !== 'phone') return code === codeDigest(user.id, kind, typed)
    return headOfficeKey !== null && isAnswer(typed, code, user.email, headOfficeKey)
  })
  if (!found) return undefined
  const way = ({ reset: 'admin', recovery: 'recovery', phone: 'headOffice', verification: 'admin' } as const)[
    found.kind
  ]
  return { code: found.code, notice: { way, by: found.issuedBy } }
}

async function headOfficeKeyOf(db: Reader, user: Found) {
  return (await signInRules(db, user.organizationId)).headOfficeKey
}
