import * as z from 'zod'
import { query } from './base.ts'
import { Question } from './questions.ts'

/** Why a block of a question file did not become a question, or what of it was left behind. */
export const importProblemKinds = [
  'syntax',
  'tooLong',
  'noAnswer',
  'noRightAnswer',
  'unsupportedType',
  'invalidQuestion',
  'markupSimplified',
  'imageDropped',
  'partialCreditRounded',
] as const
export const ImportProblem = z.object({
  /** First line of the block, counted from 1. */
  line: z.int().positive(),
  /** `skipped`: the block is not imported; `changed`: it is, with a difference. */
  effect: z.enum(['skipped', 'changed']),
  kind: z.enum(importProblemKinds),
  /** What exactly, in the words of the parser or the name of the type; may be empty. */
  detail: z.string(),
  /** The beginning of the block, so that its author finds it again. */
  excerpt: z.string(),
})
export type ImportProblem = z.infer<typeof ImportProblem>

export const ImportedQuestion = z.object({ line: z.int().positive(), question: Question })
export type ImportedQuestion = z.infer<typeof ImportedQuestion>

export const QuestionFile = z.object({ questions: z.array(ImportedQuestion), problems: z.array(ImportProblem) })
export type QuestionFile = z.infer<typeof QuestionFile>

export const imports = {
  /** Reads a GIFT file and changes nothing; the questions go in through `assessments.addQuestions`. */
  readGift: query('write assessments', { maxBytes: 4 * 1024 * 1024 })
    .input(z.object({ text: z.string().max(2_000_000) }))
    .output(QuestionFile),
}
