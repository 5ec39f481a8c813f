import Papa from 'papaparse'
import type { QuestionFile } from '../../../shared/contract/imports.ts'
import { breather } from '../../breather.ts'
import { longestFile, tooLongFile } from './question-text.ts'
import { headFrom, readSheet, type SheetRow } from './sheet.ts'
import { columnHeaded } from './sheet-words.ts'

const delimiters = [',', ';', '\t', '|']
/** In characters: what is taken apart at once, and the longest row. */
const stretch = 32 * 1024
const longestRow = 256 * 1024
/** Rows that do not end are looked at anew from their second line; many of them are no sheet. */
const mostBroken = 20

/** Reads a sheet of questions in a text file whose columns are parted by commas, semicolons, tabs or bars. */
export async function readCsv(text: string): Promise<QuestionFile> {
  if (text.length > longestFile) return tooLongFile(text.length)
  return readSheet(csvRows(text))
}

/** Whether a text begins like a sheet of questions: one word alone may also be the beginning of a sentence. */
export function isCsv(text: string): boolean {
  const beginning = text
    .slice(0, stretch)
    .replace(/\r\n?/g, '\n')
    .replace(/^\uFEFF/, '')
  const { delimiter, start } = delimiterOf(beginning, (head) => columnHeaded(head) !== undefined)
  const cells = firstRow(beginning.slice(start), delimiter)
  return headFrom(cells) !== undefined && cells.filter((cell) => columnHeaded(cell)).length > 1
}

/** The rows of any sheet; `knows` tells the heads of its columns, by which the sign between them is found. */
export async function* csvRows(
  file: string,
  knows = (head: string) => columnHeaded(head) !== undefined,
): AsyncGenerator<SheetRow> {
  const breathe = breather()
  const text = await withLineFeeds(file.startsWith('\uFEFF') ? file.slice(1) : file, breathe)
  const { delimiter, start } = delimiterOf(text.slice(0, stretch), knows)
  let at = start
  let number = start === 0 ? 1 : 2
  let broken = 0
  let width = stretch
  while (at < text.length) {
    await breathe()
    const part = text.slice(at, at + width)
    const isEnd = at + width >= text.length
    const { rows, isOpen } = rowsIn(part, delimiter)
    // The last row of a part may go on behind it.
    const whole = isEnd && !isOpen ? rows : rows.slice(0, -1)
    for (const { cells } of whole) yield { number: number++, cells }
    const reached = whole.at(-1)?.end ?? 0
    at += reached
    if (whole.length > 0) {
      width = stretch
      if (isEnd && !isOpen) return
    } else if (!isEnd && width < longestRow) width *= 2
    else {
      if (++broken > mostBroken) return yield { number, cells: [], broken: 'too many rows that do not end' }
      const reason = isOpen ? 'a " opens and does not close' : `a row of more than ${longestRow} characters`
      yield { number: number++, cells: [part.slice(0, 100)], broken: reason }
      const lineEnd = text.indexOf('\n', at)
      at = lineEnd < 0 ? text.length : lineEnd + 1
      width = stretch
    }
  }
}

interface ParsedRow {
  cells: string[]
  /** Where the next row begins. */
  end: number
}

function rowsIn(part: string, delimiter: string): { rows: ParsedRow[]; isOpen: boolean } {
  const rows: ParsedRow[] = []
  let isOpen = false
  Papa.parse<string[]>(part, {
    delimiter,
    newline: '\n',
    step({ data, errors, meta }) {
      rows.push({ cells: data, end: meta.cursor })
      isOpen = errors.some(({ code }) => code === 'MissingQuotes')
    },
  })
  return { rows, isOpen }
}

function firstRow(beginning: string, delimiter: string): string[] {
  const { data } = Papa.parse<string[]>(beginning, { delimiter, newline: '\n', preview: 1 })
  return data[0] ?? []
}

/** The one that parts the most words that are heads of columns. Excel may say it in a first line, `sep=;`. */
function delimiterOf(beginning: string, knows: (head: string) => boolean): { delimiter: string; start: number } {
  const [said = '', delimiter = ''] = /^\uFEFF?sep=(.)\n/.exec(beginning) ?? []
  if (delimiters.includes(delimiter)) return { delimiter, start: said.length }
  const scores = delimiters.map((one) => {
    const cells = firstRow(beginning, one)
    return { delimiter: one, known: cells.filter(knows).length, cells: cells.length }
  })
  const [best] = scores.toSorted((one, other) => other.known - one.known || other.cells - one.cells)
  return { delimiter: best?.delimiter ?? ',', start: 0 }
}

/** All ends of lines as LF, in stretches, so that a large file does not hold the process. */
async function withLineFeeds(text: string, breathe: () => Promise<void>): Promise<string> {
  if (!text.includes('\r')) return text
  const parts: string[] = []
  for (let at = 0; at < text.length; ) {
    const end = text[at + 1024 * 1024 - 1] === '\r' ? at + 1024 * 1024 + 1 : at + 1024 * 1024
    parts.push(text.slice(at, end).replace(/\r\n?/g, '\n'))
    at = end
    await breathe()
  }
  return parts.join('')
}
