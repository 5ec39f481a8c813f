import { childNamed, elementsIn, parseXml, type XmlElement } from './xml.ts'

/** In characters: a workbook of a thousand sheets is smaller. */
const longest = 256 * 1024

/** The path of the sheet that stands first in a workbook. */
export function firstSheetOf(texts: ReadonlyMap<string, string>): string | undefined {
  const sheets = childNamed(rootOf(texts.get('xl/workbook.xml')), 'sheets')
  const [first] = elementsIn(sheets).filter(({ name }) => name === 'sheet')
  const id = first?.attributes.get('id')
  const relations = elementsIn(rootOf(texts.get('xl/_rels/workbook.xml.rels')))
  const target = relations.find(({ attributes }) => attributes.get('Id') === id)?.attributes.get('Target')
  if (target === undefined) return undefined
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`
}

function rootOf(text: string | undefined): XmlElement | undefined {
  if (text === undefined || text.length > longest) return undefined
  const parsed = parseXml(text)
  return 'root' in parsed ? parsed.root : undefined
}
