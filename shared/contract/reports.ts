import * as z from 'zod'
import { AskedAnalysis, itemFlagKinds } from './analytics.ts'
import { Id, query, Timestamp } from './base.ts'

/** What the points of a question category come to; null stands for questions without one. */
export const CategoryShare = z.object({
  category: z.string().nullable(),
  /** Graded answers that it rests on; a question that was left empty is one. */
  answers: z.int(),
  points: z.number(),
  maxPoints: z.number(),
  /** 0 to 1; null where there are no points to be had. */
  share: z.number().nullable(),
})
export type CategoryShare = z.infer<typeof CategoryShare>

/** `tooFew`: fewer answers than anything can be concluded from. */
export const categoryStandings = ['strength', 'between', 'gap', 'tooFew'] as const

export const LearnerAttempt = z.object({
  attemptId: Id,
  assessmentId: Id,
  title: z.string(),
  attemptNumber: z.int(),
  submittedAt: Timestamp,
  score: z.number().nullable(),
  maxScore: z.number(),
  /** 0 to 100; null until everything is graded. */
  percentage: z.number().nullable(),
  passed: z.boolean().nullable(),
  isOverridden: z.boolean(),
})
export type LearnerAttempt = z.infer<typeof LearnerAttempt>

export const LearnerAssessment = z.object({
  assessmentId: Id,
  title: z.string(),
  attempts: z.int(),
  first: z.number().nullable(),
  last: z.number().nullable(),
  best: z.number().nullable(),
  /** Of any attempt; null where nothing is graded or nothing can be passed. */
  passed: z.boolean().nullable(),
})
export type LearnerAssessment = z.infer<typeof LearnerAssessment>

export const LearnerReport = z.object({
  beneficiaryId: Id,
  name: z.string(),
  /** Handed in and no practice, oldest first. */
  attempts: z.array(LearnerAttempt),
  assessments: z.array(LearnerAssessment),
  categories: z.array(CategoryShare.extend({ standing: z.enum(categoryStandings) })),
  /** What graders wrote to the learner, oldest first. */
  comments: z.array(z.object({ attemptId: Id, title: z.string(), question: z.string(), comment: z.string() })),
})
export type LearnerReport = z.infer<typeof LearnerReport>

/** Which attempt stands for a learner. */
export const countedAttempts = ['best', 'last', 'first'] as const

export const classStandings = ['passed', 'failed', 'graded', 'waiting', 'running', 'missing'] as const

export const ClassLearner = z.object({
  beneficiaryId: Id,
  name: z.string(),
  /** `graded`: nothing can be passed; `missing`: has not begun. */
  standing: z.enum(classStandings),
  /** The attempt that counts. */
  attemptId: Id.nullable(),
  attempts: z.int(),
  score: z.number().nullable(),
  maxScore: z.number().nullable(),
  percentage: z.number().nullable(),
  isOverridden: z.boolean(),
  submittedAt: Timestamp.nullable(),
})
export type ClassLearner = z.infer<typeof ClassLearner>

export const ClassItem = z.object({
  questionId: Id,
  /** As on the paper, from 1. */
  number: z.int(),
  text: z.string(),
  attempts: z.int(),
  facility: z.number().nullable(),
  discrimination: z.number().nullable(),
  flags: z.array(z.enum(itemFlagKinds)),
})
export type ClassItem = z.infer<typeof ClassItem>

export const ClassReport = z.object({
  assessmentId: Id,
  title: z.string(),
  /** The group that it is narrowed to. */
  groupName: z.string().nullable(),
  passingScore: z.number().nullable(),
  counts: z.object({
    expected: z.int(),
    passed: z.int(),
    failed: z.int(),
    graded: z.int(),
    waiting: z.int(),
    running: z.int(),
    missing: z.int(),
  }),
  /** Percent, of the attempts that count and are graded. */
  mean: z.number().nullable(),
  median: z.number().nullable(),
  lowest: z.number().nullable(),
  highest: z.number().nullable(),
  standardDeviation: z.number().nullable(),
  /** Ten bands of ten percent; the last holds 100. */
  distribution: z.array(z.object({ from: z.int(), to: z.int(), count: z.int() })),
  /** In the order of names. */
  learners: z.array(ClassLearner),
  /** Of those who are missing, how many are only counted: an assessment for everybody may have thousands. */
  missingNotListed: z.int(),
  categories: z.array(CategoryShare),
  items: z.array(ClassItem),
})
export type ClassReport = z.infer<typeof ClassReport>

