import type { Id } from '../../../shared/contract/base.ts'
import type { AttemptState } from '../../../shared/contract/delivery.ts'
import type { Writer } from '../../database/database.ts'
import { noPassword } from '../identity/passwords.ts'
import { forget, notify, unreadAbout } from './notify.ts'

interface Assigned {
  id: Id
  beneficiaryId: Id | null
  groupId: Id | null
}

/** Tells the learner, the group, or everybody of the organization that there is something to take. */
export async function tellOfAssessment(db: Writer, organizationId: Id, assessment: Assigned, now: string) {
  let query = db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .select('users.id as userId')
    .where('beneficiaries.organization_id', '=', organizationId)
    .where('beneficiaries.status', '=', 'active')
    .where('beneficiaries.deleted_at', 'is', null)
    .where('users.password_hash', '!=', noPassword)
    .where('users.is_active', '=', true)
  if (assessment.beneficiaryId !== null) query = query.where('beneficiaries.id', '=', assessment.beneficiaryId)
  else if (assessment.groupId !== null) {
    const { groupId } = assessment
    query = query.where('beneficiaries.id', 'in', (eb) =>
      eb.selectFrom('group_members').select('beneficiary_id').where('group_id', '=', groupId),
    )
  }
  const userIds = (await query.execute()).map(({ userId }) => userId)
  await notify(db, { organizationId, userIds, type: 'assessment', data: { assessmentId: assessment.id } }, now)
}

interface Graded {
  id: Id
  organizationId: Id
  beneficiaryId: Id
  rules: { review: string }
}

/** Tells a learner that somebody has marked an answer of theirs or that their result is there; the newest alone waits. */
export async function tellOfResult(db: Writer, attempt: Graded, state: AttemptState, now: string) {
  if (attempt.rules.review === 'nothing') return
  const learner = await db
    .selectFrom('beneficiaries')
    .select('user_id as userId')
    .where('id', '=', attempt.beneficiaryId)
    .executeTakeFirst()
  if (!learner?.userId) return
  const { userId } = learner
  for (const type of ['graded', 'result'] as const) {
    const waiting = await unreadAbout(db, userId, type, 'attemptId', attempt.id)
    await forget(
      db,
      waiting.map(({ id }) => id),
    )
  }
  const type = state === 'graded' ? 'result' : 'graded'
  const { organizationId, id } = attempt
  await notify(db, { organizationId, userIds: [userId], type, data: { attemptId: id } }, now)
}
