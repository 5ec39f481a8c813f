import type { Id } from '../../../shared/contract/base.ts'
import type { MovePreview, OfferHandover } from '../../../shared/contract/handovers.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { scopeOf } from '../../scope.ts'
import { fileOf } from '../beneficiaries/person-file.ts'
import { trainersOf } from '../beneficiaries/queries.ts'
import { countsOf } from '../merges/counts.ts'
import { decideHandover, giveTo, handoverOf, handoversOf, insertHandover } from './queries.ts'

export async function previewMove(
  { db, actor }: ReadContext,
  { beneficiaryId, toTrainerId }: { beneficiaryId: Id; toTrainerId: Id },
): Promise<MovePreview> {
  const { person, toName } = await movable(db, actor, beneficiaryId, toTrainerId)
  const counts = await countsOf(db, person)
  // Messages are whose they were, wherever the person is.
  return { fromName: person.trainerName, toName, counts: counts.filter(({ kind }) => kind !== 'messages') }
}

export async function move(
  { db, actor, now, about }: WriteContext,
  { beneficiaryId, toTrainerId, note }: OfferHandover,
) {
  const scope = scopeOf(actor)
  const { person } = await movable(db, actor, beneficiaryId, toTrainerId)
  for (const { id, status } of await handoversOf(db, scope, beneficiaryId)) {
    if (status === 'open') await decideHandover(db, id, { status: 'withdrawn' }, now)
  }
  const { organizationId } = scope
  const fromTrainerId = person.trainerId
  const id = await insertHandover(
    db,
    { organizationId, beneficiaryId, fromTrainerId, toTrainerId, offeredBy: actor.userId, note },
    now,
  )
  await decideHandover(db, id, { status: 'moved' }, now)
  await giveTo(db, beneficiaryId, toTrainerId, now)
  about(id)
  return { id }
}

export async function moveBack({ db, actor, now, about }: WriteContext, { id }: { id: Id }) {
  const moved = await handoverOf(db, scopeOf(actor), id)
  if (!moved) throw new Refusal('notFound', 'handover.notFound')
  if (moved.status !== 'moved' || moved.trainerId !== moved.toTrainerId) {
    throw new Refusal('conflict', 'handover.goneOn')
  }
  await giveTo(db, moved.beneficiaryId, moved.fromTrainerId, now)
  await decideHandover(db, id, { status: 'movedBack' }, now)
  about(id)
  return {}
}

async function movable(db: Reader, actor: Actor, beneficiaryId: Id, toTrainerId: Id) {
  const person = await fileOf(db, scopeOf(actor), beneficiaryId)
  const trainer = (await trainersOf(db, organizationOf(actor))).find(({ id }) => id === toTrainerId)
  if (!trainer) throw new Refusal('notFound', 'user.notFound')
  if (person.trainerId === toTrainerId) throw new Refusal('conflict', 'handover.isTheirs')
  return { person, toName: trainer.name }
}
