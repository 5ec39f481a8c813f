import type { Id } from '../../../shared/contract/base.ts'
import { ListFilters, mostViews, SavedList, type SavedView } from '../../../shared/contract/saved-views.ts'
import { fold } from '../../../shared/fold.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { deleteView, insertView, keepFilters, keptFilters, type Owner, updateView, viewsFor } from './queries.ts'

export async function list({ db, actor }: ReadContext) {
  const { organizationId, userId } = ownerOf(actor)
  const kept = await keptFilters(db, organizationId, userId)
  const views = await viewsWithin(db, actor)
  return {
    views: views.sort((one, other) => one.name.localeCompare(other.name)),
    kept: kept.flatMap((one) => {
      const list = SavedList.safeParse(one.list).data
      return list === undefined ? [] : [{ list, filters: ListFilters.catch({}).parse(one.filters) }]
    }),
  }
}

interface NewView extends Pick<SavedView, 'list' | 'name' | 'filters' | 'isShared' | 'isFirst'> {}

export async function save({ db, actor, now, about }: WriteContext, { isShared, ...view }: NewView) {
  const own = ownerOf(actor)
  if (isShared && !isAdministrator(actor)) throw new Refusal('forbidden', 'savedView.onlyAdministrators')
  const others = (await viewsWithin(db, actor)).filter((one) => one.list === view.list && one.isShared === isShared)
  if (others.length >= mostViews) throw new Refusal('conflict', 'savedView.tooMany', { most: mostViews })
  refuseTaken(others, view.name)
  if (view.isFirst) await noLongerFirst(db, others, now)

  const id = await insertView(db, { ...view, ...own, userId: isShared ? null : own.userId }, now)
  about(id, { list: view.list, isShared })
  return { id }
}

interface Changed extends Partial<Pick<SavedView, 'name' | 'filters' | 'isFirst'>> {
  id: Id
}

export async function update({ db, actor, now, about }: WriteContext, { id, ...change }: Changed) {
  const views = await viewsWithin(db, actor)
  const view = changeable(views, id)
  const others = views.filter((one) => one.id !== id && one.list === view.list && one.isShared === view.isShared)
  if (change.name !== undefined) refuseTaken(others, change.name)
  if (change.isFirst) await noLongerFirst(db, others, now)
  await updateView(db, id, change, now)
  about(id)
  return {}
}

export async function remove({ db, actor, about }: WriteContext, { id }: { id: Id }) {
  changeable(await viewsWithin(db, actor), id)
  await deleteView(db, id)
  about(id)
  return {}
}

export async function keep({ db, actor }: WriteContext, kept: Pick<SavedView, 'list' | 'filters'>) {
  await keepFilters(db, { ...kept, ...ownerOf(actor) })
  return {}
}

/** Of two that two machines made the first, the newer one is. */
async function viewsWithin(db: Reader, actor: Actor): Promise<SavedView[]> {
  const firsts = new Set<string>()
  const rows = await viewsFor(db, ownerOf(actor))
  return rows.flatMap(({ userId, ...row }) => {
    const list = SavedList.safeParse(row.list).data
    if (list === undefined) return []
    const isShared = userId === null
    const isFirst = row.isFirst && !firsts.has(`${list} ${isShared}`)
    if (isFirst) firsts.add(`${list} ${isShared}`)
    const filters = ListFilters.catch({}).parse(row.filters)
    return [{ ...row, list, filters, isShared, isFirst, isChangeable: !isShared || isAdministrator(actor) }]
  })
}

function changeable(views: readonly SavedView[], id: Id): SavedView {
  const view = views.find((one) => one.id === id)
  if (!view) throw new Refusal('notFound', 'savedView.notFound')
  if (!view.isChangeable) throw new Refusal('forbidden', 'savedView.onlyAdministrators')
  return view
}

function refuseTaken(others: readonly SavedView[], name: string) {
  if (others.some((one) => fold(one.name) === fold(name))) {
    throw new Refusal('conflict', 'savedView.nameTaken', { name })
  }
}

async function noLongerFirst(db: Writer, others: readonly SavedView[], now: string) {
  for (const { id } of others.filter(({ isFirst }) => isFirst)) await updateView(db, id, { isFirst: false }, now)
}

function isAdministrator({ kind }: Actor): boolean {
  return kind === 'admin' || kind === 'super_admin'
}

function ownerOf(actor: Actor): Owner & { userId: Id } {
  if (actor.userId === null) throw new Refusal('forbidden', 'door.forbidden')
  return { organizationId: organizationOf(actor), userId: actor.userId }
}
