import { type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { BeneficiaryPage, ListBeneficiaries } from '../../../shared/contract/beneficiaries.ts'
import { searchWords } from '../../../shared/fold.ts'
import type { Reader } from '../../database/database.ts'
import { pageKey, readPageKey } from '../../page-key.ts'
import type { Scope } from '../../scope.ts'
import { photoOfPerson } from '../photos/queries.ts'
import { wireEmail } from './email.ts'
import { ownKey, ownWord } from './people-keys.ts'
import { fileNumber } from './queries.ts'

/** With more matches than this a walk along the names finds a page sooner than sorting all matches. */
const rareMatches = 2000

interface Search {
  scope: Scope
  /** What the names still have to be looked through for. */
  words: string[]
  /** Everybody whose name or own field fits, when they are few. */
  matches: readonly Id[] | undefined
  status: ListBeneficiaries['status']
  trainerId: Id | undefined
  own: ListBeneficiaries['own']
}

/** One page in the order of names, of all or of those `among`, found without reading more rows than it has to. */
export async function listBeneficiaries(
  db: Reader,
  scope: Scope,
  input: ListBeneficiaries,
  among?: readonly Id[],
): Promise<BeneficiaryPage> {
  const words = searchWords(input.search)
  const { status, trainerId, own } = input
  const named = words.length > 0 ? await fewMatches(db, words) : undefined
  const few = named ?? (own ? await fewWith(db, scope, own) : undefined)
  const meant = among && new Set(among)
  const matches = meant && few ? few.filter((id) => meant.has(id)) : (among ?? few)
  const search = { scope, words: named ? [] : words, matches, status, trainerId, own }
  const found = await pageOf(db, search, input)
  const last = found[input.limit - 1]
  return {
    rows: (await rowsOf(db, found)).map((row) => ({ ...row, email: wireEmail(row.email) })),
    next: last ? pageKey([last.sortName, last.id]) : null,
    total: input.after ? null : await totalOf(db, search),
  }
}

async function fewWith(db: Reader, { organizationId }: Scope, { key, value }: NonNullable<ListBeneficiaries['own']>) {
  const rows = await db
    .selectFrom('people_keys')
    .select('beneficiary_id as id')
    .where('organization_id', '=', organizationId)
    .where('kind', '=', ownKey(key))
    .where('value', '=', ownWord(value))
    .limit(rareMatches + 1)
    .execute()
  return rows.length <= rareMatches ? rows.map(({ id }) => id) : undefined
}

/** Undefined when there are too many to sort them for every page. */
async function fewMatches(db: Reader, words: string[]): Promise<Id[] | undefined> {
  const rows = await db
    .selectFrom('people_search')
    .select('rowid')
    .where(sql<SqlBool>`people_search match ${words.map((word) => `"${word}"*`).join(' ')}`)
    .limit(rareMatches + 1)
    .execute()
  return rows.length <= rareMatches ? rows.map((row) => row.rowid) : undefined
}

function matching(db: Reader, { scope, words, matches, status, trainerId, own }: Search) {
  let query = (matches ? only(db, matches) : db.selectFrom('people_index')).where(
    'people_index.organization_id',
    '=',
    scope.organizationId,
  )
  if (status) query = query.where('people_index.status', '=', status)
  if (scope.trainerId !== null) query = query.where('people_index.trainer_id', '=', scope.trainerId)
  if (trainerId) query = query.where('people_index.trainer_id', '=', trainerId)
  if (own) {
    query = query.where(
      sql<SqlBool>`exists (
        select 1 from people_keys
        where organization_id = ${scope.organizationId} and kind = ${ownKey(own.key)} and value = ${ownWord(own.value)}
          and people_keys.beneficiary_id = people_index.beneficiary_id
      )`,
    )
  }
  for (const word of words) query = query.where(sql<SqlBool>`' ' || sort_name like ${`% ${word}%`}`)
  return query
}

/** The cross join makes SQLite begin with the few matches instead of walking along all names. */
function only(db: Reader, matches: readonly Id[]) {
  return db
    .selectFrom(sql<{ value: Id }>`json_each(${JSON.stringify(matches)})`.as('matches'))
    .crossJoin('people_index')
    .whereRef('people_index.beneficiary_id', '=', 'matches.value')
}

async function pageOf(db: Reader, search: Search, { after, limit, order }: ListBeneficiaries) {
  const [direction, next] = order === '-name' ? (['desc', '<'] as const) : (['asc', '>'] as const)
  let query = matching(db, search).select(['people_index.beneficiary_id as id', 'people_index.sort_name as sortName'])
  if (after) {
    const [sortName, id] = readPageKey(after, ['string', 'number'])
    query = query.where(sql<SqlBool>`(sort_name, beneficiary_id) ${sql.raw(next)} (${sortName}, ${id})`)
  }
  return query
    .orderBy('people_index.sort_name', direction)
    .orderBy('people_index.beneficiary_id', direction)
    .limit(limit)
    .execute()
}

/** Null when counting would take longer than the page itself. */
async function totalOf(db: Reader, search: Search) {
  if ((search.words.length > 0 || search.own) && !search.matches) return null
  const { count } = await matching(db, search)
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
      'profiles.date_of_birth as dateOfBirth',
      fileNumber.as('number'),
      photoOfPerson.as('photo'),
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
