import * as z from 'zod'

/** Short and stable within its question, so that an answer can name it: `a`, `b`, … */
export const OptionId = z.string().regex(/^[a-z0-9]{1,8}$/)

/** Percent of the question's points: 100 is right, 0 is wrong, negative costs points. */
export const Credit = z.number().min(-100).max(100)

/** A picture is named by the SHA-256 of its bytes (hex), which stays the same on every machine. */
export const ImageDigest = z.string().regex(/^[0-9a-f]{64}$/)
export const Picture = z.object({
  image: ImageDigest,
  /** What the picture shows, for those who cannot see it; empty for decoration. */
  alt: z.string().max(500),
})
export type Picture = z.infer<typeof Picture>

/** Path in the question bank, `Maths/Fractions`; a slash that belongs to a name is doubled, as Moodle does it. */
export const Category = z.string().trim().min(1).max(255)
export const Tag = z.string().trim().min(1).max(50)

const feedback = z.string().max(5_000).optional()

const shared = {
  /** Plain text. Formulas are LaTeX between `\(` and `\)` in a line, or `\[` and `\]` on a line of their own. */
  text: z.string().trim().min(1).max(20_000),
  points: z.int().min(0).max(1000),
  required: z.boolean(),
  /** Shown to the learner together with the result. */
  feedback: z.string().max(20_000).optional(),
  /** A short name for lists and exports; never shown to the learner. */
  name: z.string().max(255).optional(),
  category: Category.optional(),
  tags: z
    .array(Tag)
    .max(20)
    .refine((tags) => new Set(tags).size === tags.length, { error: 'a tag stands there twice' })
    .optional(),
  /** Shown below the text. */
  images: z.array(Picture).max(6).optional(),
}

export const ChoiceOption = z.object({
  id: OptionId,
  text: z.string().trim().min(1).max(5_000),
  picture: Picture.optional(),
  credit: Credit,
  feedback,
})
export type ChoiceOption = z.infer<typeof ChoiceOption>

/** An accepted answer to a short-answer question: a text or a range of numbers. */
export const AcceptedAnswer = z.union([
  z.object({
    text: z.string().trim().min(1).max(1_000),
    /** `*` stands for any run of characters, none as well; `\*` for a star. */
    wildcard: z.literal(true).optional(),
    credit: Credit,
    feedback,
  }),
  z
    .object({ min: z.number(), max: z.number(), credit: Credit, feedback })
    .refine((range) => range.min <= range.max, { error: 'the range is upside down' }),
])
export type AcceptedAnswer = z.infer<typeof AcceptedAnswer>

/** One thing that an essay is judged by. */
export const Criterion = z.object({
  id: OptionId,
  title: z.string().trim().min(1).max(500),
  /** Percent of the question's points. */
  weight: z.number().min(0).max(100),
  levels: z
    .array(
      z.object({
        id: OptionId,
        title: z.string().trim().min(1).max(500),
        /** Percent of the criterion. */
        share: z.number().min(0).max(100),
      }),
    )
    .min(2)
    .max(10)
    .refine(hasOwnIds, { error: 'two levels have the same id' }),
})
export type Criterion = z.infer<typeof Criterion>

export const Rubric = z
  .array(Criterion)
  .min(1)
  .max(20)
  .refine(hasOwnIds, { error: 'two criteria have the same id' })
  .refine((criteria) => Math.abs(criteria.reduce((sum, { weight }) => sum + weight, 0) - 100) < 0.01, {
    error: 'the weights of all criteria together are 100 percent',
  })
export type Rubric = z.infer<typeof Rubric>

/** A question with its key, as authors see it. */
export const Question = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('multiple_choice'),
    ...shared,
    /** `one`: radio buttons; `many`: check boxes, credits add up and never fall below zero. */
    selection: z.enum(['one', 'many']),
    options: z.array(ChoiceOption).min(2).max(26).refine(hasOwnIds, { error: 'two options have the same id' }),
    /** The options stand as they are written, also where an assessment shuffles options. */
    keepOrder: z.literal(true).optional(),
  }),
  z.object({
    type: z.literal('true_false'),
    ...shared,
    correct: z.boolean(),
    /** Said to whoever chose it. */
    feedbackTrue: feedback,
    feedbackFalse: feedback,
  }),
  z.object({
    type: z.literal('short_answer'),
    ...shared,
    accepted: z.array(AcceptedAnswer).min(1).max(50),
    /** Without these, `PARIS` and `Élève` are `paris` and `eleve`. */
    caseMatters: z.literal(true).optional(),
    accentsMatter: z.literal(true).optional(),
  }),
  z.object({
    type: z.literal('essay'),
    ...shared,
    rubric: Rubric.optional(),
    /** For whoever grades; never shown to the learner. */
    sampleAnswer: z.string().max(20_000).optional(),
  }),
])
export type Question = z.infer<typeof Question>
export type QuestionType = Question['type']
export const questionTypes = [
  'multiple_choice',
  'true_false',
  'short_answer',
  'essay',
] as const satisfies QuestionType[]

function hasOwnIds(things: readonly { id: string }[]): boolean {
  return new Set(things.map(({ id }) => id)).size === things.length
}
