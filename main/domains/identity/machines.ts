import type { Id } from '../../../shared/contract/base.ts'
import type { Machine } from '../../../shared/contract/sign-in.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import { deleteOwnSession, deleteSessionsBut, sessionsOf } from './session-queries.ts'

export async function machines({ db, actor, clock }: ReadContext): Promise<Machine[]> {
  if (actor.userId === null) return []
  const found = await sessionsOf(db, actor.userId, clock.now().toISOString())
  return found.map(({ userAgent, ipAddress, lockedAt, ...session }) => ({
    ...session,
    ...namesOf(userAgent ?? ''),
    address: isThisComputer(ipAddress) ? null : ipAddress,
    isThis: session.id === actor.sessionId,
    isLocked: lockedAt !== null,
  }))
}

export async function endSession({ db, actor, about }: WriteContext, { id }: { id: Id }) {
  const ended = actor.userId === null ? 0 : await deleteOwnSession(db, actor.userId, id)
  if (ended === 0) throw new Refusal('notFound', 'identity.sessionNotFound')
  about(id)
  return {}
}

export async function endOtherSessions({ db, actor, about }: WriteContext) {
  if (actor.userId === null || actor.sessionId === null) return { ended: 0 }
  const ended = await deleteSessionsBut(db, actor.userId, actor.sessionId)
  about(actor.userId, { ended })
  return { ended }
}

function isThisComputer(address: string | null): boolean {
  return !address || /^(127\.|::1$|::ffff:127\.)/.test(address)
}

type Names = Pick<Machine, 'browser' | 'system'>

/** The first that fits: most browsers also claim to be others. */
const browsers: [RegExp, Names['browser']][] = [
  [/^BDC /, 'desktop'],
  [/Firefox|FxiOS/, 'firefox'],
  [/Edg(e|A|iOS)?\//, 'edge'],
  [/OPR\/|Opera/, 'opera'],
  [/Chrome|Chromium|CriOS/, 'chrome'],
  [/Safari/, 'safari'],
]
const systems: [RegExp, Names['system']][] = [
  [/Windows|win32/, 'windows'],
  [/iPhone|iPad|iOS/, 'ios'],
  [/Mac OS|Macintosh|darwin/, 'mac'],
  [/Android/, 'android'],
  [/CrOS/, 'chromeos'],
  [/Linux|linux/, 'linux'],
]

export function namesOf(userAgent: string): Names {
  const first = <T>(list: [RegExp, T][]) => list.find(([pattern]) => pattern.test(userAgent))?.[1]
  return { browser: first(browsers) ?? 'other', system: first(systems) ?? 'other' }
}
