import type { ImportProblem, QuestionFile } from '../../../shared/contract/imports.ts'
import { skipped } from './finding.ts'

/** In characters. The door lets less through; the readers hold by themselves. */
export const longestFile = 16 * 1024 * 1024

/** Ten thousand questions of fifty lines. */
const mostLines = 500_000

/** The beginning of a file that has more lines than are read, with where it was cut; other files as they are. */
export function withinLines(text: string): { text: string; cut?: ImportProblem } {
  if (text.length <= mostLines) return { text }
  let line = 1
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const isEnd = code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)
    if (isEnd && ++line > mostLines) {
      const finding = skipped('tooLong', `more than ${mostLines} lines; the rest is not read`)
      return { text: text.slice(0, at), cut: { line: mostLines, ...finding, excerpt: '' } }
    }
  }
  return { text }
}

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
