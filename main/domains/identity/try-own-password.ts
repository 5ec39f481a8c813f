import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext } from '../../context.ts'
import { userById } from './queries.ts'
import { refuseWhileWaiting, triedBy } from './tries.ts'

/** Compares what somebody gives as their own password; counted together with the tries at the sign-in. */
export async function tryOwnPassword(reading: ReadContext, password: string) {
  const { db, actor, visitor, passwords } = reading
  const user = actor.userId === null ? undefined : await userById(db, actor.userId)
  if (!user) throw new Refusal('notFound', 'user.notFound')
  const tried = triedBy(user.email, visitor)
  await refuseWhileWaiting(reading, tried)
  return { user, tried, isRight: await passwords.match(password, user.passwordHash) }
}

export function wrongPassword(): Refusal {
  return new Refusal('invalid', 'identity.wrongPassword')
}
