import * as z from 'zod'
import { Id, mutation, query } from './base.ts'
import { Question } from './questions.ts'

/** What an answer waits for: a first mark, a second opinion, or a decision between two marks that differ too much. */
export const gradingNeeds = ['mark', 'second', 'final'] as const
export const GradingNeed = z.enum(gradingNeeds)
export type GradingNeed = z.infer<typeof GradingNeed>

/** A mark that the one who asks may see. */
export const GivenMark = z.object({
  kind: z.enum(['mark', 'second', 'final']),
  points: z.number(),
  comment: z.string().nullable(),
  graderName: z.string().nullable(),
  isMine: z.boolean(),
})
export type GivenMark = z.infer<typeof GivenMark>

export const WaitingAnswer = z.object({
  responseId: Id,
  questionId: Id,
  /** Says which answers are of one learner, and tells nothing else when the queue is anonymous. */
  learnerNumber: z.int(),
  /** Null when the queue is anonymous. */
  learnerName: z.string().nullable(),
  need: GradingNeed,
  /** The second opinion is for somebody else to give. */
  isMineToGive: z.boolean(),
  answer: z.string(),
  marks: z.array(GivenMark),
})
export type WaitingAnswer = z.infer<typeof WaitingAnswer>

export const GradingQueue = z.object({
  title: z.string(),
  questions: z.array(z.object({ id: Id, question: Question })),
  answers: z.array(WaitingAnswer),
})
export type GradingQueue = z.infer<typeof GradingQueue>

const count = z.int()

export const grading = {
  /** Assessments with answers that wait for a person. */
  waiting: query().output(
    z.array(z.object({ assessmentId: Id, title: z.string(), mark: count, second: count, final: count })),
  ),
  queue: query()
    .input(z.object({ assessmentId: Id, by: z.enum(['question', 'learner']), isAnonymous: z.boolean() }))
    .output(GradingQueue),
  /** For one answer, or for every graded answer of the assessment that a person has to read. */
  askSecondOpinion: mutation({ action: 'grading.askSecondOpinion', resource: 'assessments' })
    .input(
      z.object({
        assessmentId: Id,
        responseId: Id.optional(),
        /** Percent of the question's points by which two marks may differ before somebody has to decide. */
        tolerance: z.number().min(0).max(100).default(10),
      }),
    )
    .output(z.object({ answers: count })),
}
