import { XMLParser, XMLValidator } from 'fast-xml-parser'
import * as z from 'zod'
import type { XmlError } from './xml-text.ts'

export interface XmlElement {
  /** Without its namespace prefix. */
  name: string
  attributes: ReadonlyMap<string, string>
  children: XmlNode[]
  /** Where it begins, counted from 1. */
  line: number
}
export type XmlNode = XmlElement | string

const mostTags = 100_000
const deepest = 60

/**
 * Reads one XML element. Entities other than the five that XML knows stay as they are written, declarations of
 * entities are refused, and nothing outside the text is ever asked for. `firstLine` is where the text begins in its file.
 */
export function parseXml(text: string, firstLine = 1): { root: XmlElement } | { error: XmlError } {
  const line = (at: number) => firstLine + at - 1
  if (hasDeclarations(text)) return { error: { line: firstLine, message: 'a DOCTYPE with declarations' } }
  if (tagsIn(text) > mostTags) return { error: { line: firstLine, message: `more than ${mostTags} tags` } }
  const plain = withoutDoctype(text)
  try {
    const checked = XMLValidator.validate(plain)
    if (checked !== true) return { error: { line: line(lineOf(checked.err.line)), message: short(checked.err.msg) } }
    const root = elementsOf(parser().parse(plain), lineCounter(plain, firstLine)).find(
      (node) => typeof node !== 'string',
    )
    return root ? { root } : { error: { line: firstLine, message: 'no element' } }
  } catch (error) {
    return { error: { line: firstLine, message: error instanceof Error ? short(error.message) : 'unreadable' } }
  }
}

/** `<!DOCTYPE quiz [ <!ENTITY …> ]>` before the first element. */
export function hasDeclarations(text: string): boolean {
  const doctype = doctypeIn(text)
  return doctype !== undefined && doctype.text.includes('[')
}

export function childrenNamed(element: XmlElement | undefined, name: string): XmlElement[] {
  return elementsIn(element).filter((child) => child.name === name)
}

export function childNamed(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return elementsIn(element).find((child) => child.name === name)
}

export function elementsIn(element: XmlElement | undefined): XmlElement[] {
  return element?.children.filter((child) => typeof child !== 'string') ?? []
}

/** All text within. */
export function textWithin(element: XmlElement | undefined): string {
  return element?.children.map((child) => (typeof child === 'string' ? child : textWithin(child))).join('') ?? ''
}

const textName = '#text'
const cdataName = '#cdata'
const attributesName = ':@'

/** The library's type calls its symbol a `Symbol`, which is no key. */
const placeKey = z.symbol().parse(XMLParser.getMetaDataSymbol())

function parser() {
  return new XMLParser({
    preserveOrder: true,
    captureMetaData: true,
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    textNodeName: textName,
    cdataPropName: cdataName,
    removeNSPrefix: true,
    processEntities: false,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    maxNestedTags: deepest,
  })
}

function elementsOf(nodes: unknown, lineAt: (offset: number) => number): XmlNode[] {
  if (!Array.isArray(nodes)) return []
  return nodes.filter(isRecord).flatMap((node): XmlNode[] => {
    if (typeof node[textName] === 'string') return [withEntities(node[textName])]
    if (cdataName in node) return [rawText(node[cdataName])]
    const name = Object.keys(node).find((key) => key !== attributesName)
    if (name === undefined) return []
    const place = node[placeKey]
    const line = lineAt(isRecord(place) && typeof place.startIndex === 'number' ? place.startIndex : 0)
    return [{ name, attributes: attributesOf(node[attributesName]), line, children: elementsOf(node[name], lineAt) }]
  })
}

function rawText(nodes: unknown): string {
  const [only] = Array.isArray(nodes) ? nodes : []
  return isRecord(only) && typeof only[textName] === 'string' ? only[textName] : ''
}

function attributesOf(attributes: unknown): Map<string, string> {
  if (!isRecord(attributes)) return new Map()
  return new Map(
    Object.entries(attributes).map(([name, value]) => [name.replace(/^@/, ''), withEntities(String(value))]),
  )
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null
}

const known: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function withEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g, (written, decimal, hex, name) => {
    if (name) return known[name] ?? written
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    return isCharacter ? String.fromCodePoint(code) : written
  })
}

function tagsIn(text: string): number {
  let count = 0
  for (let at = text.indexOf('<'); at >= 0 && count <= mostTags; at = text.indexOf('<', at + 1)) count++
  return count
}

function doctypeIn(text: string): { start: number; end: number; text: string } | undefined {
  let at = 0
  for (;;) {
    at = text.indexOf('<', at)
    if (at < 0) return undefined
    const end = text.startsWith('<?', at)
      ? after(text, '?>', at)
      : text.startsWith('<!--', at)
        ? after(text, '-->', at)
        : 0
    if (end === 0) break
    at = end
  }
  if (text.slice(at, at + 9).toUpperCase() !== '<!DOCTYPE') return undefined
  const end = after(text, '>', at)
  return { start: at, end, text: text.slice(at, end) }
}

function after(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from)
  return at < 0 ? text.length : at + sign.length
}

function withoutDoctype(text: string): string {
  const doctype = doctypeIn(text)
  if (!doctype) return text
  return text.slice(0, doctype.start) + doctype.text.replace(/[^\n]/g, ' ') + text.slice(doctype.end)
}

/** For offsets that only grow. */
function lineCounter(text: string, firstLine: number): (offset: number) => number {
  let line = firstLine
  let reached = 0
  return (offset) => {
    for (let at = text.indexOf('\n', reached); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
      line++
      reached = at + 1
    }
    return line
  }
}

/** The validator gives the line of some errors as an object. */
function lineOf(line: unknown): number {
  if (typeof line === 'number') return line
  return isRecord(line) && typeof line.line === 'number' ? line.line : 1
}

function short(message: string): string {
  return message.length > 200 ? `${message.slice(0, 199)}…` : message
}
