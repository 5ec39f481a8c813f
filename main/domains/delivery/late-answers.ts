import type { Id } from '../../../shared/contract/base.ts'

/**
 * What the seat before still delivered after its attempt had moved. Kept in memory: after a restart of the program a
 * late answer no longer replaces one that was given since the move.
 */
export interface LateAnswers {
  arrived(attemptId: Id, late: { questionId: Id; savedAt: string }): void
  /** Whether the stored answer of this time came from the seat before. */
  isLate(attemptId: Id, questionId: Id, savedAt: string): boolean
  forget(attemptId: Id): void
}

export function lateAnswers(): LateAnswers {
  const attempts = new Map<Id, Map<Id, string>>()
  return {
    arrived(attemptId, { questionId, savedAt }) {
      const known = attempts.get(attemptId) ?? new Map()
      attempts.set(attemptId, known.set(questionId, savedAt))
    },
    isLate: (attemptId, questionId, savedAt) => attempts.get(attemptId)?.get(questionId) === savedAt,
    forget: (attemptId) => void attempts.delete(attemptId),
  }
}
