import type { Id } from '../../../shared/contract/base.ts'
import type { Whose } from '../../../shared/contract/supervision.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { reachesAttempt, type Scope } from '../../scope.ts'

/** Running attempts that who asks may supervise: one, or all at an assessment. */
export function runningAttempts(db: Reader, scope: Scope, whose: Whose) {
  const query = db
    .selectFrom('attempts')
    .select(['id', 'time_limit_ms as timeLimitMs', 'paused_at as pausedAt'])
    .where('organization_id', '=', scope.organizationId)
    .where(reachesAttempt(scope))
    .where('state', '=', 'running')
  return 'attemptId' in whose
    ? query.where('id', '=', whose.attemptId).execute()
    : query.where('assessment_id', '=', whose.assessmentId).execute()
}

export function addTime(db: Writer, attemptId: Id, milliseconds: number) {
  return db
    .updateTable('attempts')
    .set((eb) => ({ extra_ms: eb('extra_ms', '+', milliseconds) }))
    .where('id', '=', attemptId)
    .execute()
}

export function setPaused(db: Writer, attemptId: Id, pausedAt: string | null, now: string) {
  return db.updateTable('attempts').set({ paused_at: pausedAt, updated_at: now }).where('id', '=', attemptId).execute()
}

export function setRunning(db: Writer, attemptId: Id, now: string) {
  return db
    .updateTable('attempts')
    .set({ state: 'running', submitted_at: null, updated_at: now })
    .where('id', '=', attemptId)
    .execute()
}

export function deleteResult(db: Writer, attemptId: Id) {
  return db.deleteFrom('assessment_results').where('attempt_id', '=', attemptId).execute()
}

export async function hasRunning(db: Reader, { assessmentId, beneficiaryId }: { assessmentId: Id; beneficiaryId: Id }) {
  const found = await db
    .selectFrom('attempts')
    .select('id')
    .where('assessment_id', '=', assessmentId)
    .where('beneficiary_id', '=', beneficiaryId)
    .where('state', '=', 'running')
    .executeTakeFirst()
  return found !== undefined
}
