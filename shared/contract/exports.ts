import * as z from 'zod'
import { ListQuestions } from './bank.ts'
import { Id, query } from './base.ts'
import { SheetLanguage } from './imports.ts'
import { Passphrase } from './keys.ts'

export const exportFormats = ['moodle_xml', 'qti3', 'gift', 'aiken', 'xlsx', 'csv'] as const
export const ExportFormat = z.enum(exportFormats)
export type ExportFormat = z.infer<typeof ExportFormat>

/** What another program will not read of a question, although reading the file here gives it back. */
export const exportLossKinds = [
  'rubric',
  'rangeBesideTexts',
  'accents',
  'wildcardCase',
  'optional',
  'points',
  'case',
  'fixedOrder',
  'matchSign',
] as const

/** What is not in the file at all. */
export const finalLossKinds = [
  'leftOut',
  'pictureMissing',
  'spacing',
  'picturesLeftOut',
  'rubricLeftOut',
  'sampleLeftOut',
  'rangesLeftOut',
  'factsLeftOut',
  'creditsLeftOut',
  'lineBreaks',
  'becomesChoice',
  'tooLong',
] as const

export const ExportLoss = z.object({
  /** Place of the question in the export, counted from 1. */
  question: z.int().positive(),
  kind: z.enum([...exportLossKinds, ...finalLossKinds]),
})
export type ExportLoss = z.infer<typeof ExportLoss>

/** Any file that a screen is about to save. */
export const SealFile = z.object({
  fileName: z.string().min(1).max(255),
  base64: z.base64().max(60_000_000),
  passphrase: Passphrase,
})
export type SealFile = z.infer<typeof SealFile>
/** A name that every file system takes, and the content. */
const ExportedFile = z.object({
  fileName: z.string(),
  mimeType: z.string(),
  base64: z.string(),
  losses: z.array(ExportLoss),
})

const how = {
  format: ExportFormat,
  /** Of the words in a sheet. */
  language: SheetLanguage.default('en'),
}

/** Questions of the bank: those that were chosen, or all that a list with these filters shows. */
export const BankSelection = ListQuestions.pick({ search: true, category: true, tag: true, type: true }).extend({
  questionIds: z.array(Id).min(1).max(2000).optional(),
})
export type BankSelection = z.infer<typeof BankSelection>

export const exports = {
  /** For a stick that may be lost: `bdc decrypt` opens it. */
  seal: query({ maxBytes: 64 * 1024 * 1024 })
    .input(SealFile)
    .output(z.object({ fileName: z.string(), mimeType: z.string(), base64: z.string() })),
  /** The questions of an assessment with their keys as a file for other programs. */
  assessment: query()
    .input(z.object({ assessmentId: Id, ...how }))
    .output(ExportedFile),
  /** Questions of the bank with their keys, at most 5,000 of them, the oldest first. */
  bank: query({ maxBytes: 256 * 1024 })
    .input(BankSelection.extend({ ...how, fileName: z.string().trim().min(1).max(200) }))
    .output(ExportedFile),
}
