import type { Id } from '../../../shared/contract/base.ts'
import type { WriteContext } from '../../context.ts'
import type { TableName } from '../../database/registry.ts'
import { reindexAccount } from '../beneficiaries/people-index.ts'
import { attemptById } from '../delivery/queries.ts'
import { setAttemptState } from '../results/queries.ts'
import { settle } from '../results/settle.ts'

/** What is derived from a record follows it in the same write. */
export async function followRecord(context: WriteContext, table: TableName, id: Id) {
  if (table === 'users') await reindexAccount(context.db, id)
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
