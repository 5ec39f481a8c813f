import Papa from 'papaparse'
import writeExcelFile from 'write-excel-file/node'
import type { SheetFile, SheetFormat } from '../../../shared/contract/reports.ts'
import { fileNameOf } from '../exports/file-name.ts'

export type Cell = string | number | null

export interface Sheet {
  name: string
  columns: string[]
  rows: Cell[][]
}

const mimeTypes: Record<SheetFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** The tables as one file under this name. */
export async function sheetFile(title: string, format: SheetFormat, sheets: readonly Sheet[]): Promise<SheetFile> {
  const bytes = format === 'csv' ? csvOf(sheets) : await xlsxOf(sheets)
  return { fileName: `${fileNameOf(title)}.${format}`, mimeType: mimeTypes[format], base64: bytes.toString('base64') }
}

/** RFC 4180 with the byte order mark that spreadsheet programs tell UTF-8 by; an empty line between two tables. */
function csvOf(sheets: readonly Sheet[]): Buffer {
  const tables = sheets.map(({ name, columns, rows }) => Papa.unparse([[name], columns, ...rows].map(asData)))
  return Buffer.from(`\uFEFF${tables.join('\r\n\r\n')}\r\n`)
}

function xlsxOf(sheets: readonly Sheet[]): Promise<Buffer> {
  const written = sheets.map(({ name, columns, rows }) => ({
    sheet: tabName(name),
    data: [
      columns.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
      ...rows.map((row) => asData(row).map((value) => typed(value))),
    ],
    columns: columns.map((name, index) => ({ width: Math.min(60, widest(name, rows, index) + 2) })),
    stickyRowsCount: 1,
  }))
  return writeExcelFile(written).toBuffer()
}

function typed(value: Cell) {
  if (value === null) return null
  return typeof value === 'number' ? { value, type: Number } : { value, type: String }
}

function widest(name: string, rows: readonly Cell[][], index: number): number {
  return Math.max(name.length, ...rows.map((row) => String(row[index] ?? '').length), 6)
}

/** Excel takes 31 characters and none of these for the name of a sheet. */
function tabName(name: string): string {
  return name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31)
}

function asData(row: readonly Cell[]): Cell[] {
  return row.map((cell) => (typeof cell === 'string' ? withoutFormula(cell) : cell))
}

/**
 * Text that a spreadsheet program would work out is made text by an apostrophe, in both formats: a sheet may be saved as CSV.
 * Source: OWASP, CSV Injection.
 */
function withoutFormula(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
}
