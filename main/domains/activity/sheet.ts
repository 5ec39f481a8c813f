import Papa from 'papaparse'
import writeXlsx from 'write-excel-file/node'
import type { SheetFormat } from '../../../shared/contract/activity.ts'

export type Cell = string | number | null

interface Sheet {
  /** Without its ending. */
  fileName: string
  columns: string[]
  rows: Cell[][]
}

/** More characters than a cell of a sheet takes. */
const longestCell = 32_000

/**
 * A table as a file for a spreadsheet. What begins like a formula begins with an apostrophe in the CSV (OWASP, CSV
 * Injection); the cells of an XLSX are texts and numbers by their type.
 */
export async function sheetFile({ fileName, columns, rows }: Sheet, format: SheetFormat) {
  const cells = rows.map((row) => row.map(fitting))
  const bytes = format === 'csv' ? csv([columns, ...cells]) : await xlsx(columns, cells)
  const mimeType = format === 'csv' ? 'text/csv' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { fileName: `${fileName}.${format}`, mimeType, base64: bytes.toString('base64'), rows: rows.length }
}

/** With the mark that tells Excel of UTF-8. */
function csv(rows: Cell[][]): Buffer {
  return Buffer.from(`\uFEFF${Papa.unparse(rows, { escapeFormulae: true, newline: '\r\n' })}\r\n`)
}

function xlsx(columns: string[], rows: Cell[][]): Promise<Buffer> {
  const head = columns.map((value) => ({ value, type: String, fontWeight: 'bold' as const }))
  const body = rows.map((row) => row.map((value) => (value === null ? null : typed(value))))
  return writeXlsx([head, ...body], { columns: columns.map(() => ({ width: 24 })) }).toBuffer()
}

function typed(value: string | number) {
  return typeof value === 'number' ? { value, type: Number } : { value, type: String }
}

/** XML knows no control characters, and a cell has a limit. */
function fitting(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell
  const plain = cell.toWellFormed().replaceAll(/[^\P{Cc}\n\t]/gu, ' ')
  return plain.length > longestCell ? `${plain.slice(0, longestCell)}…` : plain
}
