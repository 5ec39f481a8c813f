import { randomBytes } from 'node:crypto'
import { Refusal } from '../../../shared/refusal.ts'
import type { WriteContext } from '../../context.ts'
import { dayFrom, insertCodes, lastCounter, openCodes, withdrawCodes } from './account-codes.ts'
import { newRequest, spokenRequest } from './head-office.ts'
import { hasHeadOffice } from './lock-settings.ts'
import { userByEmail } from './queries.ts'

export async function requestByPhone(context: WriteContext, { email }: { email: string }) {
  const { db, now, installation } = context
  if (!(await hasHeadOffice(db))) throw new Refusal('conflict', 'identity.noHeadOffice')
  const user = await userByEmail(db, email)
  if (!user?.isActive) return { request: spokenRequest(madeUp(context, email)) }

  context.about(user.id)
  const moment = { now, steady: installation.steady() }
  const [open] = await openCodes(db, user.id, ['phone'], moment)
  if (open) return { request: spokenRequest(open.code) }

  const life = dayFrom(context)
  const counter = (await lastCounter(db, user.id)) + 1
  const nonce = randomBytes(16).toString('hex')
  const request = newRequest({ installation: installation.code, userId: user.id, counter, nonce })
  await withdrawCodes(db, user.id, 'phone', now)
  await insertCodes(context, [{ userId: user.id, kind: 'phone', code: request, counter, life }])
  return { request: spokenRequest(request) }
}

/** For an address that is nobody's: it looks like any other request, stays for a day, and nothing is written down. */
function madeUp({ now, installation }: WriteContext, email: string): string {
  return newRequest({ installation: installation.code, userId: 0, counter: 0, nonce: `${now.slice(0, 10)} ${email}` })
}
