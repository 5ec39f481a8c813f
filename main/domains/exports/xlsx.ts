import writeXlsxFile, { type SheetData } from 'write-excel-file/universal'
import type { SheetLanguage } from '../../../shared/contract/imports.ts'

const columnWidth = 24
const questionWidth = 60

/** A workbook of one sheet, all of whose cells are texts; the first row stays in sight. */
export async function xlsxBytes(rows: string[][], language: SheetLanguage): Promise<Uint8Array> {
  const [head = [], ...others] = rows
  const data: SheetData = [
    head.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
    ...others.map((row) => row.map((value) => (value === '' ? null : { value, type: String, wrap: true }))),
  ]
  const columns = head.map((_, index) => ({ width: index === 1 ? questionWidth : columnWidth }))
  const sheet = { sheet: 'Questions', columns, stickyRowsCount: 1, rightToLeft: language === 'ar' }
  const blob = await writeXlsxFile(data, sheet).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}
