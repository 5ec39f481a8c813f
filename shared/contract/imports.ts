import * as z from 'zod'
import { query } from './base.ts'
import { ImageDigest, Question } from './questions.ts'

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

/** What a file of questions turned out to be. */
export const fileFormats = ['moodle_xml', 'qti'] as const

const MegaByte = 1024 * 1024

export const imports = {
  /** Reads a GIFT file and changes nothing; the questions go in through `assessments.addQuestions`. */
  readGift: query({ maxBytes: 4 * 1024 * 1024 })
    .input(z.object({ text: z.string().max(2_000_000) }))
    .output(QuestionFile),
  /**
   * Reads a file of Moodle's XML format, or an item or package of QTI 2.1 to 3.0, and changes nothing. Its pictures come
   * along; they go in through `documents.addPicture` before the questions that show them.
   */
  readFile: query({ maxBytes: 24 * MegaByte })
    .input(z.object({ base64: z.base64().max(22 * MegaByte) }))
    .output(
      QuestionFile.extend({
        format: z.enum(fileFormats),
        pictures: z.array(z.object({ image: ImageDigest, base64: z.string() })),
      }),
    ),
}
