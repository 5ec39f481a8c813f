import Papa from 'papaparse'
import { type Cell, guardedRow } from './cells.ts'

interface CsvOptions {
  delimiter?: ',' | ';'
  /** Puts quotes around every cell, which keeps spaces at its ends. */
  quotes?: boolean
}

/** RFC 4180 with the byte order mark that spreadsheet programs tell UTF-8 by; an empty line between two tables. */
export function csvText(tables: readonly (readonly Cell[])[][], { delimiter = ',', quotes = false }: CsvOptions = {}) {
  const how = { delimiter, quotes, newline: '\r\n' }
  const texts = tables.map((rows) => Papa.unparse(rows.map(guardedRow), how))
  return `\uFEFF${texts.join('\r\n\r\n')}\r\n`
}
