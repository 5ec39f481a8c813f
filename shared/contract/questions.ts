import * as z from 'zod'

/** Short and stable within its question, so that an answer can name it: `a`, `b`, … */
export const OptionId = z.string().regex(/^[a-z0-9]{1,8}$/)

/** Percent of the question's points: 100 is right, 0 is wrong, negative costs points. */
export const Credit = z.number().min(-100).max(100)

const shared = {
  text: z.string().trim().min(1).max(20_000),
  points: z.int().min(0).max(1000),
  required: z.boolean(),
  /** Shown to the learner together with the result. */
  feedback: z.string().max(20_000).optional(),
  /** A short name for lists and exports; never shown to the learner. */
  name: z.string().max(255).optional(),
}

export const ChoiceOption = z.object({
  id: OptionId,
  text: z.string().trim().min(1).max(5_000),
  credit: Credit,
  feedback: z.string().max(5_000).optional(),
})
export type ChoiceOption = z.infer<typeof ChoiceOption>

/** An accepted answer to a short-answer question: a text (case, accents and spacing do not matter) or a range of numbers. */
export const AcceptedAnswer = z.union([
  z.object({ text: z.string().trim().min(1).max(1_000), credit: Credit, feedback: z.string().max(5_000).optional() }),
  z
    .object({ min: z.number(), max: z.number(), credit: Credit, feedback: z.string().max(5_000).optional() })
    .refine((range) => range.min <= range.max, { error: 'the range is upside down' }),
])
export type AcceptedAnswer = z.infer<typeof AcceptedAnswer>

/** A question with its key, as authors see it. */
export const Question = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('multiple_choice'),
    ...shared,
    /** `one`: radio buttons; `many`: check boxes, credits add up and never fall below zero. */
    selection: z.enum(['one', 'many']),
    options: z
      .array(ChoiceOption)
      .min(2)
      .max(26)
      .refine((options) => new Set(options.map((option) => option.id)).size === options.length, {
        error: 'two options have the same id',
      }),
  }),
  z.object({ type: z.literal('true_false'), ...shared, correct: z.boolean() }),
  z.object({ type: z.literal('short_answer'), ...shared, accepted: z.array(AcceptedAnswer).min(1).max(50) }),
  z.object({ type: z.literal('essay'), ...shared }),
])
export type Question = z.infer<typeof Question>
export type QuestionType = Question['type']
export const questionTypes = [
  'multiple_choice',
  'true_false',
  'short_answer',
  'essay',
] as const satisfies QuestionType[]
