import type { AssessmentFields, AssessmentStatus } from '../../../shared/contract/assessments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { fold } from '../../../shared/fold.ts'
import { filledPools, isTooSmall, isUneven } from '../../../shared/pools.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { beneficiaryOf } from '../beneficiaries/queries.ts'
import {
  appendQuestions,
  assessmentById,
  assessmentsOf,
  deleteAssessment,
  deletePaperOf,
  deleteQuestion,
  insertAssessment,
  insertPaper,
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
  const all = await assessmentsOf(db, organizationOf(actor), { status })
  const wanted = fold(search)
  return wanted === '' ? all : all.filter((assessment) => fold(assessment.title).includes(wanted))
}

export async function get({ db, actor }: ReadContext, { id }: { id: Id }) {
  const assessment = await known(db, organizationOf(actor), id)
  return { ...assessment, questions: await questionsOf(db, id) }
}

export async function create({ db, actor, now, about }: WriteContext, fields: AssessmentFields) {
  const organizationId = organizationOf(actor)
  await refuseForeignLearner(db, organizationId, fields.beneficiaryId)
  const id = await insertAssessment(db, { organizationId, trainerId: actor.userId }, fields, now)
  about(id)
  return { id }
}

export async function update(
  { db, actor, now, about }: WriteContext,
  { id, ...fields }: AssessmentFields & { id: Id },
) {
  const organizationId = organizationOf(actor)
  await draft(db, organizationId, id)
  await refuseForeignLearner(db, organizationId, fields.beneficiaryId)
  await updateAssessment(db, id, fields, now)
  about(id)
  return {}
}

export async function remove({ db, actor, about }: WriteContext, { id }: { id: Id }) {
  const { title, attemptCount } = await draft(db, organizationOf(actor), id)
  if (attemptCount > 0) throw new Refusal('conflict', 'assessment.hasAttempts')
  await deleteAssessment(db, id)
  about(id, { title })
  return {}
}

export async function addQuestions(
  { db, actor, now, about }: WriteContext,
  { id, questions }: { id: Id; questions: Question[] },
) {
  const organizationId = organizationOf(actor)
  await draft(db, organizationId, id)
  const questionIds = await appendQuestions(db, organizationId, id, questions, now)
  await touchAssessment(db, id, now)
  about(id, { questions: questions.length })
  return { questionIds }
}

export async function updateQuestion(
  { db, actor, now, about }: WriteContext,
  { questionId, question }: { questionId: Id; question: Question },
) {
  const assessmentId = await draftOfQuestion(db, organizationOf(actor), questionId)
  await updateQuestionColumns(db, questionId, question, now)
  await touchAssessment(db, assessmentId, now)
  about(questionId)
  return {}
}

export async function removeQuestion({ db, actor, now, about }: WriteContext, { questionId }: { questionId: Id }) {
  const assessmentId = await draftOfQuestion(db, organizationOf(actor), questionId)
  await deleteQuestion(db, questionId)
  await touchAssessment(db, assessmentId, now)
  about(questionId)
  return {}
}

export async function reorderQuestions(
  { db, actor, now, about }: WriteContext,
  { id, questionIds }: { id: Id; questionIds: Id[] },
) {
  await draft(db, organizationOf(actor), id)
  const present = (await questionsOf(db, id)).map((question) => question.id)
  const isSameSet = new Set(questionIds).size === present.length && present.every((one) => questionIds.includes(one))
  if (!isSameSet || questionIds.length !== present.length) throw new Refusal('conflict', 'assessment.questionsChanged')

  await setQuestionOrder(db, questionIds)
  await touchAssessment(db, id, now)
  about(id)
  return {}
}

export async function publish({ db, actor, now, about }: WriteContext, { id }: { id: Id }) {
  const organizationId = organizationOf(actor)
  const assessment = await draft(db, organizationId, id)
  const questions = await questionsOf(db, id)
  if (questions.length === 0) throw new Refusal('conflict', 'assessment.noQuestions')
  if (questions.every(({ question }) => question.points === 0)) throw new Refusal('conflict', 'assessment.noPoints')
  for (const pool of filledPools(questions, assessment.settings)) {
    if (isTooSmall(pool)) throw new Refusal('conflict', 'assessment.poolTooSmall', { name: pool.name, draw: pool.draw })
    if (isUneven(pool)) throw new Refusal('conflict', 'assessment.poolPointsDiffer', { name: pool.name })
  }

  await insertPaper(db, organizationId, assessment, questions, now)
  await setAssessmentStatus(db, id, 'published', now)
  about(id)
  return {}
}

export async function unpublish({ db, actor, now, about }: WriteContext, { id }: { id: Id }) {
  const { attemptCount, status } = await known(db, organizationOf(actor), id)
  if (attemptCount > 0) throw new Refusal('conflict', 'assessment.hasAttempts')
  if (status !== 'published') throw new Refusal('conflict', 'assessment.notPublished')
  await deletePaperOf(db, id)
  await setAssessmentStatus(db, id, 'draft', now)
  about(id)
  return {}
}

export async function close({ db, actor, now, about }: WriteContext, { id }: { id: Id }) {
  const { status } = await known(db, organizationOf(actor), id)
  if (status !== 'published' && status !== 'in_progress') throw new Refusal('conflict', 'assessment.notPublished')
  await setAssessmentStatus(db, id, 'completed', now)
  about(id)
  return {}
}

/** Another organization's assessment is reported as missing, so that ids cannot be probed. */
async function known(db: Reader, organizationId: Id, id: Id) {
  const assessment = await assessmentById(db, organizationId, id)
  if (!assessment) throw new Refusal('notFound', 'assessment.notFound')
  return assessment
}

async function draft(db: Reader, organizationId: Id, id: Id) {
  const assessment = await known(db, organizationId, id)
  if (assessment.status !== 'draft') throw new Refusal('conflict', 'assessment.notDraft')
  return assessment
}

async function draftOfQuestion(db: Reader, organizationId: Id, questionId: Id): Promise<Id> {
  const owner = await ownerOfQuestion(db, organizationId, questionId)
  if (!owner) throw new Refusal('notFound', 'question.notFound')
  if (owner.status !== 'draft') throw new Refusal('conflict', 'assessment.notDraft')
  return owner.id
}

async function refuseForeignLearner(db: Reader, organizationId: Id, beneficiaryId: Id | null) {
  if (beneficiaryId === null) return
  if (!(await beneficiaryOf(db, organizationId, beneficiaryId))) {
    throw new Refusal('notFound', 'beneficiary.notFound')
  }
}
