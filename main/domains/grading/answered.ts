import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'
import { attemptById } from '../delivery/queries.ts'

/** The attempt that an answer belongs to, and the most points it can have; undefined where one of them is not here. */
export async function answeredIn(db: Reader, responseId: Id) {
  const response = await db
    .selectFrom('responses')
    .select(['attempt_id as attemptId', 'question_id as questionId', 'organization_id as organizationId'])
    .where('id', '=', responseId)
    .executeTakeFirst()
  const attempt = response?.attemptId == null ? undefined : await attemptById(db, response.attemptId)
  const most = attempt?.questions.find(({ id }) => id === response?.questionId)?.question.points
  if (!response || !attempt || most === undefined) return undefined
  return { attempt, most, organizationId: response.organizationId }
}
