import { mostColumns } from './sheet.ts'

const attribute = String.raw`\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*')`
const rowOrCell = new RegExp(`<(?:[\\w.-]+:)?(row|c)((?:${attribute})*)\\s*/?>`, 'g')
const beginning = /<(?:[\w.-]+:)?(?:row|c)(?=[\s>/])/g
const place = /\s(?:[\w.-]+:)?r\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/**
 * What makes a worksheet unfit for reading. A cell far away from all others would have everything between filled in, so
 * each place is looked at before; a row or cell that cannot be understood is refused with the whole.
 */
export async function objectionToWorksheet(
  xml: string,
  mostRows: number,
  breathe: () => Promise<void>,
): Promise<string | undefined> {
  let understood = 0
  for (const [, name, attributes = ''] of xml.matchAll(rowOrCell)) {
    if (++understood % 500 === 0) await breathe()
    const places = [...attributes.matchAll(place)].map(([, one, other]) => one ?? other ?? '')
    const objections = places.map((one) =>
      name === 'row' ? objectionToRow(one, mostRows) : objectionToCell(one, mostRows),
    )
    const found = objections.find((one) => one !== undefined)
    if (found !== undefined) return found
  }
  let all = 0
  for (const _ of xml.matchAll(beginning)) if (++all % 5000 === 0) await breathe()
  return understood === all ? undefined : 'rows or cells that are not well-formed'
}

function objectionToRow(row: string, mostRows: number): string | undefined {
  if (!/^[1-9]\d{0,6}$/.test(row)) return `row ${row.slice(0, 20)}`
  return Number(row) > mostRows ? `more than ${mostRows} rows` : undefined
}

function objectionToCell(cell: string, mostRows: number): string | undefined {
  const [, column = '', row = ''] = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(cell) ?? []
  if (column === '') return `cell ${cell.slice(0, 20)}`
  const number = [...column].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
  return number > mostColumns ? `more than ${mostColumns} columns` : objectionToRow(row, mostRows)
}
