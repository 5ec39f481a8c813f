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
  'noQuestionColumn',
  'unknownColumn',
  'unknownType',
  'unknownAnswer',
  'unreadableCell',
  'emptyFile',
  'notAWorkbook',
] as const
export const ImportProblem = z.object({
  /** First line of the block, or the row of a sheet as spreadsheet programs number them; counted from 1. */
  line: z.int().positive(),
  /** In a sheet: the letter of the column and what is written at its head, `C: Points`. */
  column: z.string().optional(),
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

/** What a file of questions can be. */
export const fileFormats = ['gift', 'aiken', 'csv', 'xlsx', 'moodle_xml', 'qti'] as const
export const FileFormat = z.enum(fileFormats)
export type FileFormat = z.infer<typeof FileFormat>

/** How a text that is in no form of Unicode may say its letters. They cannot be told apart by looking at the bytes. */
export const legacyEncodings = ['windows-1252', 'windows-1256'] as const
export const LegacyEncoding = z.enum(legacyEncodings)
export type LegacyEncoding = z.infer<typeof LegacyEncoding>

/** The languages in which the sheet of questions has its words. */
export const sheetLanguages = ['en', 'fr', 'ar'] as const
export const SheetLanguage = z.enum(sheetLanguages)
export type SheetLanguage = z.infer<typeof SheetLanguage>

const MegaByte = 1024 * 1024

/** What a file turned out to be, and what is in it. Its pictures come along as they are. */
const ReadQuestions = QuestionFile.extend({
  format: FileFormat,
  /** Set where the file is in no form of Unicode. */
  guessedEncoding: LegacyEncoding.nullable(),
  pictures: z.array(z.object({ image: ImageDigest, base64: z.string() })),
})

export const imports = {
  /** Reads questions in any text format and changes nothing; the questions go in through `addQuestions` or `bank.add`. */
  readText: query({ maxBytes: 4 * MegaByte })
    .input(
      z.object({
        text: z.string().max(2_000_000),
        /** Instead of what the text looks like. */
        format: FileFormat.optional(),
      }),
    )
    .output(ReadQuestions),
  /**
   * Reads a file of questions in any format and changes nothing. Its pictures go in through `documents.addPicture`
   * before the questions that show them.
   */
  readFile: query({ maxBytes: 24 * MegaByte })
    .input(
      z.object({
        base64: z.base64().max(22 * MegaByte),
        /** Its ending is a hint where the content says too little. */
        fileName: z.string().max(500).optional(),
        /** Instead of what the content looks like. */
        format: FileFormat.optional(),
        encoding: LegacyEncoding.optional(),
      }),
    )
    .output(ReadQuestions),
  /** A sheet with the columns that are read and an example of each kind of question. */
  template: query()
    .input(z.object({ format: z.enum(['csv', 'xlsx']), language: SheetLanguage }))
    .output(z.object({ fileName: z.string(), mimeType: z.string(), base64: z.string() })),
}
