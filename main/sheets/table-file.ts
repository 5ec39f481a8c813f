import { fileNameOf } from '../../shared/file-name.ts'
import { type Cell, fittingCell } from './cells.ts'
import { csvText } from './csv.ts'
import { xlsxBytes } from './xlsx.ts'

export interface Table {
  /** Stands above it where there are several. */
  name: string
  columns: string[]
  rows: Cell[][]
}

export const sheetMimeTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export type SheetFormat = keyof typeof sheetMimeTypes

export interface TableFile {
  fileName: string
  mimeType: string
  base64: string
}

/** Tables as one file for a spreadsheet program, named after `title`. */
export async function tableFile(title: string, format: SheetFormat, tables: readonly Table[]): Promise<TableFile> {
  const fitting = tables.map((table) => ({ ...table, rows: table.rows.map((row) => row.map(fittingCell)) }))
  const bytes = format === 'csv' ? csvOf(fitting) : await xlsxOf(fitting)
  const fileName = `${fileNameOf(title)}.${format}`
  return { fileName, mimeType: sheetMimeTypes[format], base64: bytes.toString('base64') }
}

function csvOf(tables: readonly Table[]): Buffer {
  return Buffer.from(
    csvText(tables.map(({ name, columns, rows }) => [...(name === '' ? [] : [[name]]), columns, ...rows])),
  )
}

function xlsxOf(tables: readonly Table[]): Promise<Buffer> {
  return xlsxBytes(
    tables.map(({ name, columns, rows }) => ({
      name,
      columns,
      rows,
      width: (column) => Math.min(60, widest(columns, rows, column) + 2),
    })),
  )
}

function widest(columns: readonly string[], rows: readonly Cell[][], column: number): number {
  const cells = [columns[column], ...rows.map((row) => row[column])]
  // A spread of fifty thousand arguments is more than a call takes.
  return cells.reduce<number>((most, cell) => Math.max(most, String(cell ?? '').length), 6)
}
