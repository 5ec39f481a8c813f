import writeExcelFile from 'write-excel-file/node'
import { type Cell, guardedRow } from './cells.ts'

export interface XlsxSheet {
  /** Of the tab. */
  name: string
  columns: readonly string[]
  rows: readonly (readonly Cell[])[]
  /** In characters, by the place of the column. */
  width: (column: number) => number
  wrap?: boolean
  rightToLeft?: boolean
}

/** A workbook whose cells are texts and numbers by their type; the names of the columns stay in sight. */
export function xlsxBytes(sheets: readonly XlsxSheet[]): Promise<Buffer> {
  const written = sheets.map(({ name, columns, rows, width, wrap = false, rightToLeft = false }) => ({
    sheet: tabName(name),
    data: [
      guardedRow(columns).map((value) => ({ value: String(value), type: String, fontWeight: 'bold' as const })),
      ...rows.map((row) => guardedRow(row).map((value) => typed(value, wrap))),
    ],
    columns: columns.map((_, index) => ({ width: width(index) })),
    stickyRowsCount: 1,
    rightToLeft,
  }))
  return writeExcelFile(written).toBuffer()
}

function typed(value: Cell, wrap: boolean) {
  if (value === null || value === '') return null
  return typeof value === 'number' ? { value, type: Number } : { value, type: String, ...(wrap && { wrap }) }
}

/** Excel takes 31 characters and none of these for the name of a sheet, and no apostrophe at its ends. */
function tabName(name: string): string {
  const plain = name
    .replaceAll(/[\p{Cc}\\/?*[\]:]/gu, ' ')
    .trim()
    .slice(0, 31)
    .toWellFormed()
  return plain.replaceAll(/^'+|'+$/g, '') || 'Table'
}
