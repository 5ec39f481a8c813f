import { zipSync } from 'fflate'
import { readSheet as readWorksheet } from 'read-excel-file/universal'
import type { QuestionFile } from '../../../shared/contract/imports.ts'
import { skipped } from './finding.ts'
import { readSheet, type SheetRow } from './sheet.ts'
import { objectionToWorksheet } from './worksheet-guard.ts'
import { hasDeclarations } from './xml.ts'
import { readZip, type ZipFiles } from './zip.ts'

const mostBytesUnfolded = 8 * 1024 * 1024
const wanted = /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/.+\.xml(?:\.rels)?)$/

/**
 * Reads the first sheet of an Excel workbook (ECMA-376) as a sheet of questions. The package is looked through as every
 * ZIP archive is, and packed anew, before the library opens it.
 */
export async function readXlsx(bytes: Uint8Array): Promise<QuestionFile> {
  const zip = await readZip(bytes, (path) => wanted.test(path), { mostBytesInAll: mostBytesUnfolded })
  const refusal = 'refusal' in zip ? zip.refusal : objectionTo(zip.files)
  if (refusal !== undefined || !('files' in zip)) return refused(refusal ?? '')
  try {
    const packed = Uint8Array.from(zipSync(Object.fromEntries(zip.files), { level: 0 }))
    return await readSheet(rowsOf(await readWorksheet(packed.buffer, { trim: false })))
  } catch (error) {
    return refused(error instanceof Error ? error.message.slice(0, 200) : 'unreadable')
  }
}

/** Whether a ZIP archive is a workbook: what it holds is listed at its end in plain letters. */
export function isXlsx(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('xl/workbook.xml')
}

function refused(detail: string): QuestionFile {
  return { questions: [], problems: [{ line: 1, ...skipped('syntax', detail), excerpt: '' }] }
}

function objectionTo(files: ZipFiles): string | undefined {
  for (const [path, content] of files) {
    const text = new TextDecoder().decode(content)
    if (hasDeclarations(text)) return `${path}: a DOCTYPE with declarations`
    const objection = path.startsWith('xl/worksheets/') ? objectionToWorksheet(text) : undefined
    if (objection !== undefined) return `${path}: ${objection}`
  }
  return files.has('xl/workbook.xml') ? undefined : 'no workbook'
}

async function* rowsOf(rows: readonly (readonly unknown[])[]): AsyncGenerator<SheetRow> {
  for (const [index, cells] of rows.entries()) yield { number: index + 1, cells: cells.map(textOf) }
}

/** Numbers as they are written in most languages; days as calendars have them. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  return String(cell).replace(/\r\n?/g, '\n')
}
