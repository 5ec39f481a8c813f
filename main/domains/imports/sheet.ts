import type { QuestionFile } from '../../../shared/contract/imports.ts'
import { breather } from '../../breather.ts'
import { unguardedCell } from '../../sheets/cells.ts'
import { skipped } from './finding.ts'
import { shortened } from './question-text.ts'
import { type ReadRow, rowFrom } from './sheet-row.ts'
import type { SheetHead } from './sheet-row-cells.ts'
import { columnHeaded, placeLetter } from './sheet-words.ts'

export interface SheetRow {
  /** As spreadsheet programs count, from 1. */
  number: number
  cells: string[]
  /** Why the row could not be taken apart. */
  broken?: string
}

export const mostRows = 10_000
export const mostColumns = 200

/**
 * Reads a sheet of questions: one row says what the columns are, in English, French or Arabic and in any order, and each
 * row below is a question. Whatever cannot be read is a problem with its row and column; nothing is thrown.
 */
export async function readSheet(rows: AsyncIterable<SheetRow>): Promise<QuestionFile> {
  const file: QuestionFile = { questions: [], problems: [] }
  const breathe = breather()
  let head: SheetHead | undefined
  for await (const row of rows) {
    await breathe()
    if (row.number > mostRows) {
      tell(file, row, { findings: [skipped('tooLong', `more than ${mostRows} rows; the rest is not read`)] })
      break
    }
    if (row.broken !== undefined) tell(file, row, { findings: [skipped('syntax', row.broken)] })
    const cells = row.cells.slice(0, mostColumns).map(unguardedCell)
    if (row.broken !== undefined || cells.every((cell) => cell.trim() === '')) continue
    if (head) take(file, row.number, rowFrom(cells, head), excerptOf(cells, head))
    else {
      head = headFrom(cells)
      if (!head) {
        tell(file, row, { findings: [skipped('noQuestionColumn', '')] })
        break
      }
      for (const { name, place } of head.unknown) {
        const problem = {
          line: row.number,
          column: name,
          effect: 'changed',
          kind: 'unknownColumn',
          detail: '',
        } as const
        file.problems.push({ ...problem, excerpt: shortened(cells[place] ?? '') })
      }
    }
  }
  return file
}

/** What the columns hold. Without a column for the question, the row is no head. */
export function headFrom(cells: readonly string[]): SheetHead | undefined {
  const head: SheetHead = { fields: new Map(), options: new Map(), feedbackOn: new Map(), names: [], unknown: [] }
  for (const [place, cell] of cells.entries()) {
    const header = shortened(cell)
    const name = header === '' ? placeLetter(place) : `${placeLetter(place)}: ${header}`
    head.names.push(name)
    if (header === '') continue
    const column = columnHeaded(cell)
    if (!column) head.unknown.push({ name, place })
    else if ('option' in column) keepFirst(head.options, column.option, place)
    else if ('feedbackOn' in column) keepFirst(head.feedbackOn, column.feedbackOn, place)
    else keepFirst(head.fields, column.field, place)
  }
  return head.fields.has('question') ? head : undefined
}

function keepFirst<Key>(places: Map<Key, number>, key: Key, place: number): void {
  if (!places.has(key)) places.set(key, place)
}

function take(file: QuestionFile, line: number, { question, findings }: ReadRow, excerpt: string): void {
  if (question) file.questions.push({ line, question })
  file.problems.push(...findings.map((finding) => ({ line, ...finding, excerpt })))
}

function tell(file: QuestionFile, row: SheetRow, read: ReadRow): void {
  take(file, row.number, read, shortened(row.cells.join(' ').slice(0, 200)))
}

function excerptOf(cells: readonly string[], head: SheetHead): string {
  const text = cells[head.fields.get('question') ?? 0] ?? ''
  return shortened(text.trim() === '' ? cells.join(' ') : text)
}
