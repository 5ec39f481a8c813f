import { type SqlBool, sql } from 'kysely'
import type { BankPage, ListQuestions } from '../../../shared/contract/bank.ts'
import type { Id } from '../../../shared/contract/base.ts'
import { fold } from '../../../shared/fold.ts'
import { breather } from '../../breather.ts'
import type { Reader } from '../../database/database.ts'
import { pageKey, readPageKey } from '../../page-key.ts'
import type { Scope } from '../../scope.ts'
import { within } from './category-range.ts'
import { questionRows, reachesQuestion } from './queries.ts'

/** How many questions a search reads at once. */
const stretch = 500

/** The newest first; a search walks along the questions and stops as soon as the page is full. */
export async function listQuestions(db: Reader, scope: Scope, input: ListQuestions): Promise<BankPage> {
  const found = await questionIdsBefore(db, scope, input)
  const last = found[input.limit - 1]
  const isCounted = wordsOf(input).length === 0 && input.after === undefined
  return {
    rows: await questionRows(db, scope, found),
    next: last === undefined ? null : pageKey([last]),
    total: isCounted ? await countOf(db, scope, input) : null,
  }
}

/** The ids of the questions of such a page. */
export async function questionIdsBefore(db: Reader, scope: Scope, input: ListQuestions): Promise<Id[]> {
  const words = wordsOf(input)
  const before = input.after === undefined ? null : readPageKey(input.after, ['number'])[0]
  if (words.length > 0) return search(db, scope, input, before, words)
  return idsBefore(db, scope, input, before, input.limit)
}

function wordsOf({ search }: ListQuestions): string[] {
  return fold(search).split(' ').filter(Boolean)
}

function matching(db: Reader, scope: Scope, { category, tag, type, source }: ListQuestions) {
  let query = db
    .selectFrom('questions')
    .where('questions.organization_id', '=', scope.organizationId)
    .where(reachesQuestion(scope))
  if (source === 'bank') query = query.where('questions.assessment_id', 'is', null)
  if (source === 'assessments') query = query.where('questions.assessment_id', 'is not', null)
  if (type) query = query.where('questions.type', '=', type)
  if (category) query = query.where(within(category))
  if (tag) query = query.where(sql<SqlBool>`exists (select 1 from json_each(questions.tags) where value = ${tag})`)
  return query
}

async function idsBefore(db: Reader, scope: Scope, input: ListQuestions, before: Id | null, limit: number) {
  let query = matching(db, scope, input).select('questions.id')
  if (before !== null) query = query.where('questions.id', '<', before)
  const rows = await query.orderBy('questions.id', 'desc').limit(limit).execute()
  return rows.map(({ id }) => id)
}

async function search(db: Reader, scope: Scope, input: ListQuestions, before: Id | null, words: string[]) {
  const found: Id[] = []
  const breathe = breather()
  for (let from = before; ; ) {
    const rows = await wordsBefore(db, scope, input, from)
    for (const row of rows) {
      await breathe()
      const text = fold(`${row.text} ${row.name ?? ''} ${row.category ?? ''} ${row.tags ?? ''}`)
      if (words.every((word) => text.includes(word))) found.push(row.id)
      if (found.length === input.limit) return found
    }
    if (rows.length < stretch) return found
    from = rows.at(-1)?.id ?? null
  }
}

function wordsBefore(db: Reader, scope: Scope, input: ListQuestions, before: Id | null) {
  let query = matching(db, scope, input).select([
    'questions.id',
    'questions.text',
    'questions.category',
    sql<string | null>`questions.metadata ->> 'name'`.as('name'),
    sql<string | null>`(select group_concat(value, ' ') from json_each(questions.tags))`.as('tags'),
  ])
  if (before !== null) query = query.where('questions.id', '<', before)
  return query.orderBy('questions.id', 'desc').limit(stretch).execute()
}

async function countOf(db: Reader, scope: Scope, input: ListQuestions): Promise<number> {
  const { count } = await matching(db, scope, input)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
