import type { RawBuilder, SqlBool } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'
import { reachesAttempt, reachesLearner, type Scope } from '../../scope.ts'
import { attemptById } from './queries.ts'

/** An attempt of a learner within reach. */
export function attemptWithin(db: Reader, scope: Scope, attemptId: Id) {
  return attemptWhere(db, scope, attemptId, reachesLearner(scope, 'attempts.beneficiary_id'))
}

/** An attempt of a learner within reach, or one in the open room of the one who asks. */
export function supervisedAttempt(db: Reader, scope: Scope, attemptId: Id) {
  return attemptWhere(db, scope, attemptId, reachesAttempt(scope))
}

async function attemptWhere(db: Reader, { organizationId }: Scope, attemptId: Id, isReached: RawBuilder<SqlBool>) {
  const found = await db
    .selectFrom('attempts')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', attemptId)
    .where(isReached)
    .executeTakeFirst()
  return found && attemptById(db, found.id)
}

/** Which attempts at an assessment are of learners within reach. */
export async function attemptsWithin(db: Reader, scope: Scope, assessmentId: Id): Promise<Set<Id>> {
  const rows = await db
    .selectFrom('attempts')
    .select('id')
    .where('organization_id', '=', scope.organizationId)
    .where('assessment_id', '=', assessmentId)
    .where(reachesLearner(scope, 'attempts.beneficiary_id'))
    .execute()
  return new Set(rows.map(({ id }) => id))
}
