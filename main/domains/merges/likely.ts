import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { LikelyPair } from '../../../shared/contract/merges.ts'
import { breather } from '../../breather.ts'
import type { Reader } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { keysApart } from '../links/apart.ts'
import { peopleToShow } from './queries.ts'

type Cause = LikelyPair['causes'][number]
type Kind = 'sound' | 'born' | 'number' | 'phone'

/** Read at once, between which everybody else has their turn. */
const slice = 500
/** What more people have in common tells nobody apart. */
export const mostOfAKind = 20
/** A name alone tells something where so few have it. */
const rareName = 3
const mostPairs = 100

const weights: Record<Cause, number> = { number: 4, name: 3, dateOfBirth: 2, phone: 2 }

interface Pair {
  ids: readonly [Id, Id]
  causes: Cause[]
}

/**
 * Pairs of people within reach who may be one: the same number of the centre; a name that sounds the same, when it is rare or
 * something else is the same; or the same day of birth or phone together with a part of the name.
 *
 * @param among only these, where somebody asks about a few
 */
export async function likelyPairs(db: Reader, scope: Scope, among?: readonly Id[]) {
  const breathe = breather()
  const [sounds, births] = [new Map<Id, string>(), new Map<Id, string>()]
  const pairs = new Map<string, Pair>()
  const named: Id[][] = []
  for await (const { value, ids } of commons({ db, scope, among }, 'sound')) {
    for (const id of ids) sounds.set(id, value)
    if (ids.length > 1 && ids.length <= mostOfAKind) named.push(ids)
  }
  const shareWord = ([one, other]: readonly [Id, Id]) => {
    const words = new Set((sounds.get(one) ?? '').split(' '))
    return (sounds.get(other) ?? '').split(' ').some((word) => word !== '' && words.has(word))
  }
  for (const [kind, cause] of [
    ['born', 'dateOfBirth'],
    ['phone', 'phone'],
    ['number', 'number'],
  ] as const) {
    for await (const { value, ids } of commons({ db, scope, among }, kind)) {
      if (kind === 'born') for (const id of ids) births.set(id, value)
      if (ids.length > mostOfAKind) continue
      for (const two of pairsOf(ids)) if (kind === 'number' || shareWord(two)) add(pairs, two, cause)
    }
  }
  for (const ids of named) {
    for (const two of pairsOf(ids)) {
      if (pairs.has(two.join(' ')) || ids.length <= rareName) add(pairs, two, 'name')
    }
    await breathe()
  }
  for (const key of await keysApart(db, scope)) pairs.delete(key)
  return shown(db, scope, await byWeight(pairs, births))
}

/** Without those who are two; the heaviest first, in the order in which they were found. */
async function byWeight(pairs: ReadonlyMap<string, Pair>, births: ReadonlyMap<Id, string>): Promise<Pair[][]> {
  const breathe = breather()
  const found: Pair[][] = []
  for (const pair of pairs.values()) {
    await breathe()
    if (wereBornApart(births, pair)) continue
    const weight = pair.causes.reduce((sum, cause) => sum + weights[cause], 0)
    const alike = found[weight] ?? []
    alike.push(pair)
    found[weight] = alike
  }
  return found.filter((alike) => alike !== undefined).toReversed()
}

/** Brothers and sisters share a phone, and namesakes a name. */
function wereBornApart(births: ReadonlyMap<Id, string>, { ids: [one, other], causes }: Pair): boolean {
  const [first, second] = [births.get(one), births.get(other)]
  return !causes.includes('number') && first !== undefined && second !== undefined && first !== second
}

async function shown(db: Reader, scope: Scope, found: readonly Pair[][]) {
  const page = found.flatMap((pairs) => pairs.slice(0, mostPairs)).slice(0, mostPairs)
  const ids = [...new Set(page.flatMap((pair) => pair.ids))]
  const rows = ids.length === 0 ? [] : await peopleToShow(db, scope, ids)
  const people = new Map(rows.map((row) => [row.id, row] as const))
  return {
    pairs: page.flatMap(({ ids: [one, other], causes }) => {
      const [first, second] = [people.get(one), people.get(other)]
      return first && second ? [{ first, second, isAcross: machineOf(one) !== machineOf(other), causes }] : []
    }),
    hasMore: found.reduce((sum, alike) => sum + alike.length, 0) > page.length,
  }
}

/** Which gave out the number of a row. */
function machineOf(id: Id): number {
  return Math.floor(id / 2 ** 32)
}

function add(pairs: Map<string, Pair>, ids: readonly [Id, Id], cause: Cause) {
  const key = ids.join(' ')
  const { causes } = pairs.get(key) ?? { causes: [] }
  pairs.set(key, { ids, causes: [...causes, cause] })
}

function pairsOf(ids: readonly Id[]): (readonly [Id, Id])[] {
  const sorted = ids.toSorted((one, other) => one - other)
  return sorted.flatMap((one, index) => sorted.slice(index + 1).map((other) => [one, other] as const))
}

interface Asked {
  db: Reader
  scope: Scope
  among: readonly Id[] | undefined
}

/** Each value of a kind with everybody within reach who has it. */
async function* commons(asked: Asked, kind: Kind) {
  const breathe = breather()
  let value = ''
  let ids: Id[] = []
  for await (const rows of slices(asked, kind)) {
    for (const row of rows) {
      if (row.value !== value) {
        if (ids.length > 0) yield { value, ids }
        value = row.value
        ids = []
      }
      ids.push(row.id)
    }
    await breathe()
  }
  if (ids.length > 0) yield { value, ids }
}

async function* slices({ db, scope, among }: Asked, kind: Kind) {
  if (among) {
    yield await keysAmong(db, scope, among, kind)
    return
  }
  const { organizationId, trainerId } = scope
  let after: { value: string; id: Id } | undefined
  do {
    let query = db
      .selectFrom('people_keys')
      .select(['value', 'beneficiary_id as id'])
      .where('organization_id', '=', organizationId)
      .where('kind', '=', kind)
    if (after) query = query.where(sql<boolean>`(value, beneficiary_id) > (${after.value}, ${after.id})`)
    if (trainerId !== null) {
      query = query.where('beneficiary_id', 'in', (eb) =>
        eb
          .selectFrom('people_index')
          .select('beneficiary_id')
          .where('organization_id', '=', organizationId)
          .where('trainer_id', '=', trainerId),
      )
    }
    const rows = await query.orderBy('value').orderBy('beneficiary_id').limit(slice).execute()
    yield rows
    after = rows.length < slice ? undefined : rows.at(-1)
  } while (after)
}

/** From the people to their keys: the other way round all keys of the centre would be read. */
function keysAmong(db: Reader, { organizationId, trainerId }: Scope, among: readonly Id[], kind: Kind) {
  return db
    .selectFrom(sql<{ value: Id }>`json_each(${JSON.stringify(among)})`.as('asked'))
    .crossJoin('people_index')
    .crossJoin('people_keys')
    .select(['people_keys.value', 'people_keys.beneficiary_id as id'])
    .whereRef('people_index.beneficiary_id', '=', 'asked.value')
    .where('people_index.organization_id', '=', organizationId)
    .$if(trainerId !== null, (query) => query.where('people_index.trainer_id', '=', trainerId))
    .whereRef('people_keys.beneficiary_id', '=', 'asked.value')
    .where(sql<boolean>`+people_keys.kind = ${kind}`)
    .orderBy('people_keys.value')
    .orderBy('people_keys.beneficiary_id')
    .execute()
}
