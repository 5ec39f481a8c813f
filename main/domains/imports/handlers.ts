import type { FileFormat, LegacyEncoding, SheetLanguage } from '../../../shared/contract/imports.ts'
import type { ReadContext } from '../../context.ts'
import { sheetTemplate } from '../exports/sheet-template.ts'
import { type ReadQuestions, readQuestions } from './read-questions.ts'

export async function readText(_: ReadContext, { text, format }: { text: string; format?: FileFormat | undefined }) {
  return sendable(await readQuestions(Buffer.from(text), { format }))
}

interface SentFile {
  base64: string
  fileName?: string | undefined
  format?: FileFormat | undefined
  encoding?: LegacyEncoding | undefined
}

export async function readFile(_: ReadContext, { base64, ...hints }: SentFile) {
  return sendable(await readQuestions(Buffer.from(base64, 'base64'), hints))
}

export async function template(
  _: ReadContext,
  { format, language }: { format: 'csv' | 'xlsx'; language: SheetLanguage },
) {
  return sheetTemplate(format, language)
}

function sendable({ pictures, ...file }: ReadQuestions) {
  const shown = [...pictures].map(([image, content]) => ({ image, base64: Buffer.from(content).toString('base64') }))
  return { ...file, pictures: shown }
}
