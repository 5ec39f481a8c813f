import type { Id } from '../../../shared/contract/base.ts'

export interface LateAnswer {
  questionId: Id
  edit: number
}

/**
 * What the seat before still delivered after its attempt had moved. Kept in memory, for the seat that goes on and does not
 * have it on its screen; after a restart of the program a late answer no longer replaces one that was given since the move.
 */
export interface LateAnswers {
  arrived(attemptId: Id, late: LateAnswer & { savedAt: string }): void
  of(attemptId: Id): LateAnswer[]
  /** Whether the stored answer of this time came from the seat before. */
  isLate(attemptId: Id, questionId: Id, savedAt: string): boolean
  forget(attemptId: Id): void
}

export function lateAnswers(): LateAnswers {
  const attempts = new Map<Id, Map<Id, { edit: number; savedAt: string }>>()
  return {
    arrived(attemptId, { questionId, edit, savedAt }) {
      const known = attempts.get(attemptId) ?? new Map()
      attempts.set(attemptId, known.set(questionId, { edit, savedAt }))
    },
    of: (attemptId) => [...(attempts.get(attemptId) ?? [])].map(([questionId, { edit }]) => ({ questionId, edit })),
    isLate: (attemptId, questionId, savedAt) => attempts.get(attemptId)?.get(questionId)?.savedAt === savedAt,
    forget: (attemptId) => void attempts.delete(attemptId),
  }
}
