import type { Done } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { digestOf, newToken } from '../../actor.ts'
import type { PreparedMutation, WriteContext } from '../../context.ts'
import { touchSession } from './queries.ts'
import { lockSession, openSession } from './session-queries.ts'
import { countTry } from './tries.ts'
import { tryOwnPassword, wrongPassword } from './try-own-password.ts'

export async function lock({ db, actor, now, about }: WriteContext) {
  if (actor.sessionId !== null) await lockSession(db, actor.sessionId, now)
  if (actor.userId !== null) about(actor.userId)
  return {}
}

export async function stayActive({ db, actor, now }: WriteContext) {
  if (actor.sessionId !== null) await touchSession(db, actor.sessionId, now)
  return {}
}

/** The same session goes on under another token: whoever may have seen the old one has nothing. */
export const unlock: PreparedMutation<{ password: string }, Done> = {
  async prepare(reading, { password }) {
    const { user, tried, isRight } = await tryOwnPassword(reading, password)

    return async (context) => {
      const { db, actor, now } = context
      context.about(user.id)
      if (!(await countTry(context, tried, { isRight, wrong: wrongPassword() }))) return {}
      if (actor.sessionId === null) throw new Refusal('unauthenticated', 'door.signInFirst')
      const token = newToken()
      await openSession(db, actor.sessionId, digestOf(token), now)
      context.setToken(token)
      return {}
    }
  },
}
