import * as z from 'zod'
import { Id, query } from './base.ts'
import { Passphrase } from './keys.ts'

export const exportFormats = ['moodle_xml', 'qti3'] as const
export const ExportFormat = z.enum(exportFormats)
export type ExportFormat = z.infer<typeof ExportFormat>

/**
 * What another program will not read of a question, although reading the file here gives it back; `pictureMissing` and
 * `spacing` are gone for all.
 */
export const exportLossKinds = [
  'rubric',
  'rangeBesideTexts',
  'accents',
  'wildcardCase',
  'optional',
  'pictureMissing',
  'spacing',
] as const

export const ExportLoss = z.object({
  /** Place of the question in the export, counted from 1. */
  question: z.int().positive(),
  kind: z.enum(exportLossKinds),
})
export type ExportLoss = z.infer<typeof ExportLoss>

/** Any file that a screen is about to save. */
export const SealFile = z.object({
  fileName: z.string().min(1).max(200),
  base64: z.base64().max(60_000_000),
  passphrase: Passphrase,
})
export type SealFile = z.infer<typeof SealFile>

export const exports = {
  /** For a stick that may be lost: `bdc decrypt` opens it. */
  seal: query({ maxBytes: 64 * 1024 * 1024 })
    .input(SealFile)
    .output(z.object({ fileName: z.string(), mimeType: z.string(), base64: z.string() })),
  /** The questions of an assessment with their keys as a file for other programs. */
  assessment: query()
    .input(z.object({ assessmentId: Id, format: ExportFormat }))
    .output(z.object({ fileName: z.string(), mimeType: z.string(), base64: z.string(), losses: z.array(ExportLoss) })),
}