/** What stands in the files, in the language of whoever asks for one. */
export const sheetWords = [
  'sheet.learners',
  'sheet.summary',
  'sheet.distribution',
  'sheet.categories',
  'sheet.items',
  'sheet.attempts',
  'sheet.assessments',
  'sheet.comments',
  'sheet.answers',
  'column.name',
  'column.value',
  'column.assessment',
  'column.attempt',
  'column.attempts',
  'column.state',
  'column.points',
  'column.mostPoints',
  'column.percent',
  'column.isPassed',
  'column.isOverridden',
  'column.handedIn',
  'column.first',
  'column.last',
  'column.best',
  'column.category',
  'column.answers',
  'column.standing',
  'column.question',
  'column.number',
  'column.comment',
  'column.facility',
  'column.discrimination',
  'column.flags',
  'column.from',
  'column.to',
  'column.count',
  'column.answer',
  'column.credit',
  'column.upper',
  'column.lower',
  'column.itemTotal',
  'column.upperLower',
  'column.efficiency',
  'column.spread',
  'column.randomGuess',
  'column.intendedWeight',
  'column.effectiveWeight',
  'column.alphaWithout',
  'fact.title',
  'fact.group',
  'fact.everybody',
  'fact.passingScore',
  'fact.expected',
  'fact.passed',
  'fact.failed',
  'fact.graded',
  'fact.waiting',
  'fact.running',
  'fact.missing',
  'fact.missingNotListed',
  'fact.mean',
  'fact.median',
  'fact.lowest',
  'fact.highest',
  'fact.spread',
  'fact.attempts',
  'fact.learners',
  'fact.mostPoints',
  'fact.passRate',
  'fact.alpha',
  'fact.standardError',
  'state.passed',
  'state.failed',
  'state.graded',
  'state.waiting',
  'state.running',
  'state.missing',
  'standing.strength',
  'standing.between',
  'standing.gap',
  'standing.tooFew',
  'flag.keySuspect',
  'flag.negative',
  'flag.belowGuessing',
  'flag.weak',
  'flag.tooHard',
  'flag.tooEasy',
  'flag.deadDistractor',
  'flag.oftenEmpty',
  'word.yes',
  'word.no',
  'word.noCategory',
  'word.true',
  'word.false',
  'word.empty',
  'word.other',
] as const

export const SheetWords = z.record(z.enum(sheetWords), z.string().trim().min(1).max(200))
export type SheetWords = z.infer<typeof SheetWords>

/** `csv`: one file, its tables one below the other; `xlsx`: a sheet for each. */
export const sheetFormats = ['xlsx', 'csv'] as const
export const SheetFormat = z.enum(sheetFormats)
export type SheetFormat = z.infer<typeof SheetFormat>

const AskedClass = z.object({
  assessmentId: Id,
  groupId: Id.optional(),
  attempts: z.enum(countedAttempts).default('best'),
})
export type AskedClass = z.infer<typeof AskedClass>
const AskedLearner = z.object({ beneficiaryId: Id })
const wishedFile = { format: SheetFormat, words: SheetWords }
const SheetFile = z.object({ fileName: z.string(), mimeType: z.string(), base64: z.string() })
export type SheetFile = z.infer<typeof SheetFile>

const learnerLook = { look: { action: 'results.look', resource: 'beneficiaries', input: 'beneficiaryId' } }

/** Each file holds what the report of the same name shows. */
export const reports = {
  class: query().input(AskedClass).output(ClassReport),
  classFile: query().input(AskedClass.extend(wishedFile)).output(SheetFile),
  learner: query(learnerLook).input(AskedLearner).output(LearnerReport),
  learnerFile: query(learnerLook).input(AskedLearner.extend(wishedFile)).output(SheetFile),
  /** What `analytics.items` says. */
  analysisFile: query().input(AskedAnalysis.extend(wishedFile)).output(SheetFile),
}
