import type { LegacyEncoding } from '../../../shared/contract/imports.ts'
import { mostPeopleRows, type PeopleFile } from '../../../shared/contract/people-imports.ts'
import { breather } from '../../breather.ts'
import { unguardedCell } from '../../sheets/cells.ts'
import { csvRows } from '../imports/csv.ts'
import { decodeText } from '../imports/decode-text.ts'
import { mostColumns, type SheetRow } from '../imports/sheet.ts'
import { isXlsx, xlsxRows } from '../imports/xlsx.ts'
import { personColumnHeaded } from './column-words.ts'
import { isOneRoster, oneRosterRows } from './one-roster.ts'

export interface PeopleSheet {
  kind: PeopleFile['kind']
  /** What the first row says the columns are. */
  heads: string[]
  rows: { line: number; cells: string[] }[]
  /** Rows that could not be taken apart, and whether there are more than are read. */
  broken: { line: number; reason: string }[]
  guessedEncoding: LegacyEncoding | null
}

const megaByte = 1024 * 1024
const limits = { mostBytes: 64 * megaByte, mostRows: mostPeopleRows + 1, mostTexts: 600_000 }

/** All rows of a list of people, whatever it is; a reason where it is none. */
export async function readPeople(
  bytes: Uint8Array,
  encoding: LegacyEncoding | undefined,
): Promise<PeopleSheet | { refusal: string }> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  if (isZip && isXlsx(bytes)) {
    const rows = await xlsxRows(bytes, limits)
    return 'refusal' in rows ? rows : sheetFrom(rows, 'xlsx', null)
  }
  if (isZip) {
    if (!isOneRoster(bytes)) return { refusal: 'zip' }
    const rows = await oneRosterRows(bytes)
    return 'refusal' in rows ? rows : sheetFrom(rows, 'oneRoster', null)
  }
  const { text, guessed } = decodeText(bytes, encoding)
  return sheetFrom(csvRows(text, isKnownHead), 'csv', guessed)
}

export function isKnownHead(head: string): boolean {
  return personColumnHeaded(head) !== undefined
}

async function sheetFrom(
  rows: AsyncIterable<SheetRow>,
  kind: PeopleSheet['kind'],
  guessedEncoding: LegacyEncoding | null,
): Promise<PeopleSheet | { refusal: string }> {
  const sheet: PeopleSheet = { kind, heads: [], rows: [], broken: [], guessedEncoding }
  const breathe = breather()
  for await (const { number: line, cells: found, broken } of rows) {
    await breathe()
    if (sheet.rows.length >= mostPeopleRows) {
      sheet.broken.push({ line, reason: `more than ${mostPeopleRows} rows` })
      break
    }
    if (broken !== undefined) sheet.broken.push({ line, reason: broken })
    const cells = found.slice(0, mostColumns).map((cell) => unguardedCell(cell).replaceAll('\0', '').trim())
    if (broken !== undefined || cells.every((cell) => cell === '')) continue
    if (sheet.heads.length === 0) sheet.heads = cells
    else sheet.rows.push({ line, cells })
  }
  return sheet.heads.length === 0 ? { refusal: 'empty' } : sheet
}
