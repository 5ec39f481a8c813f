import type { AssessmentFields, AssessmentStatus } from '../../../shared/contract/assessments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { fold } from '../../../shared/fold.ts'
import { filledPools, isTooSmall, isUneven } from '../../../shared/pools.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { beneficiaryOf } from '../beneficiaries/queries.ts'
import { groupById } from '../groups/queries.ts'
import { tellOfAssessment } from '../notifications/learning.ts'
import { withdraw } from '../notifications/notify.ts'
import { draftAssessment, knownAssessment } from './draft.ts'
import { putIntoPool, type WantedPool } from './pools.ts'
import {
  appendQuestions,
  assessmentsOf,
  deleteAssessment,
  deletePaperOf,
  deleteQuestion,
  insertAssessment,
  insertPaper,
  insertQuestions,
  ownerOfQuestion,
  questionsOf,
  setAssessmentStatus,
  setQuestionOrder,
  touchAssessment,
  updateAssessment,
  updateQuestionColumns,
} from './queries.ts'

export async function list(
  { db, actor }: ReadContext,
  { search, status }: { search: string; status?: AssessmentStatus | undefined },
) {
  const all = await assessmentsOf(db, scopeOf(actor), { status })
  const wanted = fold(search)
  return wanted === '' ? all : all.filter((assessment) => fold(assessment.title).includes(wanted))
}

export async function get({ db, actor }: ReadContext, { id }: { id: Id }) {
  const assessment = await knownAssessment(db, scopeOf(actor), id)
  return { ...assessment, questions: await questionsOf(db, id) }
}

export async function create({ db, actor, now, about }: WriteContext, fields: AssessmentFields) {
  const scope = scopeOf(actor)
  const { organizationId } = scope
  await refuseAudience(db, scope, fields)
  refuseSchedule(fields)
  const id = await insertAssessment(db, { organizationId, trainerId: actor.userId }, fields, now)
  about(id)
  return { id }
}

export async function update(
  { db, actor, now, about }: WriteContext,
  { id, updatedAt, ...fields }: AssessmentFields & { id: Id; updatedAt: string },
) {
  const scope = scopeOf(actor)
  const stored = await draftAssessment(db, scope, id)
  if (stored.updatedAt !== updatedAt) throw new Refusal('conflict', 'assessment.changedMeanwhile')
  await refuseAudience(db, scope, fields)
  refuseSchedule(fields)

  // Pools belong to the list of questions; the form of the details knows them only from when it was opened.
  const settings = { ...fields.settings, pools: stored.settings.pools }
  await updateAssessment(db, id, { ...fields, settings }, now)
  about(id)
  return { updatedAt: now }
}

export async function duplicate(
  { db, actor, now, about }: WriteContext,
  { id: originalId, title }: { id: Id; title: string },
) {
  const scope = scopeOf(actor)
  const { organizationId } = scope
  const original = await knownAssessment(db, scope, originalId)
  const questions = await questionsOf(db, originalId)
  // Times that have passed, or pass while the copy is written, would close it before anybody looks.
  const fields = { ...original, title, opensAt: null, closesAt: null }
  const id = await insertAssessment(db, { organizationId, trainerId: actor.userId }, fields, now)
  const copies = questions.map((one) => ({ question: one.question, pool: one.pool, originId: one.id }))
  await insertQuestions(db, { organizationId, assessmentId: id }, copies, now)
  about(id, { original: originalId })
  return { id }
}

export async function setPool(
  { db, actor, now, about }: WriteContext,
  { id, questionIds, pool }: { id: Id; questionIds: Id[]; pool: WantedPool | null },
) {
  const { settings } = await draftAssessment(db, scopeOf(actor), id)
  const poolId = await putIntoPool(db, { id, settings }, questionIds, pool, now)
  about(id)
  return { poolId }
}

export async function remove({ db, actor, about }: WriteContext, { id }: { id: Id }) {
  const { title, attemptCount } = await draftAssessment(db, scopeOf(actor), id)
  if (attemptCount > 0) throw new Refusal('conflict', 'assessment.hasAttempts')
  await deleteAssessment(db, id)
  about(id, { title })
  return {}
}

export async function addQuestions(
  { db, actor, now, about }: WriteContext,
  { id, questions }: { id: Id; questions: Question[] },
) {
  const scope = scopeOf(actor)
  const { organizationId } = scope
  await draftAssessment(db, scope, id)
  const questionIds = await appendQuestions(db, organizationId, id, questions, now)
  await touchAssessment(db, id, now)
  about(id, { questions: questions.length })
  return { questionIds }
}

