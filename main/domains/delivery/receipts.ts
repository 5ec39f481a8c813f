import { createHash } from 'node:crypto'
import type { Id } from '../../../shared/contract/base.ts'
import { receiptCode, receiptText } from '../../../shared/receipt.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import { reachesLearner, type Scope } from '../../scope.ts'
import { type AttemptRecord, answersOf } from './queries.ts'

/** The SHA-256 (hex) of what is stored of an attempt that was handed in then. */
export async function digestOfAnswers(db: Reader, attempt: AttemptRecord, submittedAt: string): Promise<string> {
  const given = new Map((await answersOf(db, attempt.id)).map(({ questionId, answer }) => [questionId, answer]))
  const text = receiptText({
    attemptNumber: attempt.attemptNumber,
    startedAt: attempt.startedAt,
    submittedAt,
    answers: attempt.questions.map(({ id, question }) => ({ question: question.text, answer: given.get(id) ?? '' })),
  })
  return createHash('sha256').update(text).digest('hex')
}

/** Writes the receipt of what is handed in with this commit. */
export async function insertReceipt(db: Writer, attempt: AttemptRecord, now: string) {
  const digest = await digestOfAnswers(db, attempt, now)
  await db
    .insertInto('attempt_receipts')
    .values({
      id: await mintId(db, 'attempt_receipts'),
      organization_id: attempt.organizationId,
      attempt_id: attempt.id,
      code: receiptCode(digest),
      digest,
      created_at: now,
    })
    .execute()
}

/** The receipt of the last hand-in. */
export function receiptOf(db: Reader, attemptId: Id) {
  return db
    .selectFrom('attempt_receipts')
    .select(['id', 'code', 'digest'])
    .where('attempt_id', '=', attemptId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export function receiptByCode(db: Reader, scope: Scope, code: string) {
  return db
    .selectFrom('attempt_receipts')
    .innerJoin('attempts', 'attempts.id', 'attempt_receipts.attempt_id')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'attempts.beneficiary_id')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .select([
      'attempt_receipts.id',
      'attempt_receipts.code',
      'attempt_receipts.digest',
      'attempt_receipts.created_at as handedInAt',
      'attempts.id as attemptId',
      'users.name as beneficiaryName',
    ])
    .where('attempt_receipts.organization_id', '=', scope.organizationId)
    .where(reachesLearner(scope, 'attempts.beneficiary_id'))
    .where('attempt_receipts.code', '=', code)
    .orderBy('attempt_receipts.created_at', 'desc')
    .executeTakeFirst()
}
