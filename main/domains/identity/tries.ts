import { createHash } from 'node:crypto'
import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext, Visitor, WriteContext } from '../../context.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { keepSteady } from './installation.ts'
import { judge, remainingWait, type Throttle, unthrottled } from './throttle.ts'

/** What tries are counted by: the account, known or not, and the device. */
export interface Tried {
  account: string
  device: string
}

/** Wrong tries that long ago no longer count: at 300 s a try, nobody gains by waiting for it. */
const forgottenAfterMs = 6 * 3_600_000

export function triedBy(email: string, visitor: Visitor): Tried {
  return { account: accountSubject(email), device: deviceSubject(visitor) }
}

/** The address itself is not kept: it may be nobody's, or somebody's who never asked to be here. */
export function accountSubject(email: string): string {
  return `account:${createHash('sha256').update(email.trim().toLowerCase()).digest('hex')}`
}

export function deviceSubject({ ipAddress }: Visitor): string {
  return `device:${ipAddress.slice(0, 45)}`
}

/** To be asked before a secret is compared, so that somebody who only has to wait costs nothing. */
export async function refuseWhileWaiting({ db, installation }: ReadContext, tried: Tried) {
  const steady = installation.steady()
  const waits = await Promise.all(Object.values(tried).map((subject) => waitOf(db, subject, steady)))
  const seconds = Math.ceil(Math.max(...waits) / 1000)
  if (seconds > 0) throw new Refusal('throttled', 'identity.wait', { seconds })
}

/** Counts a try, in the transaction of what it leads to; true when it opens. Otherwise the refusal follows the commit. */
export async function countTry(
  context: WriteContext,
  tried: Tried,
  { isRight, wrong }: { isRight: boolean; wrong: Refusal },
) {
  const { db, installation, refuseAfterwards } = context
  const steady = installation.steady()
  const account = await throttleOf(db, tried.account, steady)
  const device = await throttleOf(db, tried.device, steady)
  const [one, other] = [judge(account, isRight, steady), judge(device, isRight, steady)]
  const waitSeconds = Math.max(one.waitSeconds, other.waitSeconds)
  if (one.isOpen && other.isOpen) {
    await forgive(db, tried, account, device, steady)
    return true
  }
  // A try that came too early for one of the two is not judged by the other either.
  if (!isRight || one.waitSeconds > 0) await keepThrottle(db, tried.account, one.after, steady)
  if (!isRight || other.waitSeconds > 0) await keepThrottle(db, tried.device, other.after, steady)
  await keepSteady(db, steady)
  refuseAfterwards(waitSeconds > 0 ? new Refusal('throttled', 'identity.wait', { seconds: waitSeconds }) : wrong)
  return false
}

/** Seconds until somebody may try this account again. */
export async function waitOf(db: Reader, subject: string, steady: string): Promise<number> {
  return remainingWait(await throttleOf(db, subject, steady), steady)
}

export function releaseTries(db: Writer, subjects: readonly string[]) {
  return db.deleteFrom('sign_in_throttles').where('subject', 'in', subjects).execute()
}

/**
 * Takes off the device only what this account put on it: who knows one password must not buy tries at the others with it.
 */
async function forgive(db: Writer, tried: Tried, account: Throttle, device: Throttle, steady: string) {
  if (account.failures === 0) return
  await releaseTries(db, [tried.account])
  const failures = Math.max(0, device.failures - account.failures)
  if (failures === 0) await releaseTries(db, [tried.device])
  else await keepThrottle(db, tried.device, { failures, lockedUntil: null }, steady)
  await keepSteady(db, steady)
}

async function throttleOf(db: Reader, subject: string, steady: string): Promise<Throttle> {
  const found = await db
    .selectFrom('sign_in_throttles')
    .select(['failures', 'locked_until as lockedUntil'])
    .where('subject', '=', subject)
    .where('counted_at', '>', forgottenBefore(steady))
    .executeTakeFirst()
  return found ?? unthrottled
}

async function keepThrottle(db: Writer, subject: string, { failures, lockedUntil }: Throttle, steady: string) {
  const kept = { failures, locked_until: lockedUntil, counted_at: steady }
  await db.deleteFrom('sign_in_throttles').where('counted_at', '<=', forgottenBefore(steady)).execute()
  await db
    .insertInto('sign_in_throttles')
    .values({ subject, ...kept })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet(kept))
    .execute()
}

function forgottenBefore(steady: string): string {
  return new Date(Date.parse(steady) - forgottenAfterMs).toISOString()
}
