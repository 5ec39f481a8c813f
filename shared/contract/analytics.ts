import * as z from 'zod'
import { Id, query } from './base.ts'
import { Question } from './questions.ts'

/** Which attempt of a learner counts: with one each, nobody who tried often weighs more than the others. */
export const attemptChoices = ['first', 'last', 'best', 'all'] as const

/** What a person should look at, in the order of weight. Thresholds and their sources: main/domains/analytics/flags.ts */
export const itemFlagKinds = [
  'keySuspect',
  'negative',
  'belowGuessing',
  'weak',
  'tooHard',
  'tooEasy',
  'deadDistractor',
  'oftenEmpty',
] as const
export const ItemFlag = z.object({
  kind: z.enum(itemFlagKinds),
  /** The option that it is about. */
  optionId: z.string().nullable(),
})
export type ItemFlag = z.infer<typeof ItemFlag>

/** One line of the table of what was answered. */
export const AnswerCount = z.object({
  /** The option's id, `true`, `false`, the place of an accepted answer (`accepted:0`), `other`, or `empty`. */
  answer: z.string(),
  /** Share of the points from -1 to 1; null where it differs from answer to answer. */
  credit: z.number().nullable(),
  count: z.int(),
  /** How many of the best and of the weakest 27 percent gave it. */
  upper: z.int(),
  lower: z.int(),
  /** Correlation of giving it with the rest of the score. */
  discrimination: z.number().nullable(),
})
export type AnswerCount = z.infer<typeof AnswerCount>

/** Null wherever the data do not determine a number, as with fewer than two attempts or without any difference. */
export const ItemStatistics = z.object({
  questionId: Id,
  question: Question,
  /** Attempts that were asked it and are graded. */
  attempts: z.int(),
  /** Mean share of the points. */
  facility: z.number().nullable(),
  /** Of the share of the points. */
  standardDeviation: z.number().nullable(),
  /** Correlation of the item with the rest of the score, -1 to 1. */
  discrimination: z.number().nullable(),
  /** The same with the item left in the score: higher, and higher the shorter the test. */
  itemTotal: z.number().nullable(),
  /** Mean share of the best 27 percent less that of the weakest 27 percent. */
  upperLower: z.number().nullable(),
  /** Discrimination as a share of the highest that this distribution of marks could have had. */
  discriminativeEfficiency: z.number().nullable(),
  /** Share of the whole score that the author gave it, and that it turned out to have. */
  intendedWeight: z.number().nullable(),
  effectiveWeight: z.number().nullable(),
  /** Share of the points for choosing blindly; null where nobody can guess. */
  randomGuess: z.number().nullable(),
  /** Reliability of the test without this item. */
  alphaWithout: z.number().nullable(),
  answers: z.array(AnswerCount),
  flags: z.array(ItemFlag),
})
export type ItemStatistics = z.infer<typeof ItemStatistics>

export const TestStatistics = z.object({
  attempts: z.int(),
  learners: z.int(),
  /** Points. */
  maxScore: z.number(),
  mean: z.number().nullable(),
  median: z.number().nullable(),
  standardDeviation: z.number().nullable(),
  lowest: z.number().nullable(),
  highest: z.number().nullable(),
  /** Share of those with a verdict that passed. */
  passRate: z.number().nullable(),
  /** Cronbach's alpha; it is KR-20 where every item is right or wrong. */
  alpha: z.number().nullable(),
  isKr20: z.boolean(),
  /** Not all attempts were asked the same questions, so that alpha is not defined. */
  isDrawn: z.boolean(),
  /** Standard error of measurement in points. */
  standardError: z.number().nullable(),
})
export type TestStatistics = z.infer<typeof TestStatistics>

export const AskedAnalysis = z.object({
  assessmentId: Id,
  groupId: Id.optional(),
  attempts: z.enum(attemptChoices).default('first'),
})
export type AskedAnalysis = z.infer<typeof AskedAnalysis>
export const ItemAnalysis = z.object({ title: z.string(), test: TestStatistics, items: z.array(ItemStatistics) })
export type ItemAnalysis = z.infer<typeof ItemAnalysis>

export const analytics = {
  items: query().input(AskedAnalysis).output(ItemAnalysis),
}
