import * as z from 'zod'
import { Done, Id, mutation, query, Timestamp } from './base.ts'
import { OptionId, Question } from './questions.ts'

/** What the result is for: to place, to help learning, to certify, or only to try. */
export const assessmentTypes = ['diagnostic', 'formative', 'summative', 'practice'] as const
export const assessmentStatuses = ['draft', 'published', 'in_progress', 'completed'] as const
export const AssessmentType = z.enum(assessmentTypes)
export const AssessmentStatus = z.enum(assessmentStatuses)
export type AssessmentType = z.infer<typeof AssessmentType>
export type AssessmentStatus = z.infer<typeof AssessmentStatus>

/** Some of these questions are asked: which ones, every attempt draws for itself. */
export const Pool = z.object({
  id: OptionId,
  name: z.string().trim().min(1).max(100),
  draw: z.int().min(1).max(2000),
})
export type Pool = z.infer<typeof Pool>

/** What a learner sees of an ended attempt: everything with the right answers, the marks alone, or only that it is over. */
export const reviews = ['answers', 'marks', 'nothing'] as const

export const AssessmentSettings = z.object({
  shuffleQuestions: z.boolean().default(false),
  shuffleOptions: z.boolean().default(false),
  review: z.enum(reviews).default('answers'),
  pools: z.array(Pool).max(50).default([]),
})
export type AssessmentSettings = z.infer<typeof AssessmentSettings>
export const ordinarySettings: AssessmentSettings = AssessmentSettings.parse({})

export const AssessmentFields = z.object({
  title: z.string().trim().min(1).max(200),
  description: z.string().trim().max(20_000).default(''),
  type: AssessmentType,
  /** Minutes; null: no limit. */
  timeLimit: z.int().min(1).max(1440).nullable().default(null),
  /** Percent; null: nobody fails. */
  passingScore: z.int().min(0).max(100).nullable().default(null),
  attemptsAllowed: z.int().min(1).max(100).default(1),
  /** One learner only; with `groupId` null as well: everybody of the organization. */
  beneficiaryId: Id.nullable().default(null),
  /** The learners of one group only. */
  groupId: Id.nullable().default(null),
  /** Attempts can begin from then on, and until then; null: no bound. */
  opensAt: Timestamp.nullable().default(null),
  closesAt: Timestamp.nullable().default(null),
  settings: AssessmentSettings.default(ordinarySettings),
})
export type AssessmentFields = z.infer<typeof AssessmentFields>

export const AssessmentRow = z.object({
  id: Id,
  title: z.string(),
  type: AssessmentType,
  status: AssessmentStatus,
  questionCount: z.int(),
  totalPoints: z.int(),
  timeLimit: z.int().nullable(),
  attemptCount: z.int(),
  waitingForGrading: z.int(),
  trainerName: z.string().nullable(),
  updatedAt: Timestamp,
})
export type AssessmentRow = z.infer<typeof AssessmentRow>

export const AuthoredQuestion = z.object({
  id: Id,
  question: Question,
  /** The pool of the assessment it is drawn from. */
  pool: OptionId.nullable().default(null),
  /** The question it was copied from. */
  originId: Id.nullable().default(null),
})
export type AuthoredQuestion = z.infer<typeof AuthoredQuestion>

export const Assessment = AssessmentFields.extend({
  id: Id,
  status: AssessmentStatus,
  beneficiaryName: z.string().nullable(),
  groupName: z.string().nullable(),
  attemptCount: z.int(),
  updatedAt: Timestamp,
  questions: z.array(AuthoredQuestion),
})
export type Assessment = z.infer<typeof Assessment>

const one = z.object({ id: Id })
const bulk = { maxBytes: 4 * 1024 * 1024 }

export const assessments = {
  list: query()
    .input(z.object({ search: z.string().max(200).default(''), status: AssessmentStatus.optional() }))
    .output(z.array(AssessmentRow)),
  get: query().input(one).output(Assessment),
  create: mutation({ action: 'assessments.create', resource: 'assessments' }).input(AssessmentFields).output(one),
  update: mutation({ action: 'assessments.update', resource: 'assessments' })
    .input(
      AssessmentFields.extend({
        id: Id,
        /** The version that was on the screen; refused if somebody has written since. */
        updatedAt: Timestamp,
      }),
    )
    .output(z.object({ updatedAt: Timestamp })),
  /** A draft with the same details and questions, which know where they come from. */
  duplicate: mutation({ action: 'assessments.duplicate', resource: 'assessments' })
    .input(z.object({ id: Id, title: AssessmentFields.shape.title }))
    .output(one),
  /** Puts questions of a draft into a pool, or out of any; a pool that nothing is left in goes. */
  setPool: mutation({ action: 'assessments.setPool', resource: 'assessments' })
    .input(
      z.object({
        id: Id,
        questionIds: z.array(Id).max(2000),
        /** Without an id a new one; with an id its name and draw are changed as well. */
        pool: Pool.partial({ id: true }).nullable(),
      }),
    )
    .output(z.object({ poolId: OptionId.nullable() })),
  /** Only a draft without attempts can go. */
  remove: mutation({ action: 'assessments.remove', resource: 'assessments' }).input(one).output(Done),
  /** Appends questions to a draft: one that was written, or many that were imported. */
  addQuestions: mutation({ action: 'assessments.addQuestions', resource: 'assessments' }, bulk)
    .input(z.object({ id: Id, questions: z.array(Question).min(1).max(2000) }))
    .output(z.object({ questionIds: z.array(Id) })),
  updateQuestion: mutation({ action: 'assessments.updateQuestion', resource: 'questions' })
    .input(z.object({ questionId: Id, question: Question }))
    .output(Done),
  removeQuestion: mutation({ action: 'assessments.removeQuestion', resource: 'questions' })
    .input(z.object({ questionId: Id }))
    .output(Done),
  /** All questions of the draft, in the order they should have. */
  reorderQuestions: mutation({ action: 'assessments.reorderQuestions', resource: 'assessments' })
    .input(z.object({ id: Id, questionIds: z.array(Id).max(2000) }))
    .output(Done),
  /** From now on learners can take it and nobody can change its questions. */
  publish: mutation({ action: 'assessments.publish', resource: 'assessments' }).input(one).output(Done),
  /** Back to a draft, as long as nobody has begun. */
  unpublish: mutation({ action: 'assessments.unpublish', resource: 'assessments' }).input(one).output(Done),
  /** No new attempts; running ones may be finished. */
  close: mutation({ action: 'assessments.close', resource: 'assessments' }).input(one).output(Done),
}
