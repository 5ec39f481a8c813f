/** In characters of XML: what the library reads in some milliseconds. */
const partLength = 128 * 1024
/** All texts that cells name by number, as often as they are named. */
const longestInAll = 64 * 1024 * 1024

const rowBeginning = /<row(?=[\s>/])/g
const namedCell = /<c((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*>\s*<v>\s*(\d{1,7})\s*<\/v>\s*<\/c>/g
const ofNamedText = /\st\s*=\s*(?:"s"|'s')/

/**
 * A worksheet of a workbook as several, each with some of its rows, whose cells hold their texts themselves (ECMA-376,
 * part 1, 18.3.1.53) instead of naming them by number.
 */
export function* worksheetParts(
  xml: string,
  strings: readonly string[],
): Generator<{ xml: string } | { refusal: string }> {
  const starts = [...xml.matchAll(rowBeginning)].map(({ index }) => index)
  const end = Math.max(xml.lastIndexOf('</sheetData'), 0) || xml.length
  const [first = end] = starts
  const [head, tail] = [xml.slice(0, first), xml.slice(end)]
  let written = 0
  let part = ''
  for (const [place, start] of starts.entries()) {
    const row = xml.slice(start, starts[place + 1] ?? end)
    part += row.replace(namedCell, (cell, attributes: string, number: string) => {
      const text = ofNamedText.test(attributes) ? strings[Number(number)] : undefined
      if (text === undefined || written + part.length > longestInAll) return cell
      written += text.length
      return `<c${attributes.replace(ofNamedText, ' t="inlineStr"')}><is>${text}</is></c>`
    })
    if (written > longestInAll) return yield { refusal: 'texts that are named too often' }
    if (part.length < partLength) continue
    yield { xml: head + part + tail }
    part = ''
  }
  if (part !== '' || starts.length === 0) yield { xml: head + part + tail }
}
