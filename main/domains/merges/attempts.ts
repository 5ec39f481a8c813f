import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import type { MergeRecord } from './record.ts'

export async function isRunning(db: Reader, fileIds: readonly Id[]): Promise<boolean> {
  const running = await db
    .selectFrom('attempts')
    .select('id')
    .where('beneficiary_id', 'in', fileIds)
    .where('state', '=', 'running')
    .executeTakeFirst()
  return running !== undefined
}

/** The attempts of one file count on behind those of the other; returns the numbers that became others. */
export async function handAttempts(db: Writer, from: Id, to: Id): Promise<MergeRecord['numbers']> {
  const attempts = await db
    .selectFrom('attempts')
    .select(['id', 'assessment_id as assessmentId', 'attempt_number as number'])
    .where('beneficiary_id', '=', from)
    .orderBy('assessment_id')
    .orderBy('attempt_number')
    .execute()
  const changed: MergeRecord['numbers'] = []
  for (const { id, assessmentId, number } of attempts) {
    const next = Math.max(number, (await lastNumber(db, assessmentId, to)) + 1)
    await setNumber(db, id, to, next)
    if (next !== number) changed.push({ attemptId: id, number })
  }
  return changed
}

/** Back under the number that it had, unless another attempt came to have it. */
export async function handAttemptBack(
  db: Writer,
  id: Id,
  { from, to }: { from: Id; to: Id },
  number: number | undefined,
) {
  const attempt = await db
    .selectFrom('attempts')
    .select(['assessment_id as assessmentId', 'attempt_number as present'])
    .where('id', '=', id)
    .where('beneficiary_id', '=', from)
    .executeTakeFirst()
  if (!attempt) return
  const wanted = number ?? attempt.present
  const taken = await db
    .selectFrom('attempts')
    .select('id')
    .where('assessment_id', '=', attempt.assessmentId)
    .where('beneficiary_id', '=', to)
    .where('attempt_number', '=', wanted)
    .executeTakeFirst()
  await setNumber(db, id, to, taken ? (await lastNumber(db, attempt.assessmentId, to)) + 1 : wanted)
}

async function lastNumber(db: Reader, assessmentId: Id, fileId: Id): Promise<number> {
  const { last } = await db
    .selectFrom('attempts')
    .select(sql<number>`coalesce(max(attempt_number), 0)`.as('last'))
    .where('assessment_id', '=', assessmentId)
    .where('beneficiary_id', '=', fileId)
    .executeTakeFirstOrThrow()
  return last
}

async function setNumber(db: Writer, id: Id, fileId: Id, number: number) {
  await db
    .updateTable('attempts')
    .set({ beneficiary_id: fileId, attempt_number: number })
    .where('id', '=', id)
    .execute()
  await db.updateTable('responses').set({ attempt_number: number }).where('attempt_id', '=', id).execute()
}
