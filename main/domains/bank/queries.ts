import { type SqlBool, sql } from 'kysely'
import type { BankRow } from '../../../shared/contract/bank.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { reachesAssessment, type Scope } from '../../scope.ts'
import { fromColumns } from '../assessments/stored-question.ts'
import { within } from './category-range.ts'

const among = (ids: readonly Id[]) => sql<Id>`(select value from json_each(${JSON.stringify(ids)}))`

/** Questions of the bank, and of assessments within reach. */
export function reachesQuestion(scope: Scope) {
  return sql<SqlBool>`(questions.assessment_id is null or ${reachesAssessment(scope, 'questions.assessment_id')})`
}

/** In the order of the ids; what is out of reach is left out. */
export async function questionRows(db: Reader, scope: Scope, ids: readonly Id[]) {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('questions')
    .leftJoin('assessments', 'assessments.id', 'questions.assessment_id')
    .select([
      'questions.id',
      'questions.text',
      'questions.type',
      'questions.options',
      'questions.correct_answer as correctAnswer',
      'questions.points',
      'questions.required',
      'questions.category',
      'questions.tags',
      'questions.metadata',
      'questions.assessment_id as assessmentId',
      'questions.origin_id as originId',
      'questions.updated_at as updatedAt',
      'assessments.title as assessmentTitle',
      sql<number>`(select count(*) from questions copies where copies.origin_id = questions.id)`.as('copies'),
    ])
    .where('questions.organization_id', '=', scope.organizationId)
    .where(reachesQuestion(scope))
    .where('questions.id', 'in', among(ids))
    .execute()
  const known = new Map(
    rows.map(({ id, assessmentId, assessmentTitle, originId, copies, updatedAt, ...columns }) => {
      const row = { id, assessmentId, assessmentTitle, originId, copies, updatedAt, question: fromColumns(columns) }
      return [id, row satisfies BankRow]
    }),
  )
  return ids.flatMap((id) => known.get(id) ?? [])
}

export function categoriesOf(db: Reader, organizationId: Id) {
  return db
    .selectFrom('questions')
    .select((eb) => ['category', eb.fn.countAll<number>().as('count')])
    .where('organization_id', '=', organizationId)
    .where('assessment_id', 'is', null)
    .where('category', 'is not', null)
    .groupBy('category')
    .$narrowType<{ category: string }>()
    .execute()
}

export function tagsOf(db: Reader, organizationId: Id) {
  return db
    .selectFrom('questions')
    .innerJoin(sql<{ value: string }>`json_each(questions.tags)`.as('tagged'), (join) => join.onTrue())
    .select((eb) => ['tagged.value as tag', eb.fn.countAll<number>().as('count')])
    .where('questions.organization_id', '=', organizationId)
    .where('questions.assessment_id', 'is', null)
    .groupBy('tagged.value')
    .orderBy('tagged.value')
    .execute()
}

export function usesOf(db: Reader, scope: Scope, questionId: Id) {
  return db
    .selectFrom('questions')
    .innerJoin('assessments', 'assessments.id', 'questions.assessment_id')
    .select(['assessments.id as assessmentId', 'assessments.title', 'assessments.status'])
    .distinct()
    .where('questions.origin_id', '=', questionId)
    .where('questions.organization_id', '=', scope.organizationId)
    .where(reachesAssessment(scope, 'assessments.id'))
    .orderBy('assessments.title')
    .execute()
}

/** Those of these questions that are in the bank, with their tags. */
export function inBank(db: Reader, organizationId: Id, ids: readonly Id[]) {
  return db
    .selectFrom('questions')
    .select(['id', 'tags'])
    .where('organization_id', '=', organizationId)
    .where('assessment_id', 'is', null)
    .where('id', 'in', among(ids))
    .execute()
}

export function deleteQuestions(db: Writer, ids: readonly Id[]) {
  return db.deleteFrom('questions').where('id', 'in', among(ids)).execute()
}

export function setOrigin(db: Writer, questionId: Id, originId: Id) {
  return db.updateTable('questions').set({ origin_id: originId }).where('id', '=', questionId).execute()
}

export function setCategory(db: Writer, ids: readonly Id[], category: string | null, now: string) {
  return db.updateTable('questions').set({ category, updated_at: now }).where('id', 'in', among(ids)).execute()
}

export function setTags(db: Writer, id: Id, tags: readonly string[], now: string) {
  return db
    .updateTable('questions')
    .set({ tags: tags.length > 0 ? [...tags] : null, updated_at: now })
    .where('id', '=', id)
    .execute()
}

/** The questions of the bank in a category or below it. */
export function categorisedIn(db: Reader, organizationId: Id, category: string) {
  return db
    .selectFrom('questions')
    .select(['id', 'category'])
    .where('organization_id', '=', organizationId)
    .where('assessment_id', 'is', null)
    .where(within(category))
    .$narrowType<{ category: string }>()
    .execute()
}
