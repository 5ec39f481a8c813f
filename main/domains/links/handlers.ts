import type { Id } from '../../../shared/contract/base.ts'
import type { NewLink } from '../../../shared/contract/links.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { fileOf } from '../beneficiaries/person-file.ts'
import { markOf, pairsApart } from './apart.ts'
import { pairOf } from './pair.ts'
import { deleteLink, insertLink, linkBetween, linksOf, linkWithin, markAnew } from './queries.ts'

export async function list({ db, actor }: ReadContext, { beneficiaryId }: { beneficiaryId: Id }) {
  const scope = scopeOf(actor)
  await fileOf(db, scope, beneficiaryId)
  return linksOf(db, scope, beneficiaryId)
}

export async function create({ db, actor, now, about }: WriteContext, { beneficiaryId, otherId, role, note }: NewLink) {
  const scope = scopeOf(actor)
  await bothFiles(db, scope, beneficiaryId, otherId)
  const pair = pairOf(beneficiaryId, otherId, role)
  if (await linkBetween(db, pair)) throw new Refusal('conflict', 'link.exists')
  const words = role === 'other' ? note : ''
  const { organizationId } = scope
  const id = await insertLink(db, { ...pair, organizationId, note: words, mark: null, writtenBy: actor.userId }, now)
  about(id)
  return { id }
}

export async function remove({ db, actor, about }: WriteContext, { id }: { id: Id }) {
  const link = await linkWithin(db, scopeOf(actor), id)
  if (!link) throw new Refusal('notFound', 'link.notFound')
  about(id)
  await deleteLink(db, id)
  return {}
}

export async function setApart(
  { db, actor, now, about }: WriteContext,
  { beneficiaryId, otherId }: { beneficiaryId: Id; otherId: Id },
) {
  const scope = scopeOf(actor)
  const files = await bothFiles(db, scope, beneficiaryId, otherId)
  const [first, second] = files.toSorted((one, other) => one.id - other.id)
  const pair = pairOf(beneficiaryId, otherId, 'different')
  const said = { mark: first && second ? markOf(first, second) : null, writtenBy: actor.userId }
  const known = await linkBetween(db, pair)
  if (known) await markAnew(db, known.id, said, now)
  const { organizationId } = scope
  const id = known?.id ?? (await insertLink(db, { ...pair, ...said, organizationId, note: '' }, now))
  about(id)
  return { id }
}

export async function apart({ db, actor }: ReadContext) {
  return (await pairsApart(db, scopeOf(actor))).slice(0, 200)
}

async function bothFiles(db: Reader, scope: Scope, one: Id, other: Id) {
  const files = [await fileOf(db, scope, one), await fileOf(db, scope, other)]
  if (one === other) throw new Refusal('invalid', 'link.same')
  return files
}
