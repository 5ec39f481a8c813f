import type { Done, Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { PreparedMutation } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { wireEmail } from '../beneficiaries/email.ts'
import { beneficiaryOf } from '../beneficiaries/queries.ts'
import { setVerifiedMark } from './account-queries.ts'
import { deleteSessionsOf, setPasswordHash, userById } from './queries.ts'
import { refuseWeak } from './weak-password.ts'

export const setLearnerPassword: PreparedMutation<{ beneficiaryId: Id; password: string }, Done> = {
  async prepare({ db, actor, passwords }, { beneficiaryId, password }) {
    const scope = scopeOf(actor)
    const learner = await learnerWithAddress(db, scope, beneficiaryId)
    refuseWeak(password, learner)
    const passwordHash = await passwords.hash(password)

    return async ({ db, now, about }) => {
      const { userId } = await learnerWithAddress(db, scope, beneficiaryId)
      await setPasswordHash(db, userId, passwordHash, now)
      await setVerifiedMark(db, userId, true, now)
      await deleteSessionsOf(db, userId)
      about(beneficiaryId)
      return {}
    }
  },
}

async function learnerWithAddress(db: Reader, scope: Scope, beneficiaryId: Id) {
  const learner = await beneficiaryOf(db, scope, beneficiaryId)
  const user = learner && (await userById(db, learner.userId))
  if (!learner || user?.role !== 'student') throw new Refusal('notFound', 'beneficiary.notFound')
  const email = wireEmail(user.email)
  if (!email) throw new Refusal('conflict', 'identity.noAddress')
  return { userId: user.id, name: user.name, email }
}