export async function updateQuestion(
  { db, actor, now, about }: WriteContext,
  { questionId, question }: { questionId: Id; question: Question },
) {
  const assessmentId = await draftOfQuestion(db, scopeOf(actor), questionId)
  await updateQuestionColumns(db, questionId, question, now)
  await touchAssessment(db, assessmentId, now)
  about(questionId)
  return {}
}

export async function removeQuestion({ db, actor, now, about }: WriteContext, { questionId }: { questionId: Id }) {
  const assessmentId = await draftOfQuestion(db, scopeOf(actor), questionId)
  await deleteQuestion(db, questionId)
  await touchAssessment(db, assessmentId, now)
  about(questionId)
  return {}
}

export async function reorderQuestions(
  { db, actor, now, about }: WriteContext,
  { id, questionIds }: { id: Id; questionIds: Id[] },
) {
  await draftAssessment(db, scopeOf(actor), id)
  const present = (await questionsOf(db, id)).map((question) => question.id)
  const isSameSet = new Set(questionIds).size === present.length && present.every((one) => questionIds.includes(one))
  if (!isSameSet || questionIds.length !== present.length) throw new Refusal('conflict', 'assessment.questionsChanged')

  await setQuestionOrder(db, questionIds)
  await touchAssessment(db, id, now)
  about(id)
  return {}
}

export async function publish({ db, actor, now, about }: WriteContext, { id }: { id: Id }) {
  const scope = scopeOf(actor)
  const { organizationId } = scope
  const assessment = await draftAssessment(db, scope, id)
  const questions = await questionsOf(db, id)
  if (questions.length === 0) throw new Refusal('conflict', 'assessment.noQuestions')
  if (questions.every(({ question }) => question.points === 0)) throw new Refusal('conflict', 'assessment.noPoints')
  for (const pool of filledPools(questions, assessment.settings)) {
    if (isTooSmall(pool)) throw new Refusal('conflict', 'assessment.poolTooSmall', { name: pool.name, draw: pool.draw })
    if (isUneven(pool)) throw new Refusal('conflict', 'assessment.poolPointsDiffer', { name: pool.name })
  }

  await insertPaper(db, organizationId, assessment, questions, now)
  await setAssessmentStatus(db, id, 'published', now)
  await tellOfAssessment(db, organizationId, assessment, now)
  about(id)
  return {}
}

export async function unpublish({ db, actor, now, about }: WriteContext, { id }: { id: Id }) {
  const { attemptCount, status } = await knownAssessment(db, scopeOf(actor), id)
  if (attemptCount > 0) throw new Refusal('conflict', 'assessment.hasAttempts')
  if (status !== 'published') throw new Refusal('conflict', 'assessment.notPublished')
  await deletePaperOf(db, id)
  await setAssessmentStatus(db, id, 'draft', now)
  await withdraw(db, 'assessment', 'assessmentId', id)
  about(id)
  return {}
}

export async function close({ db, actor, now, about }: WriteContext, { id }: { id: Id }) {
  const { status } = await knownAssessment(db, scopeOf(actor), id)
  if (status !== 'published' && status !== 'in_progress') throw new Refusal('conflict', 'assessment.notPublished')
  await setAssessmentStatus(db, id, 'completed', now)
  about(id)
  return {}
}

async function draftOfQuestion(db: Reader, scope: Scope, questionId: Id): Promise<Id> {
  const owner = await ownerOfQuestion(db, scope, questionId)
  if (!owner) throw new Refusal('notFound', 'question.notFound')
  if (owner.status !== 'draft') throw new Refusal('conflict', 'assessment.notDraft')
  return owner.id
}

type Audience = Pick<AssessmentFields, 'beneficiaryId' | 'groupId'>

async function refuseAudience(db: Reader, scope: Scope, { beneficiaryId, groupId }: Audience) {
  if (beneficiaryId !== null && groupId !== null) {
    throw new Refusal('invalid', 'door.invalidInput', { field: 'groupId' })
  }
  if (groupId !== null && !(await groupById(db, scope.organizationId, groupId))) {
    throw new Refusal('notFound', 'group.notFound')
  }
  if (beneficiaryId === null) return
  if (!(await beneficiaryOf(db, scope, beneficiaryId))) {
    throw new Refusal('notFound', 'beneficiary.notFound')
  }
}

function refuseSchedule({ opensAt, closesAt }: Pick<AssessmentFields, 'opensAt' | 'closesAt'>) {
  if (opensAt !== null && closesAt !== null && closesAt <= opensAt) {
    throw new Refusal('invalid', 'assessment.closesTooEarly')
  }
}
