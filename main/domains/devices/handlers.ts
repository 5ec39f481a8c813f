import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import { deleteSession } from '../identity/queries.ts'
import { deviceOf, devicesOf } from './queries.ts'

export async function list({ db, actor, clock }: ReadContext) {
  const devices = await devicesOf(db, organizationOf(actor), clock.now().toISOString())
  return devices.map((device) => ({ ...device, isThis: device.sessionId === actor.sessionId }))
}

export async function end({ db, actor, now, about }: WriteContext, { sessionId }: { sessionId: Id }) {
  const device = await deviceOf(db, organizationOf(actor), sessionId, now)
  if (!device) throw new Refusal('notFound', 'device.notFound')
  await deleteSession(db, sessionId)
  about(sessionId, { kind: device.kind })
  return {}
}
