import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'
import { registry } from '../../database/registry.ts'
import type { Scope } from '../../scope.ts'
import { likelyPairs, mostOfAKind } from './likely.ts'

/** People of whom this computer heard last; each is compared with everybody. */
const heardLast = 100
const mostCompared = 1000

/**
 * How many pairs there are of people who may be one, written down on two computers that did not know of each other: looked for
 * among those of whom the centre told last. Nobody is told by the form that adds a person where the other one comes later.
 */
export async function pairsAcross(db: Reader, scope: Scope): Promise<number> {
  const heard = await peopleHeardOf(db, scope)
  if (heard.length === 0) return 0
  const { pairs } = await likelyPairs(db, scope, await sharingWith(db, scope, heard))
  const isNew = new Set(heard)
  return pairs.filter(({ first, second, isAcross }) => isAcross && (isNew.has(first.id) || isNew.has(second.id))).length
}

/** Newest first; none where this computer belongs to no centre. Without its index all rows of the centre would be read. */
async function peopleHeardOf(db: Reader, { organizationId }: Scope): Promise<Id[]> {
  const heard = sql<{ id: Id }>`(select id from sync_rows indexed by idx_sync_rows_people
    where table_number = ${sql.lit(registry.beneficiaries.number)} and base > 0 order by base desc limit ${sql.lit(heardLast)})`
  const rows = await db
    .selectFrom(heard.as('heard'))
    .innerJoin('people_index', 'people_index.beneficiary_id', 'heard.id')
    .select('heard.id')
    .where('people_index.organization_id', '=', organizationId)
    .execute()
  return rows.map(({ id }) => id)
}

/** What more people have in common tells nobody apart, and is not followed to all of them. */
const isRare = sql<boolean>`(select count(*) from (select 1 from people_keys as all_of where all_of.organization_id = own.organization_id
  and all_of.kind = own.kind and all_of.value = own.value limit ${sql.lit(mostOfAKind + 1)})) <= ${sql.lit(mostOfAKind)}`

/** They, and whoever has something in common with one of them. */
async function sharingWith(db: Reader, { organizationId }: Scope, ids: readonly Id[]): Promise<Id[]> {
  const rows = await db
    .selectFrom(sql<{ value: Id }>`json_each(${JSON.stringify(ids)})`.as('asked'))
    .crossJoin('people_keys as own')
    .crossJoin('people_keys as others')
    .select('others.beneficiary_id as id')
    .distinct()
    .whereRef('own.beneficiary_id', '=', 'asked.value')
    .where('own.kind', 'in', ['sound', 'born', 'number', 'phone'])
    .where('others.organization_id', '=', organizationId)
    .whereRef('others.kind', '=', 'own.kind')
    .whereRef('others.value', '=', 'own.value')
    .where(isRare)
    .limit(mostCompared)
    .execute()
  return [...new Set([...ids, ...rows.map(({ id }) => id)])]
}
