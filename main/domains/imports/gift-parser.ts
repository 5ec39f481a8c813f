import giftParser from 'gift-pegjs'
import * as z from 'zod'
import { withArrows } from './gift-spelling.ts'

/** The library's own types say less than it returns and more than it keeps, so its answer is checked. */
const GiftText = z.object({
  format: z.enum(['html', 'markdown', 'plain', 'moodle']),
  text: z.string().transform(withArrows),
})
export type GiftText = z.infer<typeof GiftText>

const feedback = GiftText.nullish()
const answer = { isCorrect: z.boolean(), weight: z.number().nullable(), feedback }

const GiftChoice = z.object({ ...answer, text: GiftText })
export type GiftChoice = z.infer<typeof GiftChoice>

const GiftNumber = z.object({
  ...answer,
  text: z.union([
    z.object({ type: z.literal('simple'), number: z.number() }),
    z.object({ type: z.literal('range'), number: z.number(), range: z.number() }),
    z.object({ type: z.literal('high-low'), numberLow: z.number(), numberHigh: z.number() }),
    /** Any number at all. */
    z.object({ text: z.literal('*') }),
  ]),
})
export type GiftNumber = z.infer<typeof GiftNumber>

const stem = { title: z.string().nullable(), stem: GiftText, globalFeedback: feedback }

const GiftQuestion = z.discriminatedUnion('type', [
  z.object({ type: z.literal('MC'), ...stem, choices: z.array(GiftChoice) }),
  z.object({ type: z.literal('Short'), ...stem, choices: z.array(GiftChoice) }),
  z.object({ type: z.literal('Numerical'), ...stem, choices: z.array(GiftNumber) }),
  z.object({
    type: z.literal('TF'),
    ...stem,
    isTrue: z.boolean(),
    /** What a wrong answer is told; the library calls it so because it stands first. */
    trueFeedback: feedback,
    falseFeedback: feedback,
  }),
  z.object({ type: z.literal('Essay'), ...stem }),
  z.object({ type: z.literal('Matching') }),
  z.object({ type: z.literal('Description') }),
])
export type GiftQuestion = z.infer<typeof GiftQuestion>
export type Gift<Type extends GiftQuestion['type']> = Extract<GiftQuestion, { type: Type }>

export interface GiftSyntaxError {
  /** Counted from 1 within the block. */
  line: number
  message: string
}

const SyntaxErrorShape = z.object({
  found: z.string().nullish(),
  expected: z.array(z.object({ type: z.string(), description: z.string().optional() })).catch([]),
  location: z.object({ start: z.object({ line: z.int() }) }),
})

/** Reads one block. */
export function parseBlock(block: string): { question: GiftQuestion } | { error: GiftSyntaxError } {
  try {
    const [question] = giftParser.parse(block)
    const read = GiftQuestion.safeParse(question)
    // The parser gives a number of hundreds of digits as an infinite one, and only that is none of these shapes.
    return read.success ? { question: read.data } : { error: { line: 1, message: 'a number is too large' } }
  } catch (error) {
    if (error instanceof giftParser.SyntaxError) return { error: explained(error) }
    throw error
  }
}

/** The parser's full list of what it would have liked better fills a screen and helps nobody. */
function explained(error: unknown): GiftSyntaxError {
  const { found, expected, location } = SyntaxErrorShape.parse(error)
  const [only, ...others] = expected
  const wanted = only?.type === 'other' && others.length === 0 ? `, expected ${only.description}` : ''
  return { line: location.start.line, message: `unexpected ${found ? JSON.stringify(found) : 'end'}${wanted}` }
}
