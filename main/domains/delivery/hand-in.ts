import type { AttemptState } from '../../../shared/contract/delivery.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { creditOf } from '../../../shared/scoring.ts'
import type { Writer } from '../../database/database.ts'
import { setMark } from '../results/queries.ts'
import { settle } from '../results/settle.ts'
import { type AttemptRecord, answersOf, endAttempt } from './queries.ts'
import { insertReceipt } from './receipts.ts'

/** Ends an attempt, marks what can be marked without a person, and writes the result: all in one commit. */
export async function handInAttempt(
  db: Writer,
  attempt: AttemptRecord,
  { mustBeComplete }: { mustBeComplete: boolean },
  now: string,
): Promise<AttemptState> {
  const answers = new Map((await answersOf(db, attempt.id)).map((answer) => [answer.questionId, answer]))
  const missing = attempt.questions.filter(({ id, question }) => question.required && !answers.get(id)?.answer)
  if (mustBeComplete && missing.length > 0) {
    throw new Refusal('conflict', 'attempt.requiredMissing', { count: missing.length })
  }

  for (const { id, question } of attempt.questions) {
    const answer = answers.get(id)
    if (!answer) continue
    await setMark(db, answer.responseId, { credit: creditOf(question, answer.answer), points: question.points })
  }
  const state = await settle(db, attempt, now)
  await endAttempt(db, attempt.id, { state, usedMs: attempt.usedMs }, now)
  await insertReceipt(db, attempt, now)
  return state
}
