/** What parts the items of a list in one cell. */
export const listSeparators = ';,|،؛\n'

/** Several texts in one cell: `fire; smoke`, where a sign that would part them has a backslash before it. */
export function listCell(items: readonly string[]): string {
  return items.map((item) => item.replaceAll('\n', ' ').replace(/[;,|،؛\\]/g, '\\$&')).join('; ')
}

/** `separators` are single characters; a backslash keeps one from parting, and itself from doing so. */
export function itemsIn(cell: string, separators: string): string[] {
  const items: string[] = []
  let item = ''
  for (let index = 0; index < cell.length; index++) {
    const sign = cell[index] ?? ''
    const next = cell[index + 1] ?? ''
    if (sign === '\\' && next !== '' && (separators.includes(next) || next === '\\')) {
      item += next
      index++
    } else if (separators.includes(sign)) {
      items.push(item.trim())
      item = ''
    } else item += sign
  }
  return [...items, item.trim()].filter((one) => one !== '')
}
