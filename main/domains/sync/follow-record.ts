import type { Id } from '../../../shared/contract/base.ts'
import type { WriteContext } from '../../context.ts'
import type { TableName } from '../../database/registry.ts'
import { indexPeople } from '../beneficiaries/people-index.ts'
import { attemptById } from '../delivery/queries.ts'
import { setAttemptState } from '../results/queries.ts'
import { settle } from '../results/settle.ts'

/** What is derived from a record follows it in the same write. */
export async function followRecord(context: WriteContext, table: TableName, id: Id) {
  if (table === 'users') await followName(context, id)
  if (table === 'responses') await followAnswer(context, id)
}

async function followAnswer({ db, now }: WriteContext, id: Id) {
  const answer = await db
    .selectFrom('responses')
    .select('attempt_id as attemptId')
    .where('id', '=', id)
    .executeTakeFirst()
  const attempt = answer?.attemptId == null ? undefined : await attemptById(db, answer.attemptId)
  if (!attempt || attempt.submittedAt === null) return
  await setAttemptState(db, attempt.id, await settle(db, attempt, now), now)
}

async function followName({ db }: WriteContext, id: Id) {
  const people = await db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .select([
      'beneficiaries.id as beneficiaryId',
      'beneficiaries.organization_id as organizationId',
      'beneficiaries.trainer_id as trainerId',
      'beneficiaries.status',
      'users.name',
    ])
    .where('users.id', '=', id)
    .execute()
  if (people.length > 0) await indexPeople(db, people)
}
