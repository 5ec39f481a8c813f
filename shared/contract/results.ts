import * as z from 'zod'
import { Done, Id, mutation, query, Timestamp } from './base.ts'
import { AttemptState } from './delivery.ts'
import { GivenMark, GradingNeed } from './grading.ts'
import { OptionId, Question } from './questions.ts'
import { Incident } from './supervision.ts'

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
  /** Somebody replaced the computed result; the reason says why. */
  isOverridden: z.boolean(),
  /** Seconds of counted exam time. */
  timeTaken: z.int(),
  startedAt: Timestamp,
  submittedAt: Timestamp.nullable(),
})
export type ResultRow = z.infer<typeof ResultRow>

export const ListResults = z.object({
  assessmentId: Id.optional(),
  beneficiaryId: Id.optional(),
  /** Without a state, attempts that are still running are left out. */
  state: AttemptState.optional(),
  /** Practice attempts instead of those that count. */
  isPractice: z.boolean().optional(),
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
  /** What graders wrote to the learner. */
  comment: z.string().nullable(),
  /** Null: nobody has to mark it any more. */
  need: GradingNeed.nullable(),
  /** The second opinion is for somebody else to give. */
  isMineToGive: z.boolean(),
  /** Those that count or stand against each other; nobody who is to give a second opinion sees the first. */
  marks: z.array(GivenMark),
})
export type GradedAnswer = z.infer<typeof GradedAnswer>

/** A result that somebody set, and what it replaces. */
export const Override = z.object({
  reason: z.string(),
  userName: z.string().nullable(),
  original: z.object({ score: z.number(), percentage: z.number().nullable(), passed: z.boolean().nullable() }),
})
export type Override = z.infer<typeof Override>

export const AttemptReport = ResultRow.extend({ answers: z.array(GradedAnswer), override: Override.nullable() })
export type AttemptReport = z.infer<typeof AttemptReport>

export const GradeAnswer = z.object({
  responseId: Id,
  /** Between 0 and the points of the question, in steps of a hundredth. */
  points: z.number().min(0).max(1000).multipleOf(0.01),
  /** The level of each criterion; the points then follow from the rubric. */
  rubric: z.record(OptionId, OptionId).optional(),
  /** Shown to the learner together with the result. */
  comment: z.string().trim().max(5_000).optional(),
})
export type GradeAnswer = z.infer<typeof GradeAnswer>

const Verdict = z.object({ points: z.number(), percentage: z.number().nullable(), passed: z.boolean().nullable() })

/** An attempt whose points follow a corrected key. */
export const KeyChange = z.object({
  attemptId: Id,
  beneficiaryName: z.string(),
  attemptNumber: z.int(),
  /** The result stays as somebody set it. */
  isOverridden: z.boolean(),
  before: Verdict,
  after: Verdict,
})
export type KeyChange = z.infer<typeof KeyChange>

const keySize = { maxBytes: 512 * 1024 }
const CorrectedKey = z.object({ assessmentId: Id, questionId: Id, question: Question })
const Reason = z.string().trim().min(1).max(2_000)

export const KeyCorrection = z.object({
  id: Id,
  questionId: Id.nullable(),
  questionText: z.string().nullable(),
  /** The question with its key as it was and as it is since. */
  before: Question.nullable(),
  after: Question.nullable(),
  reason: z.string(),
  userName: z.string().nullable(),
  changed: z.array(KeyChange),
  createdAt: Timestamp,
})
export type KeyCorrection = z.infer<typeof KeyCorrection>

/** One state of an answer that was saved. */
export const SavedState = z.object({
  questionId: Id,
  answer: z.string(),
  /** Milliseconds of exam time. */
  usedMs: z.int(),
  savedAt: Timestamp,
})
export type SavedState = z.infer<typeof SavedState>

export const Replay = z.object({
  title: z.string(),
  beneficiaryName: z.string(),
  attemptNumber: z.int(),
  startedAt: Timestamp,
  submittedAt: Timestamp.nullable(),
  /** Milliseconds of exam time altogether. */
  usedMs: z.int(),
  questions: z.array(
    z.object({
      id: Id,
      question: Question,
      /** What counts. */
      answer: z.string(),
      /** The journal of this machine ends with the answer that counts; false where it was written elsewhere. */
      isJournalled: z.boolean(),
    }),
  ),
  /** By exam time. */
  states: z.array(SavedState),
  /** `usedMs`: exam time of the state that was saved last before it. */
  incidents: z.array(Incident.extend({ usedMs: z.int() })),
})
export type Replay = z.infer<typeof Replay>

export const results = {
  list: query({ look: { action: 'results.look', resource: 'beneficiaries', input: 'beneficiaryId' } })
    .input(ListResults)
    .output(z.object({ rows: z.array(ResultRow), next: z.string().nullable() })),
  attempt: query({ look: { action: 'attempts.look', resource: 'attempts', input: 'attemptId' } })
    .input(z.object({ attemptId: Id }))
    .output(AttemptReport),
  /** How an attempt went, from the journal of this machine, which never leaves it. */
  replay: query()
    .input(z.object({ attemptId: Id }))
    .output(Replay),
  /** How many attempts wait for a person. */
  waiting: query().output(z.object({ attempts: z.int() })),
  /** The result of the attempt follows in the same commit. */
  grade: mutation({ action: 'results.grade', resource: 'responses' })
    .input(GradeAnswer)
    .output(z.object({ state: AttemptState })),
  /** Sets the result by hand; what was computed is kept beside it. */
  override: mutation({ action: 'results.override', resource: 'attempts' })
    .input(z.object({ attemptId: Id, score: z.number().min(0).multipleOf(0.01), reason: Reason }))
    .output(Done),
  takeBackOverride: mutation({ action: 'results.takeBackOverride', resource: 'attempts' })
    .input(z.object({ attemptId: Id }))
    .output(Done),
  /** What a corrected key would change, attempt by attempt. */
  previewKey: query(keySize).input(CorrectedKey).output(z.array(KeyChange)),
  /** Gives every attempt a paper with the corrected key and marks anew what no person has marked. */
  correctKey: mutation({ action: 'results.correctKey', resource: 'assessments' }, keySize)
    .input(CorrectedKey.extend({ reason: Reason }))
    .output(z.array(KeyChange)),
  keyCorrections: query()
    .input(z.object({ assessmentId: Id }))
    .output(z.array(KeyCorrection)),
}
