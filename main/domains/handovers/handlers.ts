import type { Id } from '../../../shared/contract/base.ts'
import type { OfferHandover } from '../../../shared/contract/handovers.ts'
import type { handoverNews } from '../../../shared/contract/notifications.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { scopeOf } from '../../scope.ts'
import { fileOf } from '../beneficiaries/person-file.ts'
import { trainersOf } from '../beneficiaries/queries.ts'
import { notify } from '../notifications/notify.ts'
import { decideHandover, giveTo, handoverOf, handoversOf, insertHandover, openHandovers } from './queries.ts'

export { move, moveBack, previewMove } from './move.ts'

export async function list({ db, actor }: ReadContext) {
  return (await openHandovers(db, scopeOf(actor))).map((one) => shown(one, actor))
}

export async function ofPerson({ db, actor }: ReadContext, { beneficiaryId }: { beneficiaryId: Id }) {
  const scope = scopeOf(actor)
  await fileOf(db, scope, beneficiaryId)
  return (await handoversOf(db, scope, beneficiaryId)).map((one) => shown(one, actor))
}

export async function offer(
  { db, actor, now, about }: WriteContext,
  { beneficiaryId, toTrainerId, note }: OfferHandover,
) {
  const scope = scopeOf(actor)
  const person = await fileOf(db, scope, beneficiaryId)
  const team = await trainersOf(db, organizationOf(actor))
  if (!team.some(({ id }) => id === toTrainerId)) throw new Refusal('notFound', 'user.notFound')
  if (person.trainerId === toTrainerId) throw new Refusal('conflict', 'handover.isTheirs')
  const earlier = await handoversOf(db, scope, beneficiaryId)
  if (earlier.some(({ status }) => status === 'open')) throw new Refusal('conflict', 'handover.isOpen')

  const { organizationId } = scope
  const fromTrainerId = person.trainerId
  const id = await insertHandover(
    db,
    { organizationId, beneficiaryId, fromTrainerId, toTrainerId, offeredBy: actor.userId, note },
    now,
  )
  about(id)
  return { id }
}

export async function accept({ db, actor, now, about }: WriteContext, { id }: { id: Id }) {
  const handover = await offeredTo(db, actor, id)
  if (handover.trainerId !== handover.fromTrainerId) throw new Refusal('conflict', 'handover.movedMeanwhile')
  await giveTo(db, handover.beneficiaryId, handover.toTrainerId, now)
  await decideHandover(db, id, { status: 'accepted' }, now)
  await tellGivers({ db, actor, now }, handover, 'accepted')
  about(id)
  return { beneficiaryId: handover.beneficiaryId }
}

export async function decline({ db, actor, now, about }: WriteContext, { id, reply }: { id: Id; reply: string }) {
  const handover = await offeredTo(db, actor, id)
  await decideHandover(db, id, { status: 'declined', reply }, now)
  await tellGivers({ db, actor, now }, handover, 'declined')
  about(id)
  return {}
}

/** By whoever has the person: who was offered one says no instead. */
export async function withdraw({ db, actor, now, about }: WriteContext, { id }: { id: Id }) {
  const scope = scopeOf(actor)
  const handover = await open(db, actor, id)
  await fileOf(db, scope, handover.beneficiaryId)
  await decideHandover(db, id, { status: 'withdrawn' }, now)
  about(id)
  return {}
}

/** Nobody decides in the place of the one who is asked, not even an administrator. */
async function offeredTo(db: Reader, actor: Actor, id: Id) {
  const handover = await open(db, actor, id)
  const { toTrainerId } = handover
  if (toTrainerId === null || toTrainerId !== actor.userId) throw new Refusal('notFound', 'handover.notFound')
  return { ...handover, toTrainerId }
}

/** Whoever made the offer, and whoever has the person: an administrator may have offered them. */
async function tellGivers(
  { db, actor, now }: Pick<WriteContext, 'db' | 'actor' | 'now'>,
  { id: handoverId, offeredBy, fromTrainerId, toTrainerId: senderId }: Awaited<ReturnType<typeof offeredTo>>,
  news: (typeof handoverNews)[number],
) {
  const userIds = [offeredBy, fromTrainerId].flatMap((userId) => (userId === senderId ? [] : (userId ?? [])))
  const data = { handoverId, news, senderId }
  await notify(db, { organizationId: organizationOf(actor), userIds, type: 'handover', data }, now)
}

/** Somebody else's is reported as missing, so that ids cannot be probed. */
async function open(db: Reader, actor: Actor, id: Id) {
  const handover = await handoverOf(db, scopeOf(actor), id)
  if (!handover) throw new Refusal('notFound', 'handover.notFound')
  if (handover.status !== 'open') throw new Refusal('conflict', 'handover.isDecided')
  return handover
}

type Found = Awaited<ReturnType<typeof openHandovers>>[number]

function shown({ trainerId: _, fromTrainerId: _from, offeredBy: _by, ...handover }: Found, actor: Actor) {
  return { ...handover, isMine: handover.status === 'open' && handover.toTrainerId === actor.userId }
}
