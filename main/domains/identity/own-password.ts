import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext } from '../../context.ts'
import { userById } from './queries.ts'

/** Asks the person at the screen for their own password again, before something that would outlive their session. */
export async function confirmOwnPassword({ db, actor, passwords }: ReadContext, password: string) {
  const user = actor.userId === null ? undefined : await userById(db, actor.userId)
  if (!user || !(await passwords.match(password, user.passwordHash))) {
    throw new Refusal('invalid', 'identity.wrongPassword')
  }
}
