import type { Pool } from '../../../shared/contract/assessments.ts'
import type { ListQuestions } from '../../../shared/contract/bank.ts'
import type { Id } from '../../../shared/contract/base.ts'
import { Category, type Question, Question as QuestionSchema } from '../../../shared/contract/questions.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { draftAssessment } from '../assessments/draft.ts'
import { putIntoPool } from '../assessments/pools.ts'
import { insertQuestions, touchAssessment, updateQuestionColumns } from '../assessments/queries.ts'
import { keepInBank } from './keep.ts'
import { listQuestions } from './list.ts'
import {
  categoriesOf,
  categorisedIn,
  deleteQuestions,
  inBank,
  questionRows,
  setCategory,
  setTags,
  tagsOf,
  usesOf,
} from './queries.ts'

export async function list({ db, actor }: ReadContext, input: ListQuestions) {
  return listQuestions(db, scopeOf(actor), input)
}

export async function categories({ db, actor }: ReadContext) {
  return categoriesOf(db, organizationOf(actor))
}

export async function tags({ db, actor }: ReadContext) {
  return tagsOf(db, organizationOf(actor))
}

export async function uses({ db, actor }: ReadContext, { id }: { id: Id }) {
  const scope = scopeOf(actor)
  await knownQuestions(db, scope, [id])
  return usesOf(db, scope, id)
}

export async function add({ db, actor, now, about }: WriteContext, { questions }: { questions: Question[] }) {
  const place = { organizationId: organizationOf(actor), assessmentId: null }
  const questionIds = await insertQuestions(
    db,
    place,
    questions.map((question) => ({ question })),
    now,
  )
  if (questionIds[0]) about(questionIds[0], { questions: questionIds.length })
  return { questionIds }
}

export async function update(
  { db, actor, now, about }: WriteContext,
  { id, question }: { id: Id; question: Question },
) {
  await bankQuestions(db, organizationOf(actor), [id])
  await updateQuestionColumns(db, id, question, now)
  about(id)
  return {}
}

interface Several {
  questionIds: Id[]
}

export async function remove({ db, actor, about }: WriteContext, { questionIds }: Several) {
  const [first] = await bankQuestions(db, organizationOf(actor), questionIds)
  await deleteQuestions(db, questionIds)
  if (first) about(first.id, { questions: questionIds.length })
  return {}
}

export async function keep({ db, actor, now, about }: WriteContext, { questionIds }: Several) {
  const scope = scopeOf(actor)
  const kept = await keepInBank(db, scope, await knownQuestions(db, scope, questionIds), now)
  if (kept[0]) about(kept[0], { questions: kept.length })
  return { questionIds: kept }
}

export async function use(
  { db, actor, now, about }: WriteContext,
  { assessmentId, questionIds, pool }: Several & { assessmentId: Id; pool?: Omit<Pool, 'id'> | undefined },
) {
  const scope = scopeOf(actor)
  const { organizationId } = scope
  const assessment = await draftAssessment(db, scope, assessmentId)
  const originals = await knownQuestions(db, scope, questionIds)
  const copies = originals.map(({ id, question }) => ({ question, originId: id }))
  const copyIds = await insertQuestions(db, { organizationId, assessmentId }, copies, now)
  if (pool) await putIntoPool(db, assessment, copyIds, pool, now)
  else await touchAssessment(db, assessmentId, now)
  about(assessmentId, { questions: copyIds.length })
  return { questionIds: copyIds }
}

export async function categorise(
  { db, actor, now, about }: WriteContext,
  { questionIds, category }: Several & { category: string | null },
) {
  const [first] = await bankQuestions(db, organizationOf(actor), questionIds)
  await setCategory(db, questionIds, category, now)
  if (first) about(first.id, { questions: questionIds.length, category })
  return {}
}

export async function renameCategory(
  { db, actor, now, about }: WriteContext,
  { from, to }: { from: string; to: string },
) {
  const moved = await categorisedIn(db, organizationOf(actor), from)
  for (const { id, category } of moved) {
    const renamed = Category.safeParse(to + category.slice(from.length))
    if (!renamed.success) throw new Refusal('invalid', 'door.invalidInput', { field: 'to' })
    await setCategory(db, [id], renamed.data, now)
  }
  if (moved[0]) about(moved[0].id, { from, to, questions: moved.length })
  return { changed: moved.length }
}

export async function retag(
  { db, actor, now, about }: WriteContext,
  { questionIds, add, remove }: Several & { add: string[]; remove: string[] },
) {
  const stored = await bankQuestions(db, organizationOf(actor), questionIds)
  for (const { id, tags } of stored) {
    const before = (tags ?? []) as string[]
    const after = [...new Set([...before.filter((tag) => !remove.includes(tag)), ...add])]
    if (!QuestionTags.safeParse(after).success) throw new Refusal('invalid', 'door.invalidInput', { field: 'add' })
    await setTags(db, id, after, now)
  }
  if (stored[0]) about(stored[0].id, { questions: stored.length })
  return {}
}

const QuestionTags = QuestionSchema.options[1].shape.tags

/** A question out of reach is reported as missing, so that ids cannot be probed. */
async function knownQuestions(db: Reader, scope: Scope, ids: readonly Id[]) {
  const wanted = [...new Set(ids)]
  const rows = await questionRows(db, scope, wanted)
  if (rows.length !== wanted.length) throw new Refusal('notFound', 'question.notFound')
  return rows
}

async function bankQuestions(db: Reader, organizationId: Id, ids: readonly Id[]) {
  const rows = await inBank(db, organizationId, ids)
  if (rows.length !== new Set(ids).size) throw new Refusal('notFound', 'question.notFound')
  return rows
}
