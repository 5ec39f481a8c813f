import type { SheetLanguage } from '../../../shared/contract/imports.ts'
import { csvText } from '../../sheets/csv.ts'
import { xlsxBytes } from '../../sheets/xlsx.ts'

const columnWidth = 24
const questionWidth = 60

/** A sheet as text. With a decimal comma, spreadsheet programs expect columns to be parted by semicolons. */
export function questionCsv(rows: string[][], language: SheetLanguage): string {
  return csvText([rows], { delimiter: language === 'en' ? ',' : ';', quotes: true })
}

/** A workbook of one sheet, all of whose cells are texts. */
export function questionXlsx(rows: string[][], language: SheetLanguage): Promise<Buffer> {
  const [columns = [], ...others] = rows
  const width = (column: number) => (column === 1 ? questionWidth : columnWidth)
  return xlsxBytes([{ name: 'Questions', columns, rows: others, width, wrap: true, rightToLeft: language === 'ar' }])
}
