export type Cell = string | number | null

/**
 * Signs at the beginning of a cell that make a spreadsheet program calculate it, as OWASP lists them
 * (https://owasp.org/www-community/attacks/CSV_Injection). Of all that is written here, a formula comes through nowhere.
 */
const dangerous = /^'*[=+\-@\t\r\n＝＋－＠]/
const guarded = /^'+[=+\-@\t\r\n＝＋－＠]/

/** With an apostrophe in front, a cell is a text in every spreadsheet program. */
export function guardedCell(text: string): string {
  return dangerous.test(text) ? `'${text}` : text
}

export function unguardedCell(text: string): string {
  return guarded.test(text) ? text.slice(1) : text
}

/** Texts guarded, numbers as they are: in both formats, since a workbook may be saved as CSV. */
export function guardedRow(row: readonly Cell[]): Cell[] {
  return row.map((cell) => (typeof cell === 'string' ? guardedCell(cell) : cell))
}

/** More characters than a cell of a sheet takes. */
const longestCell = 32_000

/** XML knows no control characters, and a cell has a limit. For tables that nobody reads back. */
export function fittingCell(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell
  const plain = cell.toWellFormed().replaceAll(/[^\P{Cc}\n\t]/gu, ' ')
  return plain.length > longestCell ? `${plain.slice(0, longestCell).toWellFormed()}…` : plain
}
