import type { Id } from '../../../shared/contract/base.ts'
import { type TrashedPerson, trashDays } from '../../../shared/contract/people-trash.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import { scopeOf } from '../../scope.ts'
import { putInTrash, removable, takeOut } from './put.ts'
import { filesAlong, goingAlong, trashedPeople } from './queries.ts'

const dayMs = 86_400_000

export async function goesAlong({ db, actor, clock }: ReadContext, { id }: { id: Id }) {
  return goingAlong(db, await removable(db, scopeOf(actor), id), clock.now().toISOString())
}

export async function list({ db, actor, clock }: ReadContext): Promise<TrashedPerson[]> {
  const now = clock.now().getTime()
  const people = await trashedPeople(db, scopeOf(actor))
  const along = await filesAlong(
    db,
    people.map(({ id }) => id),
  )
  return people.map(({ isHeld, lastJoined, ...person }) => {
    const since = Math.max(Date.parse(person.deletedAt), lastJoined === null ? 0 : Date.parse(lastJoined))
    const daysLeft = Math.max(0, Math.ceil((since + trashDays * dayMs - now) / dayMs))
    return { ...person, along: along.get(person.id) ?? [], isHeld: isHeld === 1, daysLeft }
  })
}

export async function put({ db, actor, now, about }: WriteContext, { id }: { id: Id }) {
  await putInTrash(db, await removable(db, scopeOf(actor), id), actor.userId, now)
  about(id)
  return {}
}

export async function restore({ db, actor, now, about }: WriteContext, { id }: { id: Id }) {
  await takeOut(db, scopeOf(actor), id, now)
  about(id)
  return {}
}
