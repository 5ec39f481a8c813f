import { zipSync } from 'fflate'
import { readSheet as readWorksheet } from 'read-excel-file/universal'
import type { QuestionFile } from '../../../shared/contract/imports.ts'
import { breather } from '../../breather.ts'
import { skipped } from './finding.ts'
import { sharedStrings } from './shared-strings.ts'
import { mostRows, readSheet, type SheetRow } from './sheet.ts'
import { firstSheetOf } from './workbook.ts'
import { objectionToWorksheet } from './worksheet-guard.ts'
import { worksheetParts } from './worksheet-parts.ts'
import { hasDeclarations } from './xml.ts'
import { readZip, type ZipFiles } from './zip.ts'

/** How large a workbook may be. */
export interface SheetLimits {
  mostBytes: number
  mostRows: number
  mostTexts: number
}
const ofQuestions: SheetLimits = { mostBytes: 16 * 1024 * 1024, mostRows, mostTexts: 200_000 }
const wanted = /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/.+\.xml(?:\.rels)?)$/

/**
 * Reads the first sheet of an Excel workbook (ECMA-376) as a sheet of questions. The package is looked through as every
 * ZIP archive is, and the library gets it packed anew and some rows at a time, so that it never holds the process.
 */
export async function readXlsx(bytes: Uint8Array): Promise<QuestionFile> {
  const rows = await xlsxRows(bytes, ofQuestions)
  return 'refusal' in rows ? refused(rows.refusal) : readSheet(rows)
}

/** The rows of the first sheet, whatever they are about. */
export async function xlsxRows(
  bytes: Uint8Array,
  limits: SheetLimits,
): Promise<AsyncGenerator<SheetRow> | { refusal: string }> {
  const { mostBytes } = limits
  const most = { mostBytesInAll: mostBytes, mostBytesInFile: mostBytes }
  const zip = await readZip(bytes, (path) => wanted.test(path), most)
  if ('refusal' in zip) return zip
  const breathe = breather()
  const opened = await openedIn(zip.files, limits, breathe)
  return 'refusal' in opened ? opened : rowsOf(opened, breathe)
}

/** Whether a ZIP archive is a workbook: what it holds is listed at its end in plain letters. */
export function isXlsx(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('xl/workbook.xml')
}

function refused(detail: string): QuestionFile {
  return { questions: [], problems: [{ line: 1, ...skipped('notAWorkbook', detail), excerpt: '' }] }
}

interface OpenedWorkbook {
  files: ZipFiles
  /** The path of the first worksheet, and its XML. */
  path: string
  xml: string
  /** The texts that cells name by number, as XML. */
  strings: string[]
}

async function openedIn(
  files: ZipFiles,
  { mostRows, mostTexts }: SheetLimits,
  breathe: () => Promise<void>,
): Promise<OpenedWorkbook | { refusal: string }> {
  const texts = new Map<string, string>()
  for (const [path, content] of files) {
    const text = new TextDecoder().decode(content)
    if (hasDeclarations(text)) return { refusal: `${path}: a DOCTYPE with declarations` }
    texts.set(path, text)
    await breathe()
  }
  const path = firstSheetOf(texts)
  const xml = path === undefined ? undefined : texts.get(path)
  if (path === undefined || xml === undefined) return { refusal: 'no worksheet' }
  const objection = await objectionToWorksheet(xml, mostRows, breathe)
  if (objection !== undefined) return { refusal: `${path}: ${objection}` }
  const strings = await sharedStrings(texts.get('xl/sharedStrings.xml') ?? '', mostTexts, breathe)
  return Array.isArray(strings) ? { files, path, xml, strings } : strings
}

async function* rowsOf(
  { files, path, xml, strings }: OpenedWorkbook,
  breathe: () => Promise<void>,
): AsyncGenerator<SheetRow> {
  const others = [...files].filter(([other]) => !/^xl\/(?:worksheets|sharedStrings\.xml)/.test(other))
  let reached = 0
  for (const part of worksheetParts(xml, strings)) {
    await breathe()
    if ('refusal' in part) return yield { number: reached + 1, cells: [], broken: part.refusal }
    const packed = { ...Object.fromEntries(others), [path]: new TextEncoder().encode(part.xml) }
    const rows = await worksheetRows(packed)
    if ('broken' in rows) return yield { number: reached + 1, cells: [], broken: rows.broken }
    for (const [index, cells] of rows.cells.entries()) {
      if (index >= reached) yield { number: index + 1, cells: cells.map(textOf) }
    }
    reached = Math.max(reached, rows.cells.length)
  }
}

async function worksheetRows(files: Record<string, Uint8Array>) {
  try {
    const { buffer } = Uint8Array.from(zipSync(files, { level: 0 }))
    return { cells: await readWorksheet(buffer, { trim: false }) }
  } catch (error) {
    return { broken: error instanceof Error ? error.message.slice(0, 200).toWellFormed() : 'unreadable' }
  }
}

/** Numbers as they are written in most languages; days as calendars have them. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  return String(cell).replace(/\r\n?/g, '\n')
}
