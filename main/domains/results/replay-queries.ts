import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'

/** Every state of every answer of an attempt that was saved on this machine, by exam time. */
export function editsOf(db: Reader, attemptId: Id) {
  return db
    .selectFrom('answer_edits')
    .innerJoin('responses', 'responses.id', 'answer_edits.response_id')
    .select([
      sql<Id>`responses.question_id`.as('questionId'),
      'answer_edits.edit',
      'answer_edits.answer',
      'answer_edits.used_ms as usedMs',
      'answer_edits.saved_at as savedAt',
    ])
    .where('responses.attempt_id', '=', attemptId)
    .where('responses.question_id', 'is not', null)
    .orderBy('answer_edits.used_ms')
    .orderBy('answer_edits.saved_at')
    .orderBy('answer_edits.edit')
    .execute()
}
