import Papa from 'papaparse'
import type { SheetLanguage } from '../../../shared/contract/imports.ts'

/**
 * A sheet as text. The mark at the beginning tells spreadsheet programs that it is UTF-8, and with a decimal comma they
 * expect columns to be parted by semicolons.
 */
export function csvText(rows: string[][], language: SheetLanguage): string {
  const delimiter = language === 'en' ? ',' : ';'
  return `\uFEFF${Papa.unparse(rows, { delimiter, newline: '\r\n', quotes: true })}\r\n`
}
