import type { ImportProblem } from '../../../shared/contract/imports.ts'
import type { Finding } from './finding.ts'
import { storable } from './question-text.ts'
import { itemsIn } from './sheet-cells.ts'
import type { SheetField } from './sheet-words.ts'

/** Where in a row each column is. */
export interface SheetHead {
  fields: Map<SheetField, number>
  options: Map<number, number>
  feedbackOn: Map<number, number>
  /** `C: Points`. */
  names: string[]
  unknown: { name: string; place: number }[]
}

export type SheetFinding = Finding & Pick<ImportProblem, 'column'>

/** One row, asked by what its columns mean. */
export interface RowCells {
  /** Empty where there is no such column. */
  cell(field: SheetField): string
  options: string[]
  /** What is said on the answer at this place. */
  feedbackOn(place: number): string | undefined
  /** A finding that names the column. */
  at(field: SheetField, finding: Finding): SheetFinding
}

export function rowCells(cells: readonly string[], head: SheetHead): RowCells {
  const textAt = (place: number | undefined) => storable((place === undefined ? undefined : cells[place]) ?? '')
  const cell = (field: SheetField) => textAt(head.fields.get(field))
  const inColumns = [...head.options].reduce<string[]>((options, [index, place]) => {
    options[index] = textAt(place)
    return options
  }, [])
  const options = Array.from(inColumns, (option) => option ?? '')
  while (options.length > 0 && options.at(-1)?.trim() === '') options.pop()
  return {
    cell,
    options: options.length > 0 ? options : optionsInOneCell(cell('options')),
    feedbackOn(place) {
      const text = textAt(head.feedbackOn.get(place))
      return text.trim() === '' ? undefined : text
    },
    at(field, finding) {
      const place = head.fields.get(field)
      const column = place === undefined ? undefined : head.names[place]
      return column === undefined ? finding : { ...finding, column }
    },
  }
}

/** One in a line, or parted by bars or semicolons; letters in front of all of them are taken for what they are. */
function optionsInOneCell(cell: string): string[] {
  const separator = ['\n', '|', ';', '؛'].find((sign) => itemsIn(cell, sign).length > 1)
  const options = separator === undefined ? itemsIn(cell, '|') : itemsIn(cell, separator)
  const letters = options.map((option) => /^([a-z])[.)]\s+/i.exec(option)?.[1]?.toLowerCase())
  const areLettered = letters.every((letter, index) => letter === String.fromCharCode(97 + index))
  return areLettered ? options.map((option) => option.replace(/^[a-z][.)]\s+/i, '')) : options
}
