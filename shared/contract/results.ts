import * as z from 'zod'
import { Id, mutation, query, Timestamp } from './base.ts'
import { AttemptState } from './delivery.ts'
import { Question } from './questions.ts'

export const ResultRow = z.object({
  attemptId: Id,
  assessmentId: Id,
  title: z.string(),
  beneficiaryId: Id,
  beneficiaryName: z.string(),
  attemptNumber: z.int(),
  state: AttemptState,
  /** Points; null while the attempt runs. */
  score: z.number().nullable(),
  maxScore: z.number(),
  /** Null until everything is graded. */
  percentage: z.number().nullable(),
  passed: z.boolean().nullable(),
  /** Seconds of counted exam time. */
  timeTaken: z.int(),
  startedAt: Timestamp,
  submittedAt: Timestamp.nullable(),
})
export type ResultRow = z.infer<typeof ResultRow>

export const ListResults = z.object({
  assessmentId: Id.optional(),
  beneficiaryId: Id.optional(),
  state: AttemptState.optional(),
  search: z.string().max(200).default(''),
  after: z.string().max(400).optional(),
  limit: z.int().min(1).max(200).default(100),
})
export type ListResults = z.infer<typeof ListResults>

export const GradedAnswer = z.object({
  /** Null where the learner left the question empty. */
  responseId: Id.nullable(),
  questionId: Id,
  question: Question,
  answer: z.string(),
  points: z.number().nullable(),
  isCorrect: z.boolean().nullable(),
  /** An essay nobody has graded yet. */
  isWaiting: z.boolean(),
  timeSpent: z.int().nullable(),
})
export type GradedAnswer = z.infer<typeof GradedAnswer>

export const AttemptReport = ResultRow.extend({ answers: z.array(GradedAnswer) })
export type AttemptReport = z.infer<typeof AttemptReport>

export const GradeAnswer = z.object({
  responseId: Id,
  /** Between 0 and the points of the question, in steps of a hundredth. */
  points: z.number().min(0).max(1000).multipleOf(0.01),
})
export type GradeAnswer = z.infer<typeof GradeAnswer>

export const results = {
  list: query('read results')
    .input(ListResults)
    .output(z.object({ rows: z.array(ResultRow), next: z.string().nullable() })),
  attempt: query('read results')
    .input(z.object({ attemptId: Id }))
    .output(AttemptReport),
  /** How many attempts wait for a person. */
  waiting: query('read results').output(z.object({ attempts: z.int() })),
  /** The result of the attempt follows in the same commit. */
  grade: mutation('grade', { action: 'results.grade', resource: 'responses' })
    .input(GradeAnswer)
    .output(z.object({ state: AttemptState })),
}
