import type { QuestionFile } from '../../../shared/contract/imports.ts'
import { skipped } from './finding.ts'

/** In characters. The door lets less through; the readers hold by themselves. */
export const longestFile = 16 * 1024 * 1024

/** Nothing of it is looked at. */
export function tooLongFile(length: number): QuestionFile {
  return { questions: [], problems: [{ line: 1, ...skipped('tooLong', `${length} characters`), excerpt: '' }] }
}

/** Databases refuse half characters and zeros in a text. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}

/** The beginning of a block, so that its author finds it again. */
export function shortened(text: string): string {
  const line = text.slice(0, 1000).replace(/\s+/g, ' ').trim()
  return line.length > 100 ? `${line.slice(0, 99).toWellFormed()}…` : line
}
