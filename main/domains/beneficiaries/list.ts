import { type SqlBool, sql } from 'kysely'
import type { BeneficiaryPage, ListBeneficiaries } from '../../../shared/contract/beneficiaries.ts'
import type { Id } from '../../../shared/contract/base.ts'
import { fold } from '../../../shared/fold.ts'
import type { Reader } from '../../database/database.ts'
import { pageKey, readPageKey } from '../../page-key.ts'
import { wireEmail } from './email.ts'

/** With more matches than this a walk along the names finds a page sooner than sorting all matches. */
const rareMatches = 2000

interface Search {
  organizationId: Id
  words: string[]
  status: ListBeneficiaries['status']
  trainerId: Id | undefined
}

/** One page in the order of names, found without reading more rows than it has to. */
export async function listBeneficiaries(
  db: Reader,
  organizationId: Id,
  input: ListBeneficiaries,
): Promise<BeneficiaryPage> {
  const search = { organizationId, words: wordsOf(input.search), status: input.status, trainerId: input.trainerId }
  const isRare = search.words.length > 0 && (await isRareSearch(db, search.words))
  const found = await pageOf(db, search, isRare, input)
  const total = input.after ? null : await totalOf(db, search, isRare)
  const last = found[input.limit - 1]
  return {
    rows: (await rowsOf(db, found)).map((row) => ({ ...row, email: wireEmail(row.email) })),
    next: last ? pageKey([last.sortName, last.id]) : null,
    total,
  }
}

/** A word for the full-text index is letters and digits; anything else separates words. */
function wordsOf(search: string): string[] {
  return fold(search)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 8)
}

function matchOf(words: string[]) {
  return words.map((word) => `"${word}"*`).join(' ')
}

async function isRareSearch(db: Reader, words: string[]) {
  const { count } = await db
    .selectFrom(
      sql<{ rowid: Id }>`(select rowid from people_search where people_search match ${matchOf(words)} limit ${rareMatches + 1})`.as(
        'matches',
      ),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count <= rareMatches
}

function matching(db: Reader, { organizationId, words, status, trainerId }: Search, isRare: boolean) {
  let query = db.selectFrom('people_index').where('people_index.organization_id', '=', organizationId)
  if (status) query = query.where('people_index.status', '=', status)
  if (trainerId) query = query.where('people_index.trainer_id', '=', trainerId)
  if (isRare) {
    return query.where(
      sql<SqlBool>`people_index.beneficiary_id in (select rowid from people_search where people_search match ${matchOf(words)})`,
    )
  }
  for (const word of words) query = query.where(sql<SqlBool>`' ' || sort_name like ${`% ${word}%`}`)
  return query
}

async function pageOf(db: Reader, search: Search, isRare: boolean, { after, limit }: ListBeneficiaries) {
  let query = matching(db, search, isRare).select(['people_index.beneficiary_id as id', 'sort_name as sortName'])
  if (after) {
    const [sortName, id] = readPageKey(after, ['string', 'number'])
    query = query.where(sql<SqlBool>`(sort_name, beneficiary_id) > (${sortName}, ${id})`)
  }
  return query.orderBy('sort_name').orderBy('beneficiary_id').limit(limit).execute()
}

/** Null when counting would take longer than the page itself. */
async function totalOf(db: Reader, search: Search, isRare: boolean) {
  if (search.words.length > 0 && !isRare) return null
  const { count } = await matching(db, search, isRare)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

async function rowsOf(db: Reader, found: { id: Id }[]) {
  if (found.length === 0) return []
  const rows = await db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .leftJoin('profiles', 'profiles.user_id', 'users.id')
    .leftJoin('users as trainers', 'trainers.id', 'beneficiaries.trainer_id')
    .select([
      'beneficiaries.id',
      'users.name',
      'users.email',
      'profiles.phone',
      'profiles.city',
      'beneficiaries.status',
      'beneficiaries.trainer_id as trainerId',
      'trainers.name as trainerName',
      'beneficiaries.enrollment_date as enrollmentDate',
    ])
    .where(
      'beneficiaries.id',
      'in',
      sql<Id>`(select value from json_each(${JSON.stringify(found.map((person) => person.id))}))`,
    )
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return found.flatMap(({ id }) => byId.get(id) ?? [])
}
