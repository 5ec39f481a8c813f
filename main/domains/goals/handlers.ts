import type { Id } from '../../../shared/contract/base.ts'
import type { Goal, GoalFields, GoalState } from '../../../shared/contract/goals.ts'
import type { LearnerReport } from '../../../shared/contract/reports.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { assessmentById } from '../assessments/queries.ts'
import { fileOf } from '../beneficiaries/person-file.ts'
import { learnerReport } from '../reports/learner-report.ts'
import { deleteGoal, goalsOf, goalWithin, insertGoal, setGoalStatus, updateGoal } from './queries.ts'

export async function list({ db, actor }: ReadContext, { beneficiaryId }: { beneficiaryId: Id }): Promise<Goal[]> {
  const scope = scopeOf(actor)
  await fileOf(db, scope, beneficiaryId)
  const goals = await goalsOf(db, beneficiaryId)
  const isMeasured = goals.some(({ target }) => target !== null)
  const report = isMeasured ? await learnerReport(db, scope, beneficiaryId) : null
  return goals.map((goal) => ({ ...goal, percentage: report && percentageOf(report, goal) }))
}

export async function create(
  { db, actor, now, about }: WriteContext,
  { beneficiaryId, ...fields }: GoalFields & { beneficiaryId: Id },
) {
  const scope = scopeOf(actor)
  await fileOf(db, scope, beneficiaryId)
  await refuseUnknownAssessment(db, scope, fields.assessmentId)
  const { organizationId } = scope
  const id = await insertGoal(db, { ...fields, organizationId, beneficiaryId, writtenBy: actor.userId }, now)
  about(id)
  return { id }
}

interface Version {
  id: Id
  updatedAt: string
}

export async function update(
  { db, actor, now, about }: WriteContext,
  { id, updatedAt, ...fields }: GoalFields & Version,
) {
  const scope = scopeOf(actor)
  const goal = await unchanged(db, scope, { id, updatedAt })
  if (fields.assessmentId !== goal.assessmentId) await refuseUnknownAssessment(db, scope, fields.assessmentId)
  await updateGoal(db, id, fields, now)
  about(id)
  return {}
}

export async function setStatus(
  { db, actor, now, about }: WriteContext,
  { status, ...version }: Version & { status: GoalState },
) {
  const { id } = await unchanged(db, scopeOf(actor), version)
  await setGoalStatus(db, id, status, now)
  about(id, { status })
  return {}
}

export async function remove({ db, actor, about }: WriteContext, version: Version) {
  const { id } = await unchanged(db, scopeOf(actor), version)
  await deleteGoal(db, id)
  about(id)
  return {}
}

/** The best result of the assessment, or the share of all points of the category. */
function percentageOf(report: LearnerReport, { assessmentId, category }: Pick<Goal, 'assessmentId' | 'category'>) {
  if (assessmentId !== null) return report.assessments.find((one) => one.assessmentId === assessmentId)?.best ?? null
  const share = category === null ? null : report.categories.find((one) => one.category === category)?.share
  return share == null ? null : share * 100
}

/** Somebody else's is reported as missing, so that ids cannot be probed. */
async function unchanged(db: Reader, scope: Scope, { id, updatedAt }: Version) {
  const goal = await goalWithin(db, scope, id)
  if (!goal) throw new Refusal('notFound', 'goal.notFound')
  if (goal.updatedAt !== updatedAt) throw new Refusal('conflict', 'goal.changedMeanwhile')
  return goal
}

async function refuseUnknownAssessment(db: Reader, scope: Scope, id: Id | null) {
  if (id !== null && !(await assessmentById(db, scope, id))) throw new Refusal('notFound', 'assessment.notFound')
}
