import { X509Certificate } from 'node:crypto'
import { Refusal } from '../../shared/refusal.ts'
import type { Clock } from '../clock.ts'
import type { DatabaseFile } from '../database/database.ts'
import { membershipOf } from './membership.ts'
import { replicaOf } from './replica.ts'
import { type DirectPlace, placeIn } from './transports/direct-place.ts'
import { pgTransport } from './transports/pg.ts'
import { type HelloRequest, protocol, Unreachable } from './wire.ts'

interface TryDirect {
  database: Pick<DatabaseFile, 'connection'>
  clock: Clock
  /** The version of this program. */
  app: string
  /** As the centre gave it out: `postgres://bdc_site_12:…@centre.example:5432/bdc` */
  access: string
  /** PEM; null: a certificate that this computer verifies by itself. */
  authority: string | null
}

/** Says hello to the centre through PostgreSQL itself, and refuses with what to do where that does not come through. */
export async function tryDirect({ database, clock, app, access, authority }: TryDirect) {
  const place = placeIn(access)
  if (!place) throw new Refusal('invalid', 'sync.accessUnreadable')
  if (authority !== null && !isCertificate(authority)) throw new Refusal('invalid', 'sync.authorityUnreadable')
  const membership = membershipOf(replicaOf(database.connection))
  if (!membership) throw new Refusal('conflict', 'sync.notEnrolled')
  const { site, incarnation, cursor, history } = membership
  const schema = Number(database.connection.pragma('user_version', { simple: true }))
  await sayHello({ place, authority }, { schema, app, site, incarnation, cursor, history, now: clock.now().getTime() })
}

/** @throws {Refusal} with what to do */
export async function sayHello(
  { place, authority }: { place: DirectPlace; authority: string | null },
  request: Omit<HelloRequest, 'protocol'>,
) {
  const transport = pgTransport({ ...place, user: () => place.userOf(request.site), authority })
  try {
    const { status } = await transport.hello({ protocol, ...request })
    if (status === 'revoked' || status === 'fork') throw new Refusal('conflict', 'sync.accessOfAnother')
  } catch (error) {
    if (error instanceof Unreachable) throw whatToDo(error.cause)
    throw error
  } finally {
    await transport.close().catch(() => undefined)
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).ca
  } catch {
    return false
  }
}

/** Codes of PostgreSQL (appendix A) for a login that it does not take, and words of the two libraries about the line. */
function whatToDo(cause: unknown): Refusal {
  const { code = '', message = '' } = cause instanceof Error ? (cause as Error & { code?: string }) : {}
  if (code.startsWith('28') || code === '42501') return new Refusal('forbidden', 'sync.accessRefused')
  if (/CERT|SELF_SIGNED|VERIFY|SSL/.test(code) || /SSL|certificate/i.test(message)) {
    return new Refusal('forbidden', 'sync.accessNotTrusted')
  }
  return new Refusal('conflict', 'sync.accessAway')
}
