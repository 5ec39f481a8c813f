import * as z from 'zod'
import { Day, Done, Id, mutation, query, Timestamp } from './base.ts'
import { Category } from './questions.ts'

export const goalStates = ['open', 'reached', 'dropped'] as const
export const GoalState = z.enum(goalStates)
export type GoalState = z.infer<typeof GoalState>

const fields = z.object({
  title: z.string().trim().min(1).max(200),
  /** What the person can do then, in words. */
  measure: z.string().trim().max(2000).default(''),
  targetDate: Day.nullable().default(null),
  /** Whose results show how far it is; or those of a question category. */
  assessmentId: Id.nullable().default(null),
  category: Category.nullable().default(null),
  /** From how many percent it is reached. */
  target: z.int().min(1).max(100).nullable().default(null),
})

/** Results are those of one thing, and say nothing without a mark to reach. */
const isMeasurable = ({ assessmentId, category, target }: z.infer<typeof fields>) =>
  (assessmentId === null || category === null) && (target !== null) === (assessmentId !== null || category !== null)

export const GoalFields = fields.refine(isMeasurable, { error: 'one kind of results and a target, or neither' })
export type GoalFields = z.infer<typeof GoalFields>

export const Goal = fields.extend({
  id: Id,
  status: GoalState,
  assessmentTitle: z.string().nullable(),
  writtenBy: z.string().nullable(),
  /** 0 to 100, of the results so far; null where there are none. */
  percentage: z.number().nullable(),
  updatedAt: Timestamp,
})
export type Goal = z.infer<typeof Goal>

const version = { id: Id, updatedAt: Timestamp }

/** The development plan of a person. */
export const goals = {
  /** What is open comes first, by the day it is due. */
  list: query({ look: { action: 'beneficiaries.look', resource: 'beneficiaries', input: 'beneficiaryId' } })
    .input(z.object({ beneficiaryId: Id }))
    .output(z.array(Goal)),
  create: mutation({ action: 'goals.create', resource: 'goals' })
    .input(
      fields
        .extend({ beneficiaryId: Id })
        .refine(isMeasurable, { error: 'one kind of results and a target, or neither' }),
    )
    .output(z.object({ id: Id })),
  update: mutation({ action: 'goals.update', resource: 'goals' })
    .input(fields.extend(version).refine(isMeasurable, { error: 'one kind of results and a target, or neither' }))
    .output(Done),
  setStatus: mutation({ action: 'goals.setStatus', resource: 'goals' })
    .input(z.object({ ...version, status: GoalState }))
    .output(Done),
  remove: mutation({ action: 'goals.remove', resource: 'goals' }).input(z.object(version)).output(Done),
}
