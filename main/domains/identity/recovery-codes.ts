import { Refusal } from '../../../shared/refusal.ts'
import type { PreparedMutation, ReadContext } from '../../context.ts'
import { codeDigest, insertCodes, newCode, openCodes, withdrawCodes } from './account-codes.ts'
import { countTry } from './tries.ts'
import { tryOwnPassword, wrongPassword } from './try-own-password.ts'

const codesOnSheet = 10

export async function recoveryCodes({ db, actor, clock, installation }: ReadContext) {
  if (actor.userId === null) throw new Refusal('notFound', 'user.notFound')
  const moment = { now: clock.now().toISOString(), steady: installation.steady() }
  const open = await openCodes(db, actor.userId, ['recovery'], moment)
  return { left: open.length, issuedAt: open[0]?.createdAt ?? null }
}

export const issueRecoveryCodes: PreparedMutation<{ password: string }, string[]> = {
  async prepare(reading, { password }) {
    const { user, tried, isRight } = await tryOwnPassword(reading, password)

    return async (context) => {
      context.about(user.id)
      if (!(await countTry(context, tried, { isRight, wrong: wrongPassword() }))) return []
      const codes = Array.from({ length: codesOnSheet }, newCode)
      await withdrawCodes(context.db, user.id, 'recovery', context.now)
      await insertCodes(
        context,
        codes.map((code) => ({ userId: user.id, kind: 'recovery', code: codeDigest(user.id, 'recovery', code) })),
      )
      return codes
    }
  },
}
